// A capture: one received HTTP request, kept byte for byte, with its outcome.
import { z } from 'zod';
import { payloadNode } from './json.ts';
import { callVerification, foundInCall } from './verification.ts';

export const outcome = z.enum(['accepted', 'rejected', 'handshake', 'duplicate']);
export type Outcome = z.infer<typeof outcome>;

export const bodyFormat = z.enum(['json', 'xml', 'form', 'multipart', 'ndjson', 'text', 'empty']);
export type BodyFormat = z.infer<typeof bodyFormat>;

/** Where in the body a fault stands: line and column from 1, offset in bytes or characters from 0, index of an element. */
export const faultPlace = z.object({
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  offset: z.number().int().optional(),
  index: z.number().int().optional(),
});
export type FaultPlace = z.infer<typeof faultPlace>;

export const rejection = z.object({ code: z.string(), message: z.string(), at: faultPlace.optional() });
export type Rejection = z.infer<typeof rejection>;

/** none: nothing to index (rejected, handshake) · waiting: kept until a mapping is saved · indexed · needsAttention: an element without an id. */
export const indexState = z.enum(['none', 'waiting', 'indexed', 'needsAttention']);
export type IndexState = z.infer<typeof indexState>;

/** call: from outside · replay: a capture that was sent again · sample: fired from the library · simulation: made by the simulator · import: taken in from a file of calls. */
export const captureOrigin = z.enum(['call', 'replay', 'sample', 'simulation', 'import']);
export type CaptureOrigin = z.infer<typeof captureOrigin>;

export const captureSummary = z.object({
  id: z.string(),
  dataSourceId: z.string(),
  connectionId: z.string(),
  /** Order of arrival over all sources. */
  sequence: z.number().int(),
  receivedAt: z.string(),
  method: z.string(),
  path: z.string(),
  contentType: z.string().optional(),
  format: bodyFormat,
  /** Bytes as received. */
  size: z.number().int().nonnegative(),
  outcome,
  status: z.number().int(),
  /** From the first byte of the request to the end of the answer. */
  answeredInMs: z.number().optional(),
  eventType: z.string().optional(),
  origin: captureOrigin,
  /** The capture that was sent again. It may have been deleted since. */
  replayOf: z.string().optional(),
  /** False for replays that no module shall run for. */
  runsModules: z.boolean(),
  itemCount: z.number().int(),
  indexState,
  rejection: rejection.optional(),
  /** Absent where nothing was to be verified (handshakes, bodies that were not read) and in calls of older versions. */
  verification: callVerification.optional(),
  /** What a handshake asks the user to do. */
  found: foundInCall.optional(),
  /** Marks of the user. */
  pinned: z.boolean().optional(),
  note: z.string().optional(),
  tags: z.array(z.string()).optional(),
});
export type CaptureSummary = z.infer<typeof captureSummary>;

/** A call of which elements have no id under the saved mapping. */
export const captureNeedingAttention = captureSummary.extend({
  elements: z.number().int(),
  /** How many of them have no id. */
  lacking: z.number().int(),
  /** Why, for the first 20 of them; `element` from 0. */
  reasons: z.array(z.object({ element: z.number().int(), reason: z.string() })),
});
export type CaptureNeedingAttention = z.infer<typeof captureNeedingAttention>;

export const capture = captureSummary.extend({
  headers: z.array(z.tuple([z.string(), z.string()])),
  query: z.string(),
  /** What a reader should know: sniffed content type, duplicate keys, charset, exact numbers. */
  notes: z.array(z.string()),
});
export type Capture = z.infer<typeof capture>;

/** What the viewer shows. Texts are capped; `cut` says that more is in the stored body. */
export const captureView = z.object({
  raw: z.object({ text: z.string(), cut: z.boolean() }),
  pretty: z.object({ text: z.string(), cut: z.boolean() }),
  /** The root of the tree; absent where the body is not readable as a value. */
  root: payloadNode.optional(),
});
export type CaptureView = z.infer<typeof captureView>;
