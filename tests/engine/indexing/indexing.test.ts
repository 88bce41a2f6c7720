// From captures to items: waiting calls, updates with versions, a new mapping over the history, restarts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };

beforeEach(async () => {
  test = await startTestEngine();
  source = await test.createSource();
});
afterEach(() => test.stop());

const post = async (body: unknown, contentType = 'application/json') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(source.url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: text,
  });
  expect(response.status).toBe(200);
};
const save = (mapping: Mapping) => test.call('mapping.save', { dataSourceId: source.id, mapping });
const items = async () => (await test.call('items.list', { dataSourceId: source.id, limit: 500 })).items;
const counts = async () => (await test.call('dataSources.get', { id: source.id })).dataSource.counts;
const idTitle: Mapping = { id: 'id', title: 'title' };

describe('calls that came before the mapping', () => {
  it('wait, are counted, and are indexed at Save', async () => {
    await post({ id: 1, title: 'One' });
    await post([
      { id: 2, title: 'Two' },
      { id: 3, title: 'Three' },
    ]);
    expect(await test.call('mapping.get', { dataSourceId: source.id })).toMatchObject({
      waiting: 2,
      initial: { id: 'id', title: '' },
    });
    expect(await save(idTitle)).toEqual({ indexed: 2 });
    expect((await items()).map(({ externalId, title }) => [externalId, title])).toEqual([
      ['3', 'Three'],
      ['2', 'Two'],
      ['1', 'One'],
    ]);
    expect(await counts()).toMatchObject({ waiting: 0, items: 3, captures: 2 });
  });
});

describe('items', () => {
  it('are updated by the same id, every version kept with what changed and by which call', async () => {
    await save({ ...idTitle, fields: [{ name: 'price', path: 'price', type: 'number' }] });
    await post({ id: 'a', title: 'First', price: 1 });
    await post({ id: 'a', title: 'First', price: 2 });
    await post({ id: 'a', title: 'Renamed', price: 2 });
    await expect.poll(async () => (await items())[0]?.version).toBe(3);
    const [item] = await items();
    const { versions } = await test.call('items.get', { id: item?.id ?? '' });
    expect(versions.map(({ version, changed, fields }) => [version, changed, fields['price']])).toEqual([
      [3, ['title'], 2],
      [2, ['price'], 2],
      [1, ['title', 'price'], 1],
    ]);
    expect(new Set(versions.map((version) => version.captureId)).size).toBe(3);
  });

  it('gain no version from a call that changes nothing', async () => {
    await save(idTitle);
    await post({ id: 'a', title: 'Same' });
    await post({ id: 'a', title: 'Same' });
    await expect.poll(async () => (await test.call('status.get', {})).waiting).toBe(0);
    expect(await items()).toMatchObject([{ externalId: 'a', version: 1 }]);
  });

  it('keep the fields and the title that a partial call leaves out', async () => {
    await save({ ...idTitle, fields: [{ name: 'mail', path: 'mail', type: 'text' }] });
    await post({ id: 'a', title: 'Ada', mail: 'ada@example.com' });
    await post({ id: 'a' });
    await post({ id: 'a', mail: 'new@example.com' });
    await expect.poll(async () => (await items())[0]?.fields['mail']).toBe('new@example.com');
    expect(await items()).toMatchObject([{ title: 'Ada', version: 2 }]);
  });

  it('keep every digit of their ids and numbers', async () => {
    await save({ ...idTitle, fields: [{ name: 'amount', path: 'amount', type: 'number' }] });
    await post('{"id":12345678901234567890,"title":"a","amount":1.10}');
    await post('{"id":12345678901234567891,"title":"b","amount":90071992547409931}');
    await expect.poll(async () => (await items()).length).toBe(2);
    const byId = Object.fromEntries((await items()).map((item) => [item.externalId, item.fields['amount']]));
    expect(Object.keys(byId).sort()).toEqual(['12345678901234567890', '12345678901234567891']);
    expect(byId['12345678901234567891']).toBe('90071992547409931');
  });

  it('keep their id under every mapping', async () => {
    await post({ id: 'a', title: 'x', name: 'y' });
    await save(idTitle);
    const [before] = await items();
    await save({ id: 'id', title: 'name' });
    expect(await items()).toMatchObject([{ id: before?.id, title: 'y' }]);
  });

  it('come from form, XML and split payloads alike', async () => {
    await save({ id: 'order.id', title: 'order.name', split: '$.events[*]' });
    await post({ events: [{ order: { id: 1, name: 'one' } }, { order: { id: 2, name: 'two' } }] });
    await post(
      '<r><events><order><id>007</id><name>Bond &#38; Co</name></order></events></r>',
      'application/xml',
    );
    await expect.poll(async () => (await items()).length).toBe(2);
    await save({ id: 'r.events.order.id', title: 'r.events.order.name' });
    expect(await items()).toMatchObject([{ externalId: '007', title: 'Bond & Co' }]);
  });

  it('are paged from the last updated to the first', async () => {
    await save(idTitle);
    await post(Array.from({ length: 25 }, (_, index) => ({ id: index, title: `T${index}` })));
    await expect.poll(async () => (await items()).length).toBe(25);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await test.call('items.list', {
        dataSourceId: source.id,
        limit: 10,
        ...(before ? { before } : {}),
      });
      seen.push(...page.items.map((item) => item.externalId));
      before = page.next;
    } while (before);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)));
  });
});

