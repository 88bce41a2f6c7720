// CSV files in the charsets that spreadsheets write: UTF-16 with and without its mark, cut anywhere by the pieces of an upload.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportOptions } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';
import { uploadFile } from '../../harness/upload.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await startTestEngine();
});
afterEach(() => test.stop());

const table = 'id\tname\r\n1\tJürgen 🙂\r\n2\t"Zoë\nn°2"\r\n';
const rows = [
  { row: 2, values: ['1', 'Jürgen 🙂'] },
  { row: 3, values: ['2', 'Zoë\nn°2'] },
];
const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => little(text).swap16();

async function upload(content: Buffer, options?: ImportOptions) {
  const source = await test.createSource();
  return { id: source.id, done: uploadFile(test.call, source.id, 'people.txt', content, options) };
}

const readable: [what: string, content: Buffer, charset: string, notes: string[]][] = [
  ['UTF-16 as Excel saves "Unicode text"', little(`\ufeff${table}`), 'utf-16le', []],
  ['UTF-16, big endian', big(`\ufeff${table}`), 'utf-16be', []],
  [
    'UTF-16 without its mark',
    little(table),
    'utf-16le',
    ['Read as UTF-16 (little endian) by its zero bytes.'],
  ],
  [
    'UTF-16 without its mark, big endian',
    big(table),
    'utf-16be',
    ['Read as UTF-16 (big endian) by its zero bytes.'],
  ],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${table}`), 'utf-8', []],
];
it.each(readable)('%s: every value as it was', async (_, content, charset, notes) => {
  const { done } = await upload(content);
  expect((await done).facts).toMatchObject({
    charset,
    notes,
    delimiter: '\t',
    columns: ['id', 'name'],
    sample: rows,
  });
});

it('keeps characters that the reading cuts in two', async () => {
  // Two bytes of the mark and pairs of surrogates everywhere: every chunk of the file ends inside one.
  const name = '🙂'.repeat(200_000);
  const { id, done } = await upload(little(`\ufeffid,name\n1,${name}\n`));
  expect(await done).toMatchObject({ rows: 1, failed: 0 });
  const { captures } = await test.call('captures.list', { dataSourceId: id });
  expect(captures[0]?.size).toBe(Buffer.byteLength(JSON.stringify([{ id: '1', name }])));
});

const refused: [what: string, content: Buffer, options: ImportOptions | undefined, message: RegExp][] = [
  [
    'half a character at its end',
    Buffer.concat([little(`\ufeff${table}`), Buffer.from('x')]),
    undefined,
    /not UTF-16/,
  ],
  ['a lone surrogate', little('\ufeffid,name\n1,\ud83d\n'), undefined, /not UTF-16/],
  ['a NUL character', little('\ufeffid,name\n1,A\0\n'), undefined, /NUL byte in line 2/],
  ['a charset that it is not', little(`\ufeff${table}`), { charset: 'utf-8' }, /not UTF-8/],
];
it.each(refused)('UTF-16 with %s is refused', async (_, content, options, message) => {
  const { id, done } = await upload(content, options);
  await expect(done).rejects.toThrow(message);
  expect((await test.call('dataSources.get', { id })).dataSource.counts).toMatchObject({ captures: 0 });
});
