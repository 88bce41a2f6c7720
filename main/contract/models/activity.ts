// Calls over time and the health of a data source, as its overview shows them.
import { z } from 'zod';

export const activitySpan = z.enum(['hour', 'day', 'week', 'month']);
export type ActivitySpan = z.infer<typeof activitySpan>;

export const outcomeCounts = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  handshake: z.number().int(),
  duplicate: z.number().int(),
});
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

export const activity = z.object({
  span: activitySpan,
  /** Oldest first, without gaps; the last one is still filling. Days and their parts are those of this computer's clock. */
  bars: z.array(outcomeCounts.extend({ from: z.string(), to: z.string() })),
  totals: outcomeCounts,
  health: z.object({
    /** Accepted and repeated calls of all but the handshakes, 0 to 1; absent where none came in this span. */
    acceptedShare: z.number().min(0).max(1).optional(),
    /** The slowest answer of this span, and how long the application waits for one. */
    slowestMs: z.number().optional(),
    limitMs: z.number().optional(),
    /** The newest refused call, of any time. */
    lastError: z
      .object({ captureId: z.string(), at: z.string(), status: z.number().int(), message: z.string() })
      .optional(),
  }),
});
export type Activity = z.infer<typeof activity>;
