// Items that are typed in by hand: kept as captures, versioned, removed and taken back, the same after a re-index and a restart.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/engine/store/database.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let dataSourceId: string;

beforeEach(async () => {
  test = await startTestEngine();
  const { dataSource } = await test.call('dataSources.create', {
    kind: 'custom',
    entry: 'manual',
    name: 'Rooms',
  });
  dataSourceId = dataSource.id;
  expect(dataSource).toMatchObject({ entry: 'manual', hasMapping: true });
  await test.call('items.setFields', {
    dataSourceId,
    fields: [
      { name: 'Seats', type: 'number' },
      { name: 'a "b".c', type: 'text' },
      { name: 'Free from', type: 'date' },
    ],
  });
});
afterEach(() => test.stop());

const add = (title: string, fields = {}, externalId?: string) =>
  test.call('items.add', {
    dataSourceId,
    title,
    fields,
    ...(externalId === undefined ? {} : { externalId }),
  });
const items = async () => (await test.call('items.list', { dataSourceId })).items;
const shape = async () =>
  (await items()).map(({ externalId, title, fields, version }) => ({ externalId, title, fields, version }));

describe('items by hand', () => {
  it('that are removed while a change of them is under way stay removed', async () => {
    const [one, two] = [await add('One'), await add('Two')];
    // Long enough to be written behind the removals, were they not to wait for it.
    const text = JSON.stringify(Array.from({ length: 50_000 }, () => Math.random()));
    const edit = (id: string) => test.call('items.edit', { id, fields: { 'a "b".c': text } });
    const edits = Promise.allSettled([edit(one.item.id), edit(two.item.id)]);
    await Promise.all([
      test.call('items.remove', { id: one.item.id }),
      test.call('items.removeSeveral', { ids: [two.item.id] }),
    ]);
    await edits;
    expect(await items()).toEqual([]);
  });

  it('are added with their fields, and edited with a version that says by whom', async () => {
    const { item } = await add('Attic', { Seats: 12, 'a "b".c': 'odd name' }, 'attic');
    expect(item).toMatchObject({
      externalId: 'attic',
      title: 'Attic',
      fields: { Seats: 12, 'a "b".c': 'odd name' },
      version: 1,
    });
    const edited = await test.call('items.edit', { id: item.id, fields: { Seats: '12345678901234567890' } });
    expect(edited.item).toMatchObject({ fields: { Seats: '12345678901234567890', 'a "b".c': 'odd name' } });
    const { versions } = await test.call('items.get', { id: item.id });
    expect(versions).toMatchObject([
      { version: 2, changed: ['Seats'], by: 'hand' },
      { version: 1, by: 'hand' },
    ]);
    const { captures } = await test.call('captures.list', { dataSourceId });
    expect(captures.map(({ method, eventType }) => [method, eventType])).toEqual([
      ['MANUAL', 'item.edited'],
      ['MANUAL', 'item.added'],
    ]);
  });

  it('refuse what does not fit: a taken id, an unknown field, a wrong type', async () => {
    await add('Attic', {}, 'attic');
    await expect(add('Again', {}, 'attic')).rejects.toThrow(/item.taken/);
    await expect(add('Cellar', { Colour: 'red' })).rejects.toThrow(/no field "Colour"/);
    await expect(add('Cellar', { Seats: 'many' })).rejects.toThrow(/Seats: Expected a number/);
    await expect(add('Cellar', { 'Free from': 'soon' })).rejects.toThrow(/Expected a date/);
    expect(await items()).toHaveLength(1);
  });

  it('are removed, and taken back with their history', async () => {
    const { item } = await add('Attic', { Seats: 1 });
    await test.call('items.edit', { id: item.id, title: 'Loft' });
    await add('Cellar');
    const before = await shape();
    const { removal } = await test.call('items.remove', { id: item.id });
    expect((await items()).map(({ title }) => title)).toEqual(['Cellar']);
    await test.call('items.restore', { removal });
    expect(await shape()).toEqual(before);
    expect((await test.call('items.get', { id: item.id })).versions).toHaveLength(2);
    await expect(test.call('items.restore', { removal })).rejects.toThrow(/taken back already/);
  });

  it('are removed by the hundred in one step, and taken back in one', async () => {
    const added = await Promise.all(Array.from({ length: 150 }, (_, i) => add(`Room ${i}`, { Seats: i })));
    const ids = added.map(({ item }) => item.id);
    const kept = ids.slice(0, 2);
    const before = await test.call('items.list', { dataSourceId, limit: 200 });
    expect(before.items).toHaveLength(150);
    const [gone = ''] = ids.slice(-1);
    await test.call('items.remove', { id: gone });
    const several = await test.call('items.removeSeveral', { ids: ids.slice(2) });
    expect(several.removed).toBe(147);
    expect((await items()).map(({ id }) => id).sort()).toEqual([...kept].sort());
    const { captures } = await test.call('captures.list', { dataSourceId, limit: 1 });
    expect(captures).toMatchObject([{ eventType: 'item.removed' }]);
    await test.stop();
    test = await startTestEngine(test.dataDir);
    await test.call('items.restore', { removal: several.removal });
    const after = await test.call('items.list', { dataSourceId, limit: 200 });
    const shapes = (page: typeof before) =>
      page.items.map(({ id, title, fields, version }) => ({ id, title, fields, version }));
    expect(shapes(after)).toEqual(shapes(before).filter(({ id }) => id !== gone));
    await expect(test.call('items.removeSeveral', { ids: [gone] })).rejects.toThrow(/item.missing/);
    await add('Another', {}, after.items[0]?.externalId === 'a' ? 'b' : 'a');
    const { removal } = await test.call('items.removeSeveral', { ids: kept });
    await add('In its place', {}, added[1]?.item.externalId ?? '');
    await expect(test.call('items.restore', { removal })).rejects.toThrow(/item.taken: .*Delete it first/);
  });

  it('are not overwritten by an edit of an older version', async () => {
    const { item } = await add('Attic', { Seats: 1 });
    const edit = (seats: number, basedOn?: number) =>
      test.call('items.edit', {
        id: item.id,
        fields: { Seats: seats },
        ...(basedOn !== undefined && { basedOn }),
      });
    // Two windows at the same moment: one is told.
    const answers = await Promise.allSettled([edit(2, 1), edit(3, 1)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(edit(3, 1)).rejects.toThrow(/item.conflict: "Attic" was changed .* version 2 is the newest/);
    expect(await shape()).toMatchObject([{ fields: { Seats: 2 }, version: 2 }]);
    await edit(3, 2);
    await edit(4);
    expect(await shape()).toMatchObject([{ fields: { Seats: 4 }, version: 4 }]);
  });

  it('come with fields of their source only over those that were read', async () => {
    const read = (await test.call('items.view', { dataSourceId })).fields;
    const withField = (name: string) =>
      test.call('items.add', {
        dataSourceId,
        title: name,
        sourceFields: [...read, { name, type: 'text' as const }],
        fieldsBasedOn: read,
      });
    // Two windows at the same moment: the field of neither is lost without a word.
    const answers = await Promise.allSettled([withField('One'), withField('Two')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(withField('Two')).rejects.toThrow(/item.conflict: The fields .* were changed/);
    expect((await test.call('items.view', { dataSourceId })).fields.map(({ name }) => name)).toContain('One');
    expect((await items()).map(({ title }) => title)).toEqual(['One']);
  });

  it('are the same after other fields are set, and after a restart', async () => {
    const { item } = await add('Attic', { Seats: 1 });
    await add('Cellar', { Seats: 2 });
    await test.call('items.remove', { id: item.id });
    await test.call('items.setFields', { dataSourceId, fields: [{ name: 'Seats', type: 'text' }] });
    expect((await shape()).map(({ title, fields }) => [title, fields])).toEqual([['Cellar', { Seats: '2' }]]);
    await test.stop();
    test = await startTestEngine(test.dataDir);
    expect((await shape()).map(({ title }) => title)).toEqual(['Cellar']);
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    expect(dataSource).toMatchObject({ status: 'ready', counts: { items: 1, captures: 3 } });
  });

  it('keep their values where a field is to get a type that does not fit them', async () => {
    await add('Attic', { 'a "b".c': 'odd name', Seats: 3 });
    await add('Cellar', { 'a "b".c': 'other name' });
    const set = (type: 'number' | 'list') =>
      test.call('items.setFields', { dataSourceId, fields: [{ name: 'a "b".c', type }] });
    await expect(set('number')).rejects.toThrow(
      /item.unfit: "a "b".c" cannot become a number: 2 items have values that would not fit, such as "(odd|other) name"/,
    );
    expect((await items())[1]).toMatchObject({ fields: { 'a "b".c': 'odd name', Seats: 3 } });
    await set('list');
    expect((await items()).map(({ fields }) => fields)).toEqual(
      expect.arrayContaining([{ 'a "b".c': ['odd name'] }, { 'a "b".c': ['other name'] }]),
    );
  });

  it('get their fields with them, together or not at all', async () => {
    const { item } = await add('Attic', { Seats: 12 });
    const fields = [
      { name: 'Seats', type: 'list' as const },
      { name: 'Colour', type: 'number' as const },
    ];
    const given = { dataSourceId, title: 'Cellar', sourceFields: fields };
    const before = (await test.call('items.view', { dataSourceId })).fields;
    await expect(test.call('items.add', { ...given, fields: { Colour: 'red' } })).rejects.toThrow(
      /Colour: Expected a number/,
    );
    await expect(
      test.call('items.edit', { id: item.id, fields: { Colour: 'red' }, sourceFields: fields }),
    ).rejects.toThrow(/Colour: Expected a number/);
    await expect(
      test.call('items.add', { ...given, sourceFields: [...fields, { name: 'Seats', type: 'text' }] }),
    ).rejects.toThrow(/Seats/);
    expect((await test.call('items.view', { dataSourceId })).fields).toEqual(before);
    expect(await items()).toHaveLength(1);
    const added = await test.call('items.add', { ...given, fields: { Colour: '3', Seats: ['a'] } });
    expect(added.item.fields).toEqual({ Colour: 3, Seats: ['a'] });
    expect((await items())[1]).toMatchObject({ title: 'Attic', fields: { Seats: [12] } });
    // What this very edit replaces need not fit the new type.
    await test.call('items.edit', { id: added.item.id, fields: { Seats: null } });
    const numbered = await test.call('items.edit', {
      id: item.id,
      fields: { Seats: 7 },
      sourceFields: [
        { name: 'Seats', type: 'number' },
        { name: 'Colour', type: 'number' },
      ],
    });
    expect(numbered.item).toMatchObject({ title: 'Attic', fields: { Seats: 7 } });
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    expect(dataSource.status).toBe('ready');
  });

  it('come without the fields of their source where the store refuses them', async () => {
    const { item } = await add('Attic', { Seats: 12 });
    const before = (await test.call('items.view', { dataSourceId })).fields;
    const sourceFields = [
      { name: 'Seats', type: 'number' as const },
      { name: 'Colour', type: 'text' as const },
    ];
    const store = openDatabase(`${test.dataDir}/hookbench.db`);
    store.exec(
      `CREATE TRIGGER full BEFORE INSERT ON captures BEGIN SELECT RAISE(ABORT, 'no space left'); END`,
    );
    await expect(
      test.call('items.add', { dataSourceId, title: 'Cellar', fields: { Colour: 'red' }, sourceFields }),
    ).rejects.toThrow();
    await expect(
      test.call('items.edit', { id: item.id, fields: { Colour: 'red' }, sourceFields }),
    ).rejects.toThrow();
    expect((await test.call('items.view', { dataSourceId })).fields).toEqual(before);
    store.exec('DROP TRIGGER full');
    store.close();
    await test.call('items.edit', { id: item.id, fields: { Colour: 'red' }, sourceFields });
    expect(await shape()).toMatchObject([{ fields: { Seats: 12, Colour: 'red' } }]);
  });

  it('are all looked at before a field gets another type', async () => {
    for (let i = 100; i < 200; i += 1) await add('Number', { 'a "b".c': `${i}` }, `a${i}`);
    await add('Word', { 'a "b".c': 'odd name' }, 'b');
    await expect(
      test.call('items.setFields', { dataSourceId, fields: [{ name: 'a "b".c', type: 'number' }] }),
    ).rejects.toThrow(/one item has a value that would not fit, such as "odd name" in "Word"/);
  });

  it('are added once when one id is added twice at the same time', async () => {
    const answers = await Promise.allSettled([add('One', {}, 'same'), add('Two', {}, 'same')]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await shape()).toMatchObject([{ externalId: 'same', version: 1 }]);
  });

  it('do not come back where their id is taken again', async () => {
    const { item } = await add('Attic', { Seats: 1 }, 'a');
    const { removal } = await test.call('items.remove', { id: item.id });
    await add('Another attic', {}, 'a');
    await expect(test.call('items.restore', { removal })).rejects.toThrow(
      /item.taken: There is an item with the id "a" again/,
    );
    expect(await shape()).toMatchObject([{ title: 'Another attic', fields: {}, version: 1 }]);
  });

  it('take fields of any name, and values of any size up to the limit', async () => {
    const names = ['id', 'title', 'constructor', 'a.b[0]', '💡', '   x   '];
    await test.call('items.setFields', {
      dataSourceId,
      fields: names.map((name) => ({ name, type: 'text' as const })),
    });
    const values = Object.fromEntries(names.map((name) => [name.trim(), `value of ${name.trim()}`]));
    const { item } = await add('Odd', values);
    for (const name of names.map((each) => each.trim())) {
      expect(Object.entries(item.fields)).toContainEqual([name, `value of ${name}`]);
    }
    await expect(
      test.call('items.setFields', { dataSourceId, fields: [{ name: '__proto__', type: 'text' }] }),
    ).rejects.toThrow(/another name/);
    await expect(add('Big', { id: 'x'.repeat(5 * 1024 * 1024) })).rejects.toThrow(/1 MiB|4 MiB/);
  });

  it('are refused for sources of calls, and files for sources of hands', async () => {
    const other = await test.createSource();
    await expect(test.call('items.add', { dataSourceId: other.id, title: 'x' })).rejects.toThrow(
      /item.fixed/,
    );
    await expect(test.call('imports.begin', { dataSourceId, fileName: 'a.csv', size: 1 })).rejects.toThrow(
      /import.refused/,
    );
  });
});
