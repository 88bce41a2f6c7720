// Rules that pass new captures on to other URLs, and what came of each call.
import { z } from 'zod';
import { outcome } from './capture.ts';
import { exchangeBody } from './exchange.ts';
import { sentHeaderName, sentHeaderValue } from './header.ts';

export const forwardFilter = z.object({
  /** Empty: all. */
  eventTypes: z.array(z.string().min(1).max(1000)).max(100),
  /** Empty: all. */
  outcomes: z.array(outcome).max(4),
});

export const forwardHeaders = z.object({
  /** kept: as received · replaced: only what describes the body, and what is set here. */
  mode: z.enum(['kept', 'replaced']),
  /**
   * In the place of received ones of the same name. A secret value is stored sealed and never given back: it is absent then. Left out for a
   * header that is kept, the stored one stays. `Authorization`, `Proxy-Authorization` and `Cookie` are secret always.
   */
  set: z
    .array(
      z.object({
        name: sentHeaderName,
        value: sentHeaderValue.max(4000).optional(),
        secret: z.boolean().optional(),
      }),
    )
    .max(50),
  /** The Host as it was received, instead of that of the URL. */
  keepHost: z.boolean(),
});

export const forwardRuleDraft = z.object({
  name: z.string().trim().min(1, 'Type a name.').max(120),
  /** Without one it holds for all data sources. */
  dataSourceId: z.string().max(100).optional(),
  urls: z.array(z.string().trim().min(1, 'Type a URL.').max(4000)).min(1, 'Type at least one URL.').max(10),
  filter: forwardFilter,
  headers: forwardHeaders,
  /** Replays, samples and simulated events are passed on, too. */
  includesReplays: z.boolean(),
});
export type ForwardRuleDraft = z.infer<typeof forwardRuleDraft>;

export const forwardRule = forwardRuleDraft.extend({
  id: z.string(),
  enabled: z.boolean(),
  /** It goes when the program that made it is gone. */
  held: z.boolean(),
  createdAt: z.string(),
  counts: z.object({ waiting: z.number().int(), delivered: z.number().int(), failed: z.number().int() }),
  last: z
    .object({ at: z.string(), status: z.number().int().optional(), failure: z.string().optional() })
    .optional(),
});
export type ForwardRule = z.infer<typeof forwardRule>;

/** waiting: not sent yet, or to be tried again · failed: given up. */
export const forwardState = z.enum(['waiting', 'delivered', 'failed']);
export type ForwardState = z.infer<typeof forwardState>;

export const forwardResult = z.object({
  id: z.number().int(),
  ruleId: z.string(),
  captureId: z.string(),
  dataSourceId: z.string(),
  url: z.string(),
  state: forwardState,
  tries: z.number().int(),
  nextAt: z.string().optional(),
  status: z.number().int().optional(),
  failure: z.string().optional(),
  tookMs: z.number().optional(),
  createdAt: z.string(),
  lastAt: z.string().optional(),
});
export type ForwardResult = z.infer<typeof forwardResult>;

export const forwardResultDetail = forwardResult.extend({
  answer: z.object({ headers: z.array(z.tuple([z.string(), z.string()])), body: exchangeBody }).optional(),
});
export type ForwardResultDetail = z.infer<typeof forwardResultDetail>;
