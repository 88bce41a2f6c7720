// Folding lines of JSON and XML: brackets inside texts do not count, nothing is hidden that was not asked for.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  foldAround,
  foldedUpper,
  foldsOf,
  revealing,
  shownLines,
} from '../../../../renderer/features/payload/fold-lines.ts';

const json = ['{', '  "a": {', '    "b": "}{",', '    "c": 1', '  },', '  "list": [', '    2', '  ]', '}'];

test('JSON folds by its brackets; the closing line stays', () => {
  const folds = foldsOf(json, true);
  expect([...folds].sort()).toEqual([
    [0, 7],
    [1, 3],
    [5, 6],
  ]);
  expect(shownLines(json.length, folds, new Set([1, 5]))).toEqual([0, 1, 4, 5, 7, 8]);
  expect([...foldedUpper(folds)].sort()).toEqual([1, 5]);
});

test('XML folds by its indentation', () => {
  const xml = ['<order>', '  <id>7</id>', '  <lines>', '    <line/>', '  </lines>', '</order>'];
  const folds = foldsOf(xml, false);
  expect([...folds].sort()).toEqual([
    [0, 4],
    [2, 3],
  ]);
  expect(shownLines(xml.length, folds, new Set([2]))).toEqual([0, 1, 2, 4, 5]);
});

test('a line that is sought is never hidden', () => {
  const folds = foldsOf(json, true);
  expect([...revealing(3, folds, new Set([0, 1, 5]))]).toEqual([5]);
});

test('pretty JSON of any value: every fold lies within the text, and unfolded shows every line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const lines = JSON.stringify(value, undefined, 2).split('\n');
      const folds = foldsOf(lines, true);
      for (const [start, end] of folds) {
        expect(end).toBeGreaterThan(start);
        expect(lines[end + 1]?.trim()).toMatch(/^[}\]]/);
      }
      expect(shownLines(lines.length, folds, new Set())).toHaveLength(lines.length);
    }),
  );
});

test('a line folds with itself, or with the nearest that would hide it', () => {
  const folds = foldsOf(['{', '  "a": {', '    "b": [', '      1', '    ]', '  },', '  "c": 1', '}'], true);
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((line) => foldAround(line, folds))).toEqual([
    0,
    1,
    2,
    2,
    1,
    0,
    0,
    undefined,
  ]);
});