describe('a call without an id', () => {
  it('is kept, needs attention, and is picked up by a better mapping', async () => {
    await save(idTitle);
    await post({ key: 'k1', title: 'No id here' });
    await expect.poll(async () => (await counts()).needsAttention).toBe(1);
    expect((await test.call('dataSources.get', { id: source.id })).dataSource.status).toBe('errors');
    await save({ id: 'key', title: 'title' });
    expect(await items()).toMatchObject([{ externalId: 'k1' }]);
    expect(await counts()).toMatchObject({ needsAttention: 0, items: 1 });
  });
});

describe('a mapping that cannot be used', () => {
  it('is refused with the row, and changes nothing', async () => {
    await post({ id: 1, title: 'One' });
    await save(idTitle);
    await expect(save({ id: '$.a[', title: 'title' })).rejects.toThrow(/mapping\.invalid.*id:/);
    await expect(save({ id: 'id', title: '' })).rejects.toThrow(/mapping\.invalid.*title:/);
    expect((await test.call('mapping.get', { dataSourceId: source.id })).mapping).toEqual(idTitle);
    expect(await items()).toHaveLength(1);
  });

  const yieldNothing: [what: string, mapping: Mapping, message: RegExp, row: string][] = [
    [
      'an id that is an object',
      { id: 'customer', title: 'title' },
      /The newest 3 calls yield no item .*yields an object\. An id is a text or a number\..*Nothing was saved; correct the id/,
      'mapping.id',
    ],
    [
      'an id that no call has',
      { id: 'nowhere', title: 'title' },
      /The newest 3 calls yield no item .*The path of the id yields nothing here\..*Nothing was saved; correct the id/,
      'mapping.id',
    ],
    [
      'a split that selects nothing',
      { id: 'id', title: 'title', split: '$.lines[*]' },
      /The newest 3 calls yield no item .*The split selects nothing\..*Nothing was saved; correct the split/,
      'mapping.split',
    ],
  ];
  it.each(yieldNothing)('because of %s takes the place of nothing', async (_, mapping, message, path) => {
    for (const id of [1, 2, 3]) await post({ id, title: `T${id}`, customer: { name: 'Ada' } });
    await save(idTitle);
    const before = await items();
    const { stamp } = await test.call('mapping.get', { dataSourceId: source.id });
    const result = await test.engine.dispatch(
      'mapping.save',
      { dataSourceId: source.id, mapping },
      new AbortController().signal,
    );
    expect(result).toMatchObject({
      problem: { code: 'mapping.yieldsNothing', path, message: expect.stringMatching(message) },
    });
    expect(await items()).toEqual(before);
    expect(await counts()).toMatchObject({ items: 3, needsAttention: 0, waiting: 0 });
    expect(await test.call('mapping.get', { dataSourceId: source.id })).toMatchObject({
      mapping: idTitle,
      stamp,
    });
    const { dataSource } = await test.call('dataSources.get', { id: source.id });
    expect(dataSource.status).toBe('listening');

    // On purpose it is taken: calls of the kind that it is made for may still have to come.
    await test.call('mapping.save', { dataSourceId: source.id, mapping, evenIfEmpty: true });
    expect(await counts()).toMatchObject({ items: 0 });
    await save(idTitle);
    expect(await counts()).toMatchObject({ items: 3, needsAttention: 0 });
  });
});

