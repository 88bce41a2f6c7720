// How many calls a minute a connection takes: a bucket a connection, which starts full and fills evenly, so that a burst of a minute's
// calls passes at once. Kept in memory: a restart begins anew.
import type { RefusedByRate } from '#contract';

interface Bucket {
  calls: number;
  filledAt: number;
  refused: number;
  lastRefusedAt: number;
}

export function createCallRates(now: () => number = Date.now) {
  const buckets = new Map<string, Bucket>();

  return {
    /** Undefined where the call may pass, else the whole seconds after which the next one may. */
    take(connectionId: string, callsPerMinute: number): number | undefined {
      const at = now();
      const bucket = buckets.get(connectionId) ?? {
        calls: callsPerMinute,
        filledAt: at,
        refused: 0,
        lastRefusedAt: 0,
      };
      buckets.set(connectionId, bucket);
      const perMs = callsPerMinute / 60_000;
      // A clock that was set back fills nothing.
      const filled = Math.max(0, at - bucket.filledAt) * perMs;
      bucket.calls = Math.min(callsPerMinute, bucket.calls + filled);
      bucket.filledAt = at;
      if (bucket.calls >= 1) {
        bucket.calls -= 1;
        return undefined;
      }
      bucket.refused += 1;
      bucket.lastRefusedAt = at;
      return Math.max(1, Math.ceil((1 - bucket.calls) / perMs / 1000));
    },

    refused(connectionId: string): RefusedByRate | undefined {
      const bucket = buckets.get(connectionId);
      if (!bucket || bucket.refused === 0) return undefined;
      return { calls: bucket.refused, lastAt: new Date(bucket.lastRefusedAt).toISOString() };
    },

    /** Its next call finds a full bucket: the limit was changed, or the connection is gone. */
    forget: (connectionId: string): void => void buckets.delete(connectionId),
  };
}

export type CallRates = ReturnType<typeof createCallRates>;
