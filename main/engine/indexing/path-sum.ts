// The paths of several calls added up: how many have each, of which types, with which values. Bounded in every direction.
import type { KnownPath, ValueType } from '#contract';
import type { PathFacts } from '../mapping/rank-candidates.ts';
import type { SurveyedPath } from '../mapping/survey-paths.ts';

interface Sum {
  path: string;
  calls: number;
  types: Map<ValueType, number>;
  values: number;
  distinct: Set<string>;
  examples: string[];
  inList: boolean;
}

const mostPaths = 2_000;
const mostDistinct = 2_000;
const mostExamples = 3;
const scalars: readonly ValueType[] = ['text', 'number', 'boolean'];

export function createPathSum() {
  const sums = new Map<string, Sum>();
  const besides = new Map<string, { calls: number; examples: string[] }>();
  let calls = 0;

  function sumOf({ path, inList }: SurveyedPath): Sum | undefined {
    const known = sums.get(path);
    if (known || sums.size >= mostPaths) return known;
    const sum: Sum = {
      path,
      calls: 0,
      types: new Map(),
      values: 0,
      distinct: new Set(),
      examples: [],
      inList: inList ?? false,
    };
    sums.set(path, sum);
    return sum;
  }

  function addBeside(path: string, value: string): void {
    const known = besides.get(path) ?? { calls: 0, examples: [] };
    if (!besides.has(path) && besides.size >= mostPaths) return;
    known.calls += 1;
    addExample(known.examples, value.slice(0, 200));
    besides.set(path, known);
  }

  return {
    /** One call: its paths by element, and what stands beside the body. */
    add(
      elements: readonly (readonly SurveyedPath[])[],
      beside: { headers: readonly (readonly [string, string])[]; query: string },
    ): void {
      calls += 1;
      const here = new Set<Sum>();
      for (const element of elements) {
        for (const found of element) {
          const sum = sumOf(found);
          if (!sum) continue;
          here.add(sum);
          sum.types.set(found.type, (sum.types.get(found.type) ?? 0) + 1);
          addExample(sum.examples, found.text);
          if (!scalars.includes(found.type)) continue;
          sum.values += 1;
          if (sum.distinct.size < mostDistinct) sum.distinct.add(found.text);
        }
      }
      for (const sum of here) sum.calls += 1;
      const names = new Set<string>();
      for (const [name, value] of beside.headers) {
        const path = `$headers[${JSON.stringify(name.toLowerCase())}]`;
        if (!names.has(path)) addBeside(path, value);
        names.add(path);
      }
      for (const [name, value] of new URLSearchParams(beside.query)) {
        const path = `$query[${JSON.stringify(name)}]`;
        if (!names.has(path)) addBeside(path, value);
        names.add(path);
      }
    },

    calls: () => calls,

    facts: (): PathFacts[] =>
      [...sums.values()].map((sum) => {
        const types = [...sum.types.keys()].filter((type) => type !== 'null');
        return {
          path: sum.path,
          present: sum.calls,
          calls,
          values: sum.values,
          distinct: sum.distinct.size,
          examples: sum.examples,
          isScalar: types.length > 0 && types.every((type) => scalars.includes(type)),
          isText: types.length > 0 && types.every((type) => type === 'text'),
          isBoolean: types.includes('boolean'),
          inList: sum.inList,
        };
      }),

    /** In the order of the payload. */
    known: () => [...sums.values()].map(toKnown),
    /** Of those, what may be wrapped: texts only. */
    texts: () => [...sums.values()].filter(({ types }) => types.has('text')).map(toKnown),
    /** Headers and query. */
    beside: (): KnownPath[] => [...besides].map(([path, known]) => ({ path, types: ['text'], ...known })),
  };
}

export type PathSum = ReturnType<typeof createPathSum>;

function toKnown({ path, types, examples, calls }: Sum): KnownPath {
  return { path, types: [...types.keys()], examples, calls };
}

function addExample(examples: string[], text: string): void {
  if (examples.length < mostExamples && !examples.includes(text)) examples.push(text);
}
