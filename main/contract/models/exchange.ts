// One outbound HTTP call as it went: what was sent, what came back, how long each part took. Secrets are concealed in it.
import { z } from 'zod';

/** A body for the screen, cut at 64 KiB; `size` is in bytes, as sent or received. Not text: `base64` of the first bytes. */
export const exchangeBody = z.object({
  text: z.string().optional(),
  base64: z.string().optional(),
  size: z.number().int().nonnegative(),
  cut: z.boolean(),
});
export type ExchangeBody = z.infer<typeof exchangeBody>;

const headers = z.array(z.tuple([z.string(), z.string()]));

/** Closed list of reasons for which no answer came, or one that counts as a failure. */
export const failureCode = z.enum([
  'nameNotFound',
  'refused',
  'unreachable',
  'timeout',
  'tlsExpired',
  'tlsWrongName',
  'tlsUntrusted',
  'tlsFailed',
  'targetForbidden',
  'redirected',
  'authorizationFailed',
  'status',
  'answerBroken',
  'loop',
  'invalidUrl',
  'invalidTemplate',
  'secretUnreadable',
  'notConfigured',
  'noAccess',
  'cancelled',
  /** Hookbench ended or was stopped during the call. */
  'interrupted',
  /** A fault of our own; the log has it. */
  'unexpected',
]);
export type FailureCode = z.infer<typeof failureCode>;

export const exchangeFailure = z.object({ code: failureCode, message: z.string() });
export type ExchangeFailure = z.infer<typeof exchangeFailure>;

export const exchange = z.object({
  request: z.object({ method: z.string(), url: z.string(), headers, body: exchangeBody.optional() }),
  answer: z.object({ status: z.number().int(), headers, body: exchangeBody.optional() }).optional(),
  /** Present where the call failed, by a status that is no 2xx too. */
  failure: exchangeFailure.optional(),
  /** The address that was connected to. */
  address: z.string().optional(),
  timing: z.object({
    nameMs: z.number().optional(),
    connectMs: z.number().optional(),
    tlsMs: z.number().optional(),
    firstByteMs: z.number().optional(),
    totalMs: z.number(),
  }),
});
export type Exchange = z.infer<typeof exchange>;
