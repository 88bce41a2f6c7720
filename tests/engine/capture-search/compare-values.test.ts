// Comparing: moved keys are no change, numbers count by their digits, lists stay aligned; and what is told agrees with equality.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareValues } from '../../../main/engine/capture-search/compare-values.ts';
import { equalValues } from '../../../main/engine/mapping/exact-compare.ts';
import { parseJsonBody } from '../../../main/engine/parsing/parse-json.ts';
import type { PayloadValue } from '../../../main/engine/parsing/payload-value.ts';

const read = (text: string): PayloadValue =>
  (parseJsonBody(`{"v":${text}}`) as unknown as { value: { v: PayloadValue } }).value.v;
const compare = (left: string, right: string, ignore: string[] = []) =>
  compareValues({ left: read(left), right: read(right), leftHeaders: [], rightHeaders: [] }, ignore);
const told = (left: string, right: string, ignore: string[] = []) =>
  compare(left, right, ignore)
    .rows.filter(({ kind }) => kind !== 'same')
    .map(({ kind, path }) => `${kind} ${path}`);

it.each<[string, string, string[]]>([
  ['{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}', []],
  ['{"id":12345678901234567890}', '{"id":12345678901234567891}', ['changed id']],
  ['{"n":1.10}', '{"n":1.1}', []],
  ['{"n":1}', '{"n":"1"}', ['changed n']],
  ['{"a":1}', '{"a":1,"b":null}', ['added b']],
  ['{"a":1,"b":2}', '{"b":2}', ['removed a']],
  ['[1,2,3,4]', '[1,3,4]', ['removed [1]']],
  ['[{"x":1},{"x":2}]', '[{"x":0},{"x":1},{"x":2}]', ['added [0]']],
  ['[{"x":1,"y":1}]', '[{"x":1,"y":2}]', ['changed [0].y']],
  ['{"a":[1]}', '{"a":{"0":1}}', ['changed a']],
])('%s and %s', (left, right, expected) => {
  expect(told(left, right)).toEqual(expected);
});

it('tells large values that are the same by their size, not by their text', () => {
  const same = `{"note":"${'lorem '.repeat(500)}","n":1}`;
  const { rows } = compare(`{"a":${same},"l":[1,2],"b":1}`, `{"a":${same},"l":[1,2],"b":2}`);
  expect(
    rows.filter(({ part }) => part === 'value').map(({ left, right, size }) => [left, right, size]),
  ).toEqual([
    ['{…}', '{…}', 2],
    ['[…]', '[…]', 2],
    ['1', '2', undefined],
  ]);
});

it('leaves out paths and headers, and still says so', () => {
  expect(told('{"at":1,"x":{"at":2,"y":3}}', '{"at":9,"x":{"at":8,"y":4}}', ['$..at'])).toEqual([
    'ignored at',
    'ignored x.at',
    'changed x.y',
  ]);
  const result = compareValues(
    {
      left: null,
      right: null,
      leftHeaders: [
        ['Date', 'a'],
        ['X', '1'],
        ['X', '2'],
      ],
      rightHeaders: [
        ['date', 'b'],
        ['X', '1'],
        ['Y', '3'],
      ],
    },
    ['header:Date'],
  );
  expect(result.headers.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'ignored date',
    'changed x',
    'added y',
  ]);
  expect([result.differences, result.headerDifferences, result.ignored]).toEqual([0, 2, 1]);
});

it('ends at a limit, however much differs', () => {
  const list = (from: number) => JSON.stringify(Array.from({ length: 20_000 }, (_, i) => i + from));
  const result = compare(list(0), list(1_000_000));
  expect(result.cut).toBe(true);
  expect(result.rows).toHaveLength(5_000);
  expect(result.differences).toBe(20_000);
});

it('tells a difference exactly where the two are not equal', () => {
  const shuffled = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shuffled)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, shuffled(inner)]),
          )
        : value;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (left, right) => {
      const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
      expect(compare(a, b).differences === 0).toBe(equalValues(read(a), read(b)));
      expect(compare(a, JSON.stringify(shuffled(left))).differences).toBe(0);
    }),
  );
});
