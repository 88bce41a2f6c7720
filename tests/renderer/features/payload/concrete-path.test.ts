// Paths as the screen reads them: every name survives, clicks become relative to the split, nothing else is touched.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  placeOfRow,
  readConcretePath,
  relativeToSplit,
  type Segment,
  splitOverList,
  writePath,
} from '../../../../renderer/features/payload/concrete-path.ts';

const segment: fc.Arbitrary<Segment> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('id', 'data', 'a b', "it's", '__proto__', 'a.b', '[0]', '*', '$', ''),
  fc.nat(500),
);

describe('written paths', () => {
  test('read back as the same place', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        expect(readConcretePath(writePath(segments))).toEqual(segments);
      }),
    );
  });

  test('stay as people type them where names allow', () => {
    expect(writePath(['data', 'email'])).toBe('data.email');
    expect(writePath(['items', 0, 'sku'])).toBe('items[0].sku');
    expect(writePath([0, 'sku'])).toBe('$[0].sku');
    expect(writePath(['data', 'first-name'])).toBe("$.data['first-name']");
    expect(writePath([])).toBe('$');
  });

  test('a text that is no path is read as none', () => {
    for (const text of ['', '  ', 'a..', '$.', 'a[', 'a[0', '$x[', 'a]b', 'data.'])
      expect(readConcretePath(text)).toBeUndefined();
  });
});

describe('a clicked value', () => {
  test('is whole without a split and outside of it', () => {
    expect(relativeToSplit('data.email', undefined)).toBe('data.email');
    expect(relativeToSplit('data.email', '')).toBe('data.email');
    expect(relativeToSplit('shop.name', '$.items[*]')).toBe('shop.name');
    expect(relativeToSplit('data.email', '$.[broken')).toBe('data.email');
  });

  test('loses the part that the split takes', () => {
    expect(relativeToSplit('$.items[2].sku', '$.items[*]')).toBe('sku');
    expect(relativeToSplit('items[2].price.amount', 'items[*]')).toBe('price.amount');
    expect(relativeToSplit('$[1].id', '$[*]')).toBe('id');
    expect(relativeToSplit("$['a b'][0]['c-d']", "$['a b'][*]")).toBe("$['c-d']");
    expect(relativeToSplit('$.events[3].x', "$.events[?@.kind == 'a]b']")).toBe('x');
    expect(relativeToSplit('$.a.items[1].b', '$..items[*]')).toBe('b');
    expect(relativeToSplit('$.items[2]', '$.items[*]')).toBe('$');
  });

  test('is found again where it was clicked, in the first element', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (inside) => {
        const clicked = writePath(['items', 0, ...inside]);
        expect(placeOfRow(relativeToSplit(clicked, '$.items[*]'), '$.items[*]')).toEqual([
          'items',
          0,
          ...inside,
        ]);
      }),
    );
  });
});

test('a list becomes a split over its elements', () => {
  expect(splitOverList('items')).toBe('$.items[*]');
  expect(splitOverList('$')).toBe('$[*]');
  expect(splitOverList("$['a b']")).toBe("$['a b'][*]");
});
