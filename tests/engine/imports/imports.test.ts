// Current data from files, through the real engine: every format becomes items, bad files change nothing, cancel takes back.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';
import { sendFile, uploadFile } from '../../harness/upload.ts';

let test: TestEngine;
let source: { id: string; url: string };

beforeEach(async () => {
  test = await startTestEngine();
  source = await test.createSource();
});
afterEach(() => test.stop());

const upload = (name: string, content: string | Uint8Array, options = {}) =>
  uploadFile(test.call, source.id, name, content, options);
const save = (mapping: Mapping) => test.call('mapping.save', { dataSourceId: source.id, mapping });
const items = async () => (await test.call('items.list', { dataSourceId: source.id, limit: 500 })).items;
const counts = async () => (await test.call('dataSources.get', { id: source.id })).dataSource.counts;
const captures = async () => (await test.call('captures.list', { dataSourceId: source.id })).captures;
const idName: Mapping = { id: 'id', title: 'name' };

const table = 'id,name,city\n1,Ada,London\n2,Grace,"New York, NY"\n';

describe('an uploaded file', () => {
  it('becomes captures of method IMPORT, and items once a mapping is saved', async () => {
    const done = await upload('people.csv', table);
    expect(done).toMatchObject({
      state: 'done',
      rows: 2,
      failed: 0,
      facts: { columns: ['id', 'name', 'city'] },
    });
    expect(await captures()).toMatchObject([
      {
        method: 'IMPORT',
        path: 'people.csv',
        format: 'json',
        outcome: 'accepted',
        itemCount: 2,
        indexState: 'waiting',
      },
    ]);
    expect(await save({ ...idName, fields: [{ name: 'city', path: 'city', type: 'text' }] })).toEqual({
      indexed: 1,
    });
    expect(
      (await items()).map(({ externalId, title, fields }) => [externalId, title, fields['city']]),
    ).toEqual([
      ['2', 'Grace', 'New York, NY'],
      ['1', 'Ada', 'London'],
    ]);
    expect(readdirSync(join(test.dataDir, 'imports'))).toEqual([]);
  });

  it('updates the items of calls that came before, with a version each', async () => {
    await save(idName);
    await upload('people.csv', table);
    await expect.poll(items).toHaveLength(2);
    await upload('later.json', '[{"id": 1, "name": "Ada Lovelace"}]');
    await expect.poll(async () => (await items())[0]?.title).toBe('Ada Lovelace');
    expect(await items()).toHaveLength(2);
  });

  it('gives the same items again under another mapping', async () => {
    await upload('people.csv', table);
    await save(idName);
    await save({ id: 'name', title: 'city' });
    expect((await items()).map(({ externalId }) => externalId).sort()).toEqual(['Ada', 'Grace']);
    expect(await counts()).toMatchObject({ items: 2, waiting: 0, captures: 1 });
  });
});

describe('rows that fail', () => {
  it('are listed with their number and reason, and the rest is applied', async () => {
    const done = await upload('people.csv', 'id,name\n1,Ada\n2,Grace,too much\n3,Joan\n');
    expect(done).toMatchObject({ rows: 2, failed: 1 });
    expect(await test.call('imports.faults', { id: done.id })).toEqual({
      faults: [{ row: 3, reason: 'It has 3 values, but the header names 2 columns.' }],
    });
  });

  it('include those whose id is an object: which row, why, and the rest is applied', async () => {
    const rows = [
      '{"id": 1, "name": "Ada"}',
      '{"id": {"of": 2}, "name": "Grace"}',
      '{"id": 3, "name": "Joan"}',
    ];
    await save(idName);
    const done = await upload('people.ndjson', rows.join('\n'));
    await expect.poll(items).toHaveLength(2);
    expect((await test.call('imports.faults', { id: done.id })).faults).toEqual([
      { row: 2, reason: 'The path of the id yields an object. An id is a text or a number.' },
    ]);
  });

  it('include those that the saved mapping finds no id in, page by page', async () => {
    const lines = Array.from({ length: 1200 }, (_, i) => (i % 400 === 7 ? `,none ${i}` : `${i},name ${i}`));
    const done = await upload('people.csv', `id,name\n${lines.join('\n')}\n`);
    await save(idName);
    const first = await test.call('imports.faults', { id: done.id, limit: 2 });
    expect(first.faults.map(({ row }) => row)).toEqual([9, 409]);
    const second = await test.call('imports.faults', { id: done.id, limit: 2, after: first.next ?? '' });
    expect(second).toMatchObject({ faults: [{ row: 809, reason: expect.stringContaining('empty text') }] });
    expect(await counts()).toMatchObject({ items: 1197, needsAttention: 2 });
    const file = await test.call('imports.faultsFile', { id: done.id });
    expect(file).toMatchObject({ fileName: 'people.csv failed rows.csv', rows: 3, more: false });
    expect(file.csv).toMatch(/^\ufeffrow,reason\r\n9,.*\r\n409,.*\r\n809,.*\r\n$/);
  });
});

