import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatAbsolute,
  formatBytes,
  formatCompact,
  formatDuration,
  formatRelative,
  withLocalTimes,
} from '../../../renderer/design/formats.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [1234, '1.2 KB'],
    [9960, '10 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [25_000_000, '25 MB'],
    [3_200_000_000, '3.2 GB'],
  ])('%d is %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));

  it('never shows a number of four digits below the last unit', () => {
    fc.assert(
      fc.property(fc.nat(999_000_000_000), (bytes) => {
        expect(formatBytes(bytes)).toMatch(/^\d{1,3}(\.\d)? (B|KB|MB|GB)$/);
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0.42, '0.4 ms'],
    [12.4, '12 ms'],
    [999.4, '999 ms'],
    [1240, '1.2 s'],
    [59_960, '1 min'],
    [185_000, '3 min 5 s'],
    [7_440_000, '2 h 4 min'],
  ])('%d ms is %s', (ms, words) => expect(formatDuration(ms)).toBe(words));

  it('never shows sixty of a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (ms) => {
        expect(formatDuration(ms)).not.toMatch(/\b(60 (s|min)|1000 ms)\b/);
      }),
    );
  });
});

describe('formatRelative', () => {
  // Noon where the reader is.
  const now = new Date(2026, 10, 23, 12);
  const ago = (seconds: number) => formatRelative(new Date(now.getTime() - seconds * 1000), now);

  it.each([
    [0, 'now'],
    [12, '12 seconds ago'],
    [119, '1 minute ago'],
    [3600, '1 hour ago'],
    [86_400, 'yesterday'],
    [86_400 + 3600 * 10, 'yesterday'],
    [86_400 + 3600 * 14, '2 days ago'],
    [86_400 * 9, '1 week ago'],
    [86_400 * 40, '1 month ago'],
  ])('%d s before is %s', (seconds, words) => expect(ago(seconds)).toBe(words));

  it('tells what is ahead', () => {
    expect(ago(-8)).toBe('in 8 seconds');
    expect(ago(-86_400)).toBe('tomorrow');
    // 43 hours: the day after tomorrow.
    expect(ago(-86_400 - 3600 * 19)).toBe('in 2 days');
  });
});

it('writes a time inside a sentence as the reader does', () => {
  const at = new Date('2026-11-24T09:00:00.000Z');
  expect(withLocalTimes('Its time came: 2026-11-24T09:00:00.000Z.')).toBe(
    `Its time came: ${formatAbsolute(at)}.`,
  );
  expect(withLocalTimes('plan changed.')).toBe('plan changed.');
});

it('counts with the right word', () => {
  expect(countOf(1, 'item', 'items')).toBe('1 item');
  expect(countOf(1204, 'item', 'items')).toBe('1,204 items');
  expect(formatCompact(45_003)).toBe('45K');
});
