// In which order calls are sent again.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderOf } from '../../../main/engine/replay/select-captures.ts';

it('is as received, round after round', () => {
  expect([...orderOf(3, 2, 'received')]).toEqual([0, 1, 2, 0, 1, 2]);
});

it('is reversed, round after round', () => {
  expect([...orderOf(3, 2, 'reversed')]).toEqual([2, 1, 0, 2, 1, 0]);
});

it('is shuffled over all rounds: every call as often as asked for, nothing else', () => {
  const counts = fc.record({
    count: fc.integer({ min: 0, max: 50 }),
    rounds: fc.integer({ min: 1, max: 5 }),
  });
  const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  fc.assert(
    fc.property(counts, randoms, ({ count, rounds }, random) => {
      const places = [...orderOf(count, rounds, 'shuffled', () => random.next().value)];
      const all = Array.from({ length: count * rounds }, (_, at) => at % count);
      expect(places.toSorted((a, b) => a - b)).toEqual(all.toSorted((a, b) => a - b));
    }),
  );
});

it('may begin with any call', () => {
  const firsts = new Set(Array.from({ length: 400 }, () => orderOf(4, 1, 'shuffled')[0]));
  expect(firsts).toEqual(new Set([0, 1, 2, 3]));
});
