// Workbooks that a library has written, through the real engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';
import { sendFile, uploadFile } from '../../harness/upload.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await startTestEngine();
});
afterEach(() => test.stop());

it('reads a sheet: texts, numbers with their digits, booleans, dates as ISO text', async () => {
  const source = await test.createSource();
  const bytes = await writeXlsxFile([
    [{ value: 'id' }, { value: 'name' }, { value: 'price' }, { value: 'paid' }, { value: 'due' }],
    [
      { value: 7 },
      { value: 'Tea & cake' },
      { value: 1.1 },
      { value: true },
      { value: new Date(Date.UTC(2026, 10, 24)), type: Date, format: 'yyyy-mm-dd' },
    ],
  ]).toBuffer();
  const done = await uploadFile(test.call, source.id, 'orders.xlsx', new Uint8Array(bytes));
  expect(done).toMatchObject({ state: 'done', rows: 1, failed: 0 });
  expect(done.facts?.columns).toEqual(['id', 'name', 'price', 'paid', 'due']);
  expect(done.facts?.sample).toEqual([{ row: 2, values: ['7', 'Tea & cake', '1.1', 'true', '2026-11-24'] }]);
});

it('says which sheets there are, so that another one can be chosen', async () => {
  const source = await test.createSource();
  const head = [{ value: 'id' }, { value: 'name' }];
  const bytes = await writeXlsxFile([
    { sheet: 'Notes', data: [head] },
    { sheet: 'People', data: [head, [{ value: 7 }, { value: 'Ada' }]] },
  ]).toBuffer();
  const content = new Uint8Array(bytes);
  const id = await sendFile(test.call, source.id, 'book.xlsx', content);
  await expect(test.call('imports.check', { id })).rejects.toThrow(/no rows below it/);
  expect((await test.call('imports.get', { id })).import).toMatchObject({
    state: 'refused',
    facts: { sheet: 'Notes', sheets: ['Notes', 'People'], header: true, rows: 0 },
  });
  const again = await test.call('imports.check', { id, options: { sheet: 'People' } });
  expect(again.import).toMatchObject({ state: 'ready', facts: { rows: 1, columns: ['id', 'name'] } });
});
