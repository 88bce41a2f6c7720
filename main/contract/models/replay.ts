// Sending a capture again: where to, how, and what came of it. A replay is a new capture or attempt; nothing that was received is changed.
import { z } from 'zod';
import { captureOrigin, outcome } from './capture.ts';
import { comparison } from './capture-details.ts';
import { exchangeBody } from './exchange.ts';
import { sentHeaderName, sentHeaderValue } from './header.ts';

/** An http or https address as people type it; checked in words by the engine. */
const address = z.string().trim().min(1, 'Type a URL.').max(4000);

/** mapping: the stored bytes are indexed again as a new capture · receiver: sent to the webhook URL over a socket, verified and all · url: sent anywhere. */
export const replayTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mapping') }),
  z.object({ kind: z.literal('receiver') }),
  z.object({
    kind: z.literal('url'),
    url: address,
    /** The Host header as it was received, instead of that of the URL. */
    keepHost: z.boolean().optional(),
  }),
]);
export type ReplayTarget = z.infer<typeof replayTarget>;

/** Which captures: those named, or all that fit. */
export const captureFilter = z.object({
  dataSourceId: z.string().max(100).optional(),
  outcome: outcome.optional(),
  eventType: z.string().max(1000).optional(),
  method: z.string().max(40).optional(),
  /** Received at or after, before. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  origin: captureOrigin.optional(),
  /** In the language of the search field. */
  query: z.string().max(4000).optional(),
});
export type CaptureFilter = z.infer<typeof captureFilter>;

export const mostReplayed = 100_000;

export const replaySelection = z.union([
  z.object({ ids: z.array(z.string().max(100)).min(1, 'Choose at least one call.').max(mostReplayed) }),
  z.object({ filter: captureFilter }),
]);
export type ReplaySelection = z.infer<typeof replaySelection>;

export const replayOrder = z.enum(['received', 'reversed', 'shuffled']);
export type ReplayOrder = z.infer<typeof replayOrder>;

export const replayOptions = z.object({
  /** again: with the secret that is set and the present time, where one is set. Without it: as received. */
  signing: z.enum(['asReceived', 'again']).optional(),
  /** same: a repeat of the same delivery, as a duplicate. Without it a fresh one, where the application has delivery ids. */
  deliveryIds: z.enum(['same', 'fresh']).optional(),
  order: replayOrder.optional(),
  /** How often each call is sent. */
  repeat: z.number().int().min(1).max(10_000).optional(),
  /** Calls a second; without it one after the other as they are answered. */
  ratePerSecond: z.number().min(0.01).max(1000).optional(),
  /** All at once, without waiting for answers. */
  burst: z.boolean().optional(),
  /** Modules run for the new captures. Without it they do not. */
  runsModules: z.boolean().optional(),
});
export type ReplayOptions = z.infer<typeof replayOptions>;

/** What is sent instead. Without a part it goes as received. */
export const callEdit = z.object({
  method: z
    .string()
    .trim()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/, 'Type a method, such as POST.')
    .optional(),
  /** Without `?`. */
  query: z
    .string()
    .max(20_000)
    .regex(/^[^\s#]*$/, 'A query has no spaces; write %20.')
    .optional(),
  /** All headers, in order. Without `value` that of the received header with this index, which may be a secret. */
  headers: z
    .array(
      z.object({
        name: sentHeaderName,
        value: sentHeaderValue.max(20_000).optional(),
        received: z.number().int().min(0).optional(),
      }),
    )
    .max(200)
    .optional(),
  body: z.union([z.object({ text: z.string() }), z.object({ base64: z.base64() })]).optional(),
});
export type CallEdit = z.infer<typeof callEdit>;

/** One edit for any number of calls. */
export const callChanges = z.object({
  /** In the place of received ones of the same name. Without a value they are left out. */
  headers: z
    .array(
      z.object({
        name: sentHeaderName,
        value: sentHeaderValue.max(20_000).optional(),
      }),
    )
    .max(50)
    .optional(),
  /** In JSON bodies: the value at this place, as JSON or as plain text; added where it is not there. Without a value it is taken away. */
  values: z
    .array(z.object({ path: z.string().max(1000), value: z.string().max(100_000).optional() }))
    .max(50)
    .optional(),
});
export type CallChanges = z.infer<typeof callChanges>;

/** A call as it can be edited. Secrets in it are concealed; a concealed part stays what it is when it is not given back. */
export const callDraft = z.object({
  captureId: z.string(),
  dataSourceId: z.string(),
  connectionId: z.string(),
  method: z.string(),
  query: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string(), concealed: z.boolean() })),
  /** Absent where it is not text (or too large to edit); then it goes as received. */
  bodyText: z.string().optional(),
  /** Why the body cannot be edited. */
  bodyFixed: z.string().optional(),
  size: z.number().int(),
  language: z.enum(['json', 'xml', 'text']),
  /** A secret is set and the kind of signature can be made. */
  canSign: z.boolean(),
  hasDeliveryId: z.boolean(),
});
export type CallDraft = z.infer<typeof callDraft>;

