// The arithmetic of the bar chart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelled, scaleTop, stack } from '../../../renderer/design/bar-chart-model.ts';

describe('the bar chart', () => {
  it.each([
    [0, 4],
    [4, 4],
    [5, 6],
    [11, 20],
    [187, 200],
    [201, 400],
    [5831, 6000],
    [10_000, 10_000],
  ])('with %i at most goes up to %i', (value, top) => {
    expect(scaleTop(value)).toBe(top);
  });

  it('never cuts a bar, and its middle mark is a whole number', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (value) => {
        expect(scaleTop(value)).toBeGreaterThanOrEqual(value);
        expect(Number.isInteger(scaleTop(value) / 2)).toBe(true);
      }),
    );
  });

  it('stacks from the foot, and shows the smallest part', () => {
    expect(stack([50, 0, 1], 100, 100, 3)).toEqual([
      { y: 50, size: 50 },
      { y: 50, size: 0 },
      { y: 47, size: 3 },
    ]);
  });

  it('writes as many times as fit, the last one among them', () => {
    expect(labelled(48, 900, 72)).toEqual([3, 7, 11, 15, 19, 23, 27, 31, 35, 39, 43, 47]);
    expect(labelled(3, 10, 72)).toEqual([2]);
    expect(labelled(0, 900, 72)).toEqual([]);
  });
});
