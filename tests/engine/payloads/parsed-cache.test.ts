// The cache of parsed bodies: last used stay, bounds hold.
import { expect, it } from 'vitest';
import { createParsedCache } from '../../../main/engine/payloads/parsed-cache.ts';
import type { GoodBody } from '../../../main/engine/payloads/run-task.ts';

const body = (length: number): GoodBody => ({
  ok: true,
  format: 'json',
  value: {},
  elements: 1,
  notes: [],
  text: 'x'.repeat(length),
});

it('keeps what was used last, by number', () => {
  const cache = createParsedCache({ maxEntries: 2, maxBytes: 1_000_000 });
  cache.put('a', body(1));
  cache.put('b', body(1));
  expect(cache.get('a')).toBeDefined();
  cache.put('c', body(1));
  expect(cache.keys()).toEqual(['a', 'c']);
  expect(cache.get('b')).toBeUndefined();
});

it('drops the oldest where the memory would not do, before the next body is parsed', () => {
  const cache = createParsedCache({ maxEntries: 9, maxBytes: 16 * 100 });
  cache.put('a', body(40));
  cache.put('b', body(40));
  cache.reserve(50);
  expect(cache.keys()).toEqual(['b']);
  cache.put('c', body(50));
  expect(cache.keys()).toEqual(['b', 'c']);
  cache.reserve(Number.POSITIVE_INFINITY);
  expect(cache.keys()).toEqual([]);
  cache.put('large', body(500));
  expect(cache.keys()).toEqual(['large']);
});
