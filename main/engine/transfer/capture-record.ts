// A capture as it stands in a file: what was received, byte for byte, and what became of it. The same shape in NDJSON, JSON and, beside the
// standard's own fields, in HAR. Pure.
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import type { BodyFormat, Outcome } from '#contract';
// Not by way of the whole contract: the thread that reads a file begins sooner without the other schemas.
import { bodyFormat, outcome, rejection } from '../../contract/models/capture.ts';
import type { CaptureRow } from '../captures/captures-table.ts';

/** What a reader of the file looks for first. */
export const recordKind = 'hookbench.capture';
export const recordVersion = 1;

const maxHeaders = 1_000;

export const captureRecord = z.object({
  kind: z.literal(recordKind),
  version: z.literal(recordVersion),
  id: z.string().min(1).max(100),
  source: z.object({ name: z.string().min(1).max(120), applicationId: z.string().max(100).optional() }),
  receivedAt: z.iso.datetime(),
  method: z.string().regex(/^[A-Z]{1,20}$/, 'A method has capital letters only.'),
  path: z.string().max(20_000),
  /** Without `?`. */
  query: z.string().max(100_000),
  headers: z.array(z.tuple([z.string().max(1_000), z.string().max(100_000)])).max(maxHeaders),
  contentType: z.string().max(1_000).optional(),
  format: bodyFormat,
  outcome,
  status: z.number().int().min(100).max(599),
  answeredInMs: z.number().nonnegative().optional(),
  eventType: z.string().max(1_000).optional(),
  deliveryId: z.string().max(1_000).optional(),
  rejection: rejection.optional(),
  notes: z.array(z.string().max(10_000)).max(100),
  /** The body, where it is UTF-8; else `base64`. Neither: there was none, or it was not kept. */
  text: z.string().optional(),
  base64: z.string().optional(),
  /** True where values were masked: the body then is not byte for byte what came, and is not compressed any more. */
  masked: z.boolean(),
});
export type CaptureRecord = z.infer<typeof captureRecord>;

export function recordOf(row: CaptureRow, source: CaptureRecord['source'], body: Uint8Array): CaptureRecord {
  return {
    kind: recordKind,
    version: recordVersion,
    id: row.id,
    source,
    receivedAt: new Date(row.received_at).toISOString(),
    method: row.method,
    path: row.path,
    query: row.query,
    headers: JSON.parse(row.headers) as [string, string][],
    ...(row.content_type === null ? {} : { contentType: row.content_type }),
    format: row.format as BodyFormat,
    outcome: row.outcome as Outcome,
    status: row.status,
    ...(row.answered_us === null ? {} : { answeredInMs: row.answered_us / 1000 }),
    ...(row.event_type === null ? {} : { eventType: row.event_type }),
    ...(row.delivery_id === null ? {} : { deliveryId: row.delivery_id }),
    ...(row.rejection === null ? {} : { rejection: rejection.parse(JSON.parse(row.rejection)) }),
    notes: JSON.parse(row.notes) as string[],
    ...bodyOf(body),
    masked: false,
  };
}

function bodyOf(bytes: Uint8Array): Pick<CaptureRecord, 'text' | 'base64'> {
  if (bytes.length === 0) return {};
  // A byte-order mark is dropped by a decoder, so such a body goes as base64.
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isUtf8(bytes) && !hasMark
    ? { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') }
    : { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64') };
}

/** The bytes of a record's body. */
export function bytesOf({ text, base64 }: Pick<CaptureRecord, 'text' | 'base64'>): Buffer {
  return text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
}
