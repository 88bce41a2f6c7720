// Lines of a file and their places, and the order of calls.
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byTime } from '../../../main/engine/transfer/in-order-of-time.ts';
import { type LineOfFile, linesOf, readLine } from '../../../main/engine/transfer/lines-of-file.ts';
import { newDataDir } from '../../harness/test-engine.ts';

async function linesIn(content: string, maxBytes = 200_000) {
  const file = join(newDataDir(), 'lines');
  await writeFile(file, content);
  const lines: LineOfFile[] = [];
  for await (const line of linesOf(file, maxBytes)) lines.push(line);
  const handle = await open(file, 'r');
  try {
    for (const line of lines) {
      if (line.text !== undefined) expect(await readLine(handle, line)).toBe(line.text);
    }
  } finally {
    await handle.close();
  }
  return lines.map(({ text }) => text);
}

test('a line ends at LF only, is found again at its place, and may go over many pieces of the file', async () => {
  const long = 'é'.repeat(90_000);
  expect(await linesIn(`\ufeff{"a":"x\u2028y"}\r\n\n${long}\nlast`)).toEqual([
    '{"a":"x\u2028y"}\r',
    '',
    long,
    'last',
  ]);
  expect(await linesIn('one\n')).toEqual(['one']);
  expect(await linesIn('')).toEqual([]);
});

test('a line that is too long ends the reading', async () => {
  expect(await linesIn(`short\n${'x'.repeat(50)}\nshort\n`, 20)).toEqual(['short', undefined]);
});

test('calls come in the order of their times, those of one moment in that of the file', () => {
  const calls = [2, 3, 1, 3, 2].map((at, i) => ({ at, what: i }));
  expect(byTime(calls, false).map(({ what }) => what)).toEqual([2, 0, 4, 1, 3]);
  expect(byTime(calls, true).map(({ what }) => what)).toEqual([2, 4, 0, 3, 1]);
});