describe('a file that cannot be read', () => {
  const bad: [what: string, name: string, content: string | Uint8Array, message: RegExp][] = [
    [
      'broken quotes',
      'a.csv',
      'id,name\n1,"Ada\n2,Grace\n',
      /quote that opens at line 2, column 3 is never closed\. Close it, or double it/,
    ],
    ['text after a quote', 'a.csv', 'id,name\n1,"Ada"x\n', /after the closing quote at line 2, column 8/],
    ['a quote inside', 'a.csv', 'id,name\n1,Ada "A"\n', /inside a value at line 2, column 7/],
    [
      '10,000 columns',
      'a.csv',
      `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n1\n`,
      /Row 1 has 10,000 columns; at most 1,000 can be read\. Look whether the delimiter is right/,
    ],
    ['a NUL byte', 'a.csv', 'id,name\n1,A\0da\n', /NUL byte in line 2/],
    ['JSON in a .csv', 'a.csv', '[{"id": 1}]', /content is JSON\. Give it its right ending/],
    ['a PDF in a .csv', 'a.csv', '%PDF-1.7 …', /content is a PDF/],
    ['HTML in a .json', 'a.json', '<!doctype html><p>Sign in</p>', /content is HTML/],
    ['CSV in a .json', 'a.json', table, /content is something else/],
    ['a ZIP in a .xlsx', 'a.xlsx', Buffer.from('PK\u0003\u0004 and then nothing'), /cannot be unpacked/],
    ['CSV in a .xlsx', 'a.xlsx', table, /content is something else/],
    ['broken JSON', 'a.json', '[{"id": 1},\n {"id": oops}]', /line 2, column 9/],
    ['cut JSON', 'a.json', '[{"id": 1}, {"id": 2', /ends inside element 2/],
    [
      'wrong charset',
      'a.json',
      Buffer.from('[{"name": "J\xfcrgen"}]', 'latin1'),
      /byte at offset 12 is not valid UTF-8/,
    ],
    ['only bad lines', 'a.ndjson', '{"id": 1\n{"id": 2\n', /No row of the file can be applied. Row 1:/],
    ['a header alone', 'a.csv', 'id,name\n', /no rows below it/],
  ];
  it.each(bad)('%s: says so, and nothing is applied', async (_, name, content, message) => {
    await expect(upload(name, content)).rejects.toThrow(message);
    expect(await counts()).toMatchObject({ captures: 0, items: 0 });
    const { imports } = await test.call('imports.list', { dataSourceId: source.id });
    expect(imports).toMatchObject([{ state: 'refused', rows: 0, problem: expect.stringMatching(message) }]);
  });

  it('is refused by its name at once', async () => {
    const begin = (fileName: string) =>
      test.call('imports.begin', { dataSourceId: source.id, fileName, size: 10 });
    await expect(begin('old.xls')).rejects.toThrow(/import.refused.*save it as .xlsx or .csv/);
    await expect(begin('constructor')).rejects.toThrow(/import.refused/);
  });

  it('can be read with other options, and cancelled', async () => {
    const id = await sendFile(test.call, source.id, 'a.csv', Buffer.from('id;name\n1;J\xfcrgen\n', 'latin1'));
    const checked = await test.call('imports.check', { id });
    expect(checked.import).toMatchObject({
      state: 'ready',
      facts: { delimiter: ';', charset: 'windows-1252', sample: [{ row: 2, values: ['1', 'Jürgen'] }] },
    });
    await expect(test.call('imports.check', { id, options: { charset: 'utf-8' } })).rejects.toThrow(
      /not UTF-8/,
    );
    const again = await test.call('imports.check', {
      id,
      options: { charset: 'windows-1252', header: false },
    });
    expect(again.import.facts).toMatchObject({ rows: 2, columns: ['column1', 'column2'] });
    expect((await test.call('imports.cancel', { id })).import.state).toBe('cancelled');
    expect(readdirSync(join(test.dataDir, 'imports'))).toEqual([]);
  });

  it('says why it could not be read after it was put aside, rather than that it was cancelled', async () => {
    const id = await sendFile(test.call, source.id, 'a.csv', Buffer.from('id,name\n1,"Ada"x\n'));
    await expect(test.call('imports.check', { id })).rejects.toThrow(/after the closing quote/);
    const { import: ended } = await test.call('imports.cancel', { id });
    expect(ended).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/after the closing quote/),
    });
    expect(readdirSync(join(test.dataDir, 'imports'))).toEqual([]);
  });
});

describe('pieces', () => {
  it('come in order and no more than announced', async () => {
    const begun = await test.call('imports.begin', { dataSourceId: source.id, fileName: 'a.csv', size: 4 });
    const { id } = begun.import;
    const base64 = Buffer.from('id').toString('base64');
    expect(await test.call('imports.append', { id, offset: 0, base64 })).toEqual({ received: 2 });
    await expect(test.call('imports.append', { id, offset: 0, base64 })).rejects.toThrow(/begins at byte 2/);
    await expect(test.call('imports.finish', { id })).rejects.toThrow(/Only 2 of 4 bytes/);
    await expect(
      test.call('imports.append', { id, offset: 2, base64: Buffer.from('too long').toString('base64') }),
    ).rejects.toThrow(/More bytes came/);
  });
});
