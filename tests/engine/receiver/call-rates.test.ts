// The rate of a connection, with a clock of its own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallRates } from '../../../main/engine/receiver/call-rates.ts';

describe('the rate of a connection', () => {
  it('lets a burst of a minute pass, then fills evenly', () => {
    let now = 0;
    const rates = createCallRates(() => now);
    for (let call = 0; call < 60; call += 1) expect(rates.take('con', 60)).toBeUndefined();
    expect(rates.take('con', 60)).toBe(1);
    now = 1000;
    expect(rates.take('con', 60)).toBeUndefined();
    expect(rates.take('con', 60)).toBe(1);
    expect(rates.refused('con')).toEqual({ calls: 2, lastAt: new Date(1000).toISOString() });
  });

  it('a sender that waits as long as it was told is taken', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 50 }),
        (perMinute, gaps) => {
          let now = 1_000_000;
          const rates = createCallRates(() => now);
          for (const gap of gaps) {
            now += gap;
            const seconds = rates.take('con', perMinute);
            if (seconds === undefined) continue;
            now += seconds * 1000;
            expect(rates.take('con', perMinute)).toBeUndefined();
          }
        },
      ),
    );
  });

  it('never takes more than a burst and what filled up since', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 300 }),
        (perMinute, gaps) => {
          let now = 10_000_000;
          let forward = 0;
          let taken = 0;
          const rates = createCallRates(() => now);
          for (const gap of gaps) {
            now += gap;
            forward += Math.max(0, gap);
            if (rates.take('con', perMinute) === undefined) taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(perMinute + Math.floor((forward * perMinute) / 60_000 + 1e-6));
        },
      ),
    );
  });
});
