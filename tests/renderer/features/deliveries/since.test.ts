// Since when a retry reaches back.
import { expect, test } from 'vitest';
import { sinceOf } from '../../../../renderer/features/deliveries/since.ts';

const now = Date.parse('2026-11-24T12:00:00.000Z');

test('spans, any time, a time of one’s own, and what is no time', () => {
  expect(sinceOf('hour', '', now)).toBe('2026-11-24T11:00:00.000Z');
  expect(sinceOf('week', '', now)).toBe('2026-11-17T12:00:00.000Z');
  expect(sinceOf('all', '', now)).toBeUndefined();
  expect(sinceOf('time', '2026-11-24T08:30', now)).toBe(new Date('2026-11-24T08:30').toISOString());
  expect(sinceOf('time', '', now)).toBe('invalid');
});
