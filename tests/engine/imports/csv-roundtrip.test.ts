// Whatever table is written as CSV comes back value by value: quotes, line breaks, delimiters, blanks and any script.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImportOptions } from '#contract';
import { readRows } from '../../../main/engine/imports/rows/read-rows.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookbench-csv-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const delimiter = fc.constantFrom(',', ';', '\t', '|');
const lineBreak = fc.constantFrom('\n', '\r\n', '\r');
const value = fc.oneof(
  fc
    .array(fc.constantFrom('"', '""', ',', ';', '\t', '|', '\n', '\r', '\r\n', ' ', 'a', 'é', '€', '🙂', '='))
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
);
/** At least two columns: a lone empty value is a blank line, which is no row. */
const table = fc
  .integer({ min: 2, max: 6 })
  .chain((width) =>
    fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
  );

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const quotedWhereNeeded = (text: string) => (/["\r\n,;\t|]/.test(text) ? quoted(text) : text);

interface Writing {
  rows: string[][];
  delimiter: string;
  lineBreak: string;
  write(text: string): string;
  isEnded: boolean;
  charset: 'utf8' | 'utf16le';
}

function written({ rows, delimiter, lineBreak, write, isEnded, charset }: Writing): Buffer {
  const header = (rows[0] ?? []).map((_, i) => `c${i}`);
  const lines = [header, ...rows].map((cells) => cells.map(write).join(delimiter));
  const mark = charset === 'utf16le' ? '\ufeff' : '';
  return Buffer.from(mark + lines.join(lineBreak) + (isEnded ? lineBreak : ''), charset);
}

async function readBack(content: Buffer, options: ImportOptions) {
  const file = join(folder, 'table.csv');
  writeFileSync(file, content);
  const { facts, batches } = await readRows(file, 'table.csv', options, () => undefined);
  const rows: string[][] = [];
  const numbers: number[] = [];
  for await (const batch of batches) {
    expect(batch.failed).toEqual([]);
    for (const { row, json } of batch.rows) {
      rows.push(Object.values(JSON.parse(json) as Record<string, string>));
      numbers.push(row);
    }
  }
  return { rows, numbers, delimiter: facts.delimiter };
}

const expected = (rows: string[][], delimiter: string) => ({
  rows,
  numbers: rows.map((_, i) => i + 2),
  delimiter,
});

const common = { delimiter, lineBreak, isEnded: fc.boolean(), charset: fc.constantFrom('utf8', 'utf16le') };

it('reads what was written, quoted where it must be', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.record(common), async (rows, how) => {
      const content = written({ ...how, rows, write: quotedWhereNeeded });
      const back = await readBack(content, { delimiter: how.delimiter });
      expect(back).toEqual(expected(rows, how.delimiter));
    }),
    { numRuns: 300 },
  );
});

it('finds the delimiter where every value is quoted', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.record(common), async (rows, how) => {
      const back = await readBack(written({ ...how, rows, write: quoted }), {});
      expect(back).toEqual(expected(rows, how.delimiter));
    }),
    { numRuns: 300 },
  );
});