describe('a large history', () => {
  it('is indexed again while readers see the old items whole, and tells its progress', async () => {
    await post(
      Array.from({ length: 3000 }, (_, index) => ({ id: index, title: `T${index}`, other: `O${index}` })),
    );
    await save(idTitle);
    expect(await counts()).toMatchObject({ items: 3000 });
    const events: unknown[] = [];
    const end = test.engine.subscribe((event, data) => event === 'mapping.indexed' && events.push(data));
    const saving = save({ id: 'id', title: 'other' });
    const during = await counts();
    await saving;
    end();
    expect(during.items).toBe(3000);
    expect(events.length).toBeGreaterThan(0);
    expect((await items()).every((item) => item.title.startsWith('O'))).toBe(true);
    expect(await counts()).toMatchObject({ items: 3000 });
  });
});

describe('a long history of one source', () => {
  const list = (from: number) =>
    Array.from({ length: 1000 }, (_, index) => ({ id: from + index, title: 'T' }));

  it('does not hold up another source', async () => {
    for (let call = 0; call < 60; call += 1) await post(list(call * 1000).slice(0, 200));
    const other = await test.createSource();
    await fetch(other.url, { method: 'POST', body: '{"id":1,"title":"Other"}' });
    const order: string[] = [];
    const long = save(idTitle).then(() => order.push('long'));
    const short = test
      .call('mapping.save', { dataSourceId: other.id, mapping: idTitle })
      .then(() => order.push('short'));
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
    expect(await counts()).toMatchObject({ items: 12_000, waiting: 0 });
  });

  it('that is cut short by a stop: Save says so, and the next start goes on to the same items', async () => {
    for (let call = 0; call < 10; call += 1) await post(list(call * 1000));
    await save(idTitle);
    const told = new Promise<void>((resolve) => {
      test.engine.subscribe((event) => event === 'items.changed' && resolve());
    });
    const saving = save({ id: 'id', title: 'id' });
    const refused = expect(saving).rejects.toThrow(/^engine\.stopping/);
    await Promise.race([told, new Promise((resolve) => setImmediate(resolve))]);
    await test.stop();
    await refused;
    expect(test.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    test = await startTestEngine(test.dataDir);
    await expect.poll(async () => (await items())[0]?.title, { timeout: 20_000 }).toBe('9999');
    expect(await counts()).toMatchObject({ items: 10_000, waiting: 0, needsAttention: 0 });
  });

  it('that is saved again while it is indexed ends with the newest mapping and right counts', async () => {
    for (let call = 0; call < 10; call += 1) await post(list(call * 1000));
    const first = save(idTitle);
    await post({ id: 'during', title: 'During' });
    const second = save({ id: 'id', title: 'id' });
    await post({ id: 'after', title: 'After' });
    await Promise.all([first, second]);
    await expect.poll(async () => (await counts()).items, { timeout: 20_000 }).toBe(10_002);
    expect(await counts()).toMatchObject({ captures: 12, waiting: 0, needsAttention: 0 });
    expect((await items()).every((item) => item.title === item.externalId)).toBe(true);
  });
});

describe('a draft', () => {
  it('survives a restart and goes when the mapping is saved', async () => {
    const draft: Mapping = { id: 'data.id', title: 'data.' };
    await test.call('mapping.keepDraft', { dataSourceId: source.id, mapping: draft });
    await test.stop();
    test = await startTestEngine(test.dataDir);
    expect(await test.call('mapping.get', { dataSourceId: source.id })).toMatchObject({ draft });
    await save(idTitle);
    expect((await test.call('mapping.get', { dataSourceId: source.id })).draft).toBeUndefined();
  });
});
