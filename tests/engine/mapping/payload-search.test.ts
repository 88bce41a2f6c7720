// Finding a text in a payload page by page, and reading one value whole.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePath } from '../../../main/engine/mapping/compile-path.ts';
import { findPlaces, wholeValue } from '../../../main/engine/mapping/payload-search.ts';
import { ExactNumber, type PayloadValue } from '../../../main/engine/parsing/payload-value.ts';

const payload: PayloadValue = {
  Name: 'Ada',
  list: [{ name: 'x' }, { n: new ExactNumber('12345678901234567890') }, null, 'adapter'],
  __proto__x: { 'a b': true },
};

describe('finding', () => {
  it('finds keys and values in the order of the body, without regard to case, with their segments', () => {
    expect(findPlaces(payload, 'ADA', 0).found).toEqual([
      { path: 'Name', segments: ['Name'] },
      { path: 'list[3]', segments: ['list', 3] },
    ]);
    expect(findPlaces(payload, 'name', 0).found.map(({ path }) => path)).toEqual(['Name', 'list[0].name']);
    expect(findPlaces(payload, '234567890123', 0).found.map(({ path }) => path)).toEqual(['list[1].n']);
    expect(findPlaces(payload, 'true', 0).found.map(({ segments }) => segments)).toEqual([
      ['__proto__x', 'a b'],
    ]);
  });

  it('gives at most 200 places a page, and the pages together give all of them once', () => {
    const many = Array.from({ length: 1_001 }, (_, i) => ({ key: `hit ${i}`, other: i }));
    const paths: string[] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const page: ReturnType<typeof findPlaces> = findPlaces(many, 'hit', after);
      expect(page.found.length).toBeLessThanOrEqual(200);
      paths.push(...page.found.map(({ path }) => path));
      after = page.next;
    }
    expect(paths).toHaveLength(1_001);
    expect(new Set(paths).size).toBe(1_001);
  });

  it('leads to what it found, whatever the keys', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.constant('needle'), { noNullPrototype: false }),
        (value) => {
          for (const { path } of findPlaces(value, 'needle', 0).found) {
            const compiled = compilePath(path);
            expect(compiled.ok && compiled.path.first(value)).toBeTruthy();
          }
        },
      ),
    );
  });
});

describe('one value', () => {
  it('is its text, or JSON with every digit', () => {
    expect(wholeValue(payload, 'Name')).toEqual({ text: 'Ada', cut: false });
    expect(wholeValue(payload, 'list[1].n')?.text).toBe('12345678901234567890');
    expect(wholeValue(payload, 'list[1]')?.text).toContain('"n": 12345678901234567890');
    expect(wholeValue(payload, 'nowhere')).toBeUndefined();
  });
});
