import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestAskedMs, retryAfterOf } from '../../../main/engine/outbound/retry-after.ts';

const now = Date.UTC(2026, 10, 24, 12, 0, 0);
const asks = (value: string) => retryAfterOf([['Retry-After', value]], now);

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['1.5', 1_500],
    // The three forms of RFC 9110.
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
    ['Tue Nov 24 12:00:30 2026', 30_000],
    ['Tue Dec  1 12:00:00 2026', 7 * 86_400_000],
    // It has passed: no wait.
    ['Mon, 23 Nov 2026 12:00:00 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ])('%j asks for %i ms', (value, ms) => {
    expect(asks(value)).toBe(ms);
  });

  it.each(['999999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])('%s is capped', (value) => {
    expect(asks(value)).toBe(longestAskedMs);
  });

  it.each([
    '',
    '-5',
    '+5',
    '1e3',
    '0x10',
    '5 s',
    'soon',
    // `Date.parse` takes these for dates.
    'try again 5',
    'later 2030',
    'Nov 2030',
    '2026-11-24T13:00:00Z',
    'Tue, 31 Feb 2026 12:00:00 GMT',
    'Tue, 24 Xyz 2026 12:00:00 GMT',
    'Tue, 24 Nov 2026 25:00:00 GMT',
    'Tue, 24 Nov 2026 12:00:30 CET',
  ])('%j is ignored', (value) => {
    expect(asks(value)).toBeUndefined();
  });

  it('is a whole wait from nothing to a year, or nothing at all, whatever is sent', () => {
    const word = fc.constantFrom('Tue', ',', ' ', '24', 'Nov', '2026', '12:00:30', 'GMT', '-', 'e', '.');
    const texts = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join('')),
      fc.integer().map(String),
      fc.double().map(String),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const ms = asks(text);
        if (ms === undefined) return;
        expect(Number.isInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(longestAskedMs);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads every second and every date that HTTP writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000_000 }), (seconds) => {
        const date = new Date(now + seconds * 1_000).toUTCString();
        expect(asks(date)).toBe(Math.min(seconds * 1_000, longestAskedMs));
        expect(asks(String(seconds))).toBe(Math.min(seconds * 1_000, longestAskedMs));
      }),
    );
  });
});
