// Parsed bodies that were used last, bounded by number and by what they cost in memory.
import type { GoodBody, ParsedCache } from './run-task.ts';

/** A value needs up to about this many bytes of memory for each byte of its text (many small lists: measured 15 to 40). */
const bytesPerByte = 16;

/** `maxBytes` bounds the estimated memory. What is parsed next counts before it is there, so that old and new never add up. */
export function createParsedCache(limits: { maxEntries: number; maxBytes: number }): ParsedCache & {
  keys(): string[];
} {
  const entries = new Map<string, { parsed: GoodBody; bytes: number }>();
  let total = 0;

  function makeRoom(bytes: number): void {
    for (const [oldest, entry] of entries) {
      if (entries.size < limits.maxEntries && total + bytes <= limits.maxBytes) return;
      entries.delete(oldest);
      total -= entry.bytes;
    }
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.parsed;
    },
    reserve(textBytes) {
      makeRoom(textBytes * bytesPerByte);
    },
    put(key, parsed) {
      const bytes = parsed.text.length * bytesPerByte;
      makeRoom(bytes);
      total += bytes;
      entries.set(key, { parsed, bytes });
    },
    keys: () => [...entries.keys()],
  };
}
