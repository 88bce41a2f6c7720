// Unwrapping, fallbacks and composite ids as properties: what goes in comes out, nothing is changed in place, nothing throws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { applyMapping } from '../../../main/engine/mapping/apply-mapping.ts';
import { compileMapping, compileRows } from '../../../main/engine/mapping/compile-mapping.ts';
import { coverCall } from '../../../main/engine/mapping/cover-call.ts';
import { formatPath } from '../../../main/engine/mapping/dotted-path.ts';
import { findPlaces } from '../../../main/engine/mapping/payload-search.ts';
import { previewMapping } from '../../../main/engine/mapping/preview-mapping.ts';
import { surveyPaths } from '../../../main/engine/mapping/survey-paths.ts';
import { compileUnwrap, unwrap } from '../../../main/engine/mapping/unwrap.ts';
import { parseJson } from '../../../main/engine/parsing/parse-json.ts';
import type { PayloadValue } from '../../../main/engine/parsing/payload-value.ts';

const read = (value: unknown): PayloadValue => parseJson(JSON.stringify(value)).value;
const key = fc.string({ minLength: 1, maxLength: 8 });
const steps = (list: Mapping['unwrap']) => compileUnwrap(list ?? []).compiled;
const pathText = fc.oneof(
  fc.constantFrom(
    'id',
    'a.b',
    '$.a[*]',
    '$..a',
    'a[',
    '',
    '$headers["x"]',
    '$query.a',
    '$[?@.a==1]',
    '$root.a',
  ),
  fc.string({ maxLength: 12 }),
);

describe('unwrap', () => {
  it('opens at any place what was wrapped there, and shares the rest', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        key,
        key,
        fc.constantFrom('json', 'base64Json'),
        (inner, outer, name, as) => {
          fc.pre(outer !== '__proto__' && name !== '__proto__');
          const text = JSON.stringify(inner);
          const wrapped = as === 'json' ? text : Buffer.from(text).toString('base64');
          const payload = read({ [outer]: [{ [name]: wrapped }], beside: { a: 1 } });
          fc.pre(outer !== 'beside');
          const before = JSON.stringify(payload);
          const path = formatPath([outer, 0, name]);
          const { value, steps: results } = unwrap(steps([{ path, as: as as 'json' }]), payload, {});
          expect(JSON.parse(JSON.stringify(value))).toEqual(
            JSON.parse(JSON.stringify({ [outer]: [{ [name]: inner }], beside: { a: 1 } })),
          );
          expect(JSON.stringify(payload)).toBe(before);
          expect(results[0]?.fault).toBeUndefined();
        },
      ),
    );
  });

  it('leaves a text alone that holds something else, and says why', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { value, steps: results } = unwrap(
          steps([{ path: 'a', as: 'base64Json' }]),
          read({ a: text }),
          {},
        );
        const [result] = results;
        if (result?.fault !== undefined) expect(value).toEqual(read({ a: text }));
        else expect(result?.value).toBeDefined();
      }),
    );
  });

  it('keeps every digit, and refuses what is nested too deep', () => {
    const step = steps([{ path: 'a', as: 'json' }]);
    const { value } = unwrap(step, read({ a: '{"id":12345678901234567890}' }), {});
    expect(JSON.stringify(value)).toBe('{"a":{"id":12345678901234567890}}');
    const deep = unwrap(step, read({ a: '['.repeat(600) + ']'.repeat(600) }), {});
    expect(deep.steps[0]?.fault).toMatch(/no JSON/);
  });
});

const anyMapping: fc.Arbitrary<Mapping> = fc.record(
  {
    id: pathText,
    title: pathText,
    split: pathText,
    idFallbacks: fc.array(pathText, { maxLength: 2 }),
    idParts: fc.array(pathText, { maxLength: 2 }),
    idSeparator: fc.string({ maxLength: 2 }),
    titleFallbacks: fc.array(pathText, { maxLength: 2 }),
    updatedAt: pathText,
    absentKeeps: fc.boolean(),
    unwrap: fc.array(
      fc.record({
        path: pathText,
        as: fc.constantFrom('json' as const, 'base64' as const, 'base64Json' as const),
      }),
      { maxLength: 2 },
    ),
    byEvent: fc.dictionary(
      key,
      fc.record({ id: pathText, title: pathText, split: pathText }, { requiredKeys: [] }),
    ),
  },
  { requiredKeys: ['id', 'title'] },
);

describe('any mapping on any payload', () => {
  it('is compiled or refused by row, previewed, surveyed and covered without a throw', () => {
    fc.assert(
      fc.property(
        anyMapping,
        fc.jsonValue(),
        fc.option(key, { nil: undefined }),
        (mapping, json, eventType) => {
          const input = {
            value: read(json),
            headers: [['x', '1']] as [string, string][],
            query: 'a=1',
            eventType,
          };
          const { compiled, rows } = compileRows(mapping);
          const preview = previewMapping(mapping, input);
          for (const { row } of rows) expect(preview.rows.map((each) => each.row)).toContain(row);
          expect(compileMapping(mapping).ok).toBe(rows.length === 0);
          const cover = coverCall(compiled, input);
          for (const row of cover.rows) expect(row.yielded).toBeLessThanOrEqual(cover.elements);
          for (const paths of surveyPaths(compiled, input, 'elements'))
            expect(paths.length).toBeLessThanOrEqual(400);
          if (rows.length === 0) {
            const elements = applyMapping(compiled, input);
            expect(elements).toHaveLength(preview.itemCount);
            expect(cover.ids).toEqual(elements.flatMap(({ externalId }) => externalId ?? []));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives ids of parts joined in order', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
          { minLength: 2, maxLength: 5 },
        ),
        (parts) => {
          const value = read(Object.fromEntries(parts.map((part, at) => [`p${at}`, part])));
          const [own = '', ...others] = parts.map((_part, at) => `p${at}`);
          const { compiled } = compileRows({ id: own, title: own, idParts: others, idSeparator: '|' });
          expect(applyMapping(compiled, { value })[0]?.externalId).toBe(parts.join('|'));
        },
      ),
    );
  });
});

describe('finding by path', () => {
  it('answers with concrete places, page by page', () => {
    const value = read({ list: Array.from({ length: 250 }, (_, at) => ({ n: at })) });
    const first = findPlaces(value, '$.list[*].n', 0);
    expect(first.found).toHaveLength(200);
    expect(first.found[3]).toEqual({ path: 'list[3].n', segments: ['list', 3, 'n'] });
    expect(findPlaces(value, '$.list[*].n', first.next ?? 0)).toMatchObject({ found: { length: 50 } });
    expect(findPlaces(read({ list: [] }), '$.list[*].n', 0)).toEqual({ found: [], isPath: true });
  });

  it('says where a path goes wrong, and looks for it as a text', () => {
    const found = findPlaces(read({ cost: '$.list[' }), '$.list[', 0);
    expect(found).toMatchObject({ isPath: false, found: [{ path: 'cost' }] });
    expect(found.fault).toMatchObject({ position: 7, message: expect.stringMatching(/\w.*\.$/) });
    expect(findPlaces(read({ cost: '$5' }), '$5', 0)).toMatchObject({ found: [{ path: 'cost' }] });
    expect(findPlaces(read({ cost: '$5' }), '$5', 0).fault).toBeUndefined();
  });
});