/** stopped: by the user, or by the end of the program; `note` says which. */
export const replayState = z.enum(['running', 'done', 'stopped']);
export type ReplayState = z.infer<typeof replayState>;

/** retries: one simulated event on the retry schedule of its application. */
export const replayKind = z.enum(['replay', 'sample', 'simulation', 'retries']);
export type ReplayKind = z.infer<typeof replayKind>;

export const replayJob = z.object({
  id: z.string(),
  kind: replayKind,
  /** What is sent, in a few words. */
  title: z.string(),
  state: replayState,
  target: replayTarget,
  options: replayOptions,
  total: z.number().int(),
  done: z.number().int(),
  /** Without an answer, or with one that is no 2xx. */
  failed: z.number().int(),
  /** With another answer than the original one. */
  different: z.number().int(),
  note: z.string().optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
});
export type ReplayJob = z.infer<typeof replayJob>;

/** sending: no answer yet · unknown: it may have arrived, the program ended before the answer came · skipped: not sent, `failure` says why. */
export const attemptState = z.enum(['sending', 'answered', 'failed', 'unknown', 'skipped']);
export type AttemptState = z.infer<typeof attemptState>;

/**
 * status and outcome have both values. headers counts those that differ, without those that always do; body tells that it differs: JSON by
 * its values, whatever the order of its keys. `replays.compare` has them in full.
 */
export const answerDifference = z.object({
  what: z.enum(['status', 'outcome', 'headers', 'body']),
  before: z.string().optional(),
  now: z.string().optional(),
  count: z.number().int().optional(),
});
export type AnswerDifference = z.infer<typeof answerDifference>;

/** What the original call met. */
export const originalAnswer = z.object({
  status: z.number().int(),
  outcome,
  answeredInMs: z.number().optional(),
  items: z.number().int(),
});
export type OriginalAnswer = z.infer<typeof originalAnswer>;

export const replayAttempt = z.object({
  jobId: z.string(),
  number: z.number().int(),
  /** From 1. */
  round: z.number().int(),
  /** The capture that was sent again. */
  captureId: z.string().optional(),
  dataSourceId: z.string().optional(),
  /** Its event type or what else names it. */
  label: z.string(),
  state: attemptState,
  sentAt: z.string(),
  tookMs: z.number().optional(),
  method: z.string().optional(),
  /** Signed again with the secret that is set. */
  signed: z.boolean(),
  status: z.number().int().optional(),
  failure: z.string().optional(),
  newCaptureId: z.string().optional(),
  original: originalAnswer.optional(),
  differences: z.array(answerDifference),
  /** Of a retry schedule: how long after the first try the application would send this one. */
  dueMs: z.number().optional(),
});
export type ReplayAttempt = z.infer<typeof replayAttempt>;

const headers = z.array(z.tuple([z.string(), z.string()]));

export const replayAttemptDetail = replayAttempt.extend({
  url: z.string().optional(),
  /** As sent, secrets concealed. */
  sentHeaders: headers,
  answer: z.object({ headers, body: exchangeBody }).optional(),
});
export type ReplayAttemptDetail = z.infer<typeof replayAttemptDetail>;

/** The answer of one attempt beside the original one, or beside that of another attempt. */
export const answerComparison = z.object({
  /** Absent where one of the two was not kept, or never came. Left is the original or the other one. */
  comparison: comparison.optional(),
  /** Names of headers that always differ: they do not count. */
  leftOut: z.array(z.string()),
  /** Of a longer body its first 64 KiB were compared. */
  isPart: z.boolean(),
});
export type AnswerComparison = z.infer<typeof answerComparison>;
