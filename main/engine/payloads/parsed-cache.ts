// Parsed bodies that were used last, bounded by number and by size.
import type { GoodBody, ParsedCache } from './run-task.ts';

/** `maxBytes` bounds the sizes that `put` is told; a single larger body is kept alone. */
export function createParsedCache(limits: { maxEntries: number; maxBytes: number }): ParsedCache & {
  keys(): string[];
} {
  const entries = new Map<string, { parsed: GoodBody; bytes: number }>();
  let total = 0;

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.parsed;
    },
    put(key, parsed, bytes) {
      total += bytes - (entries.get(key)?.bytes ?? 0);
      entries.delete(key);
      entries.set(key, { parsed, bytes });
      for (const [oldest, entry] of entries) {
        if (entries.size <= limits.maxEntries && (total <= limits.maxBytes || entries.size === 1)) break;
        entries.delete(oldest);
        total -= entry.bytes;
      }
    },
    keys: () => [...entries.keys()],
  };
}
