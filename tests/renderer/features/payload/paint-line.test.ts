// Lines on the screen: no character is lost, tokens and marks stand where they belong.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  jsonTokens,
  longestRow,
  paintLine,
  rowsOfLines,
} from '../../../../renderer/features/payload/paint-line.ts';

test('the tokens of a line of pretty JSON', () => {
  const line = '  "a \\" b": -1.5e+3, "x": [true, null, "t"]';
  expect(jsonTokens(line).map(({ start, end, kind }) => [line.slice(start, end), kind])).toEqual([
    ['"a \\" b"', 'key'],
    ['-1.5e+3', 'number'],
    ['"x"', 'key'],
    ['true', 'boolean'],
    ['null', 'null'],
    ['"t"', 'text'],
  ]);
});

test('painted pieces joined are the line, and marks lie over tokens', () => {
  const line = '"key": "value"';
  const pieces = paintLine(line, jsonTokens(line), [{ start: 9, end: 11, kind: 'match' }]);
  expect(pieces.find((piece) => piece.mark)).toEqual({ start: 9, text: 'al', token: 'text', mark: 'match' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(30), fc.nat(30), (text, start, length) => {
      const painted = paintLine(text, jsonTokens(text), [{ start, end: start + length, kind: 'fault' }]);
      expect(painted.map((piece) => piece.text).join('')).toBe(text);
    }),
  );
});

test('a body in one line goes to the screen in rows that are cut, not lost', () => {
  const whole = 'x'.repeat(longestRow * 2 + 7);
  const rows = rowsOfLines(['a', '', whole]);
  expect(rows.map((row) => [row.line, row.from])).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [2, longestRow],
    [2, longestRow * 2],
  ]);
  expect(
    rows
      .slice(2)
      .map((row) => row.text)
      .join(''),
  ).toBe(whole);
});
