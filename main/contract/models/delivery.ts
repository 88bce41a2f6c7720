// Deliveries: outbound calls that must be made (jobs), the tries at them (attempts), and the destinations they go to.
import { z } from 'zod';
import { actionMethod } from './action.ts';
import { exchange, exchangeFailure } from './exchange.ts';

/** waiting: for its first or next try · sending · succeeded · failed: given up, on the dead-letter list · cancelled. */
export const deliveryState = z.enum(['waiting', 'sending', 'succeeded', 'failed', 'cancelled']);
export type DeliveryState = z.infer<typeof deliveryState>;

export const delivery = z.object({
  id: z.string(),
  state: deliveryState,
  dataSourceId: z.string(),
  connectionId: z.string(),
  actionId: z.string().optional(),
  /** What is called, in words: the action's name, or method and path. */
  name: z.string(),
  moduleId: z.string().optional(),
  runId: z.string().optional(),
  itemId: z.string().optional(),
  itemTitle: z.string().optional(),
  method: actionMethod,
  /** Secrets in it are concealed. */
  url: z.string(),
  /** Scheme, host and port. */
  destination: z.string(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
  attempts: z.number().int(),
  nextAttemptAt: z.string().optional(),
  lastStatus: z.number().int().optional(),
  lastFailure: exchangeFailure.optional(),
  /** The same over all tries: `webhook-id` and `Idempotency-Key`. */
  idempotencyKey: z.string(),
});
export type Delivery = z.infer<typeof delivery>;

export const deliveryAttempt = z.object({
  number: z.number().int().positive(),
  at: z.string(),
  exchange,
  /** In words: «tried again in 5 min», «Retry-After of the answer: 30 s», «given up: 410». */
  decision: z.string(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>;

/** Where calls go. paused: nothing is sent; by itself after failures in a row (`because` says which), or by hand. */
export const destination = z.object({
  destination: z.string(),
  state: z.enum(['open', 'paused']),
  pausedBy: z.enum(['hand', 'failures', 'gone']).optional(),
  because: z.string().optional(),
  since: z.string().optional(),
  /** When it is tried again by itself. */
  nextProbeAt: z.string().optional(),
  /** It asked to wait (`Retry-After`) and is left alone until then. */
  heldUntil: z.string().optional(),
  waiting: z.number().int(),
  failuresInRow: z.number().int(),
});
export type Destination = z.infer<typeof destination>;
