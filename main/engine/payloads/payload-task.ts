// What is asked of a payload, as messages that may cross to the worker. Types only.
import type { BodyFormat, Mapping, ProblemCode, Rejection } from '#contract';
import type { SurveyOf } from '../mapping/survey-paths.ts';

/** Where a fact of the call (its event type, its delivery id) stands: in a header, or at a path of the body. */
export interface FactPlace {
  header?: string | undefined;
  path?: string | undefined;
}

/** All about a call but its body. */
export interface PayloadFacts {
  /** The capture's id: calls with the same key have the same body. `''` where it must not be remembered. */
  key: string;
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
  headers: [string, string][];
  /** Without `?`. */
  query: string;
  eventType?: string | undefined;
  /** Limit in bytes after decompression; 25 MiB where left out. */
  maxBytes?: number | undefined;
}

/** What of a mapping decides which elements a call has. */
export type Splitting = Pick<Mapping, 'split' | 'unwrap' | 'byEvent'>;
export type UnwrapSteps = Mapping['unwrap'];

export type PayloadTask =
  | {
      kind: 'check';
      splitting?: Splitting | undefined;
      eventType?: FactPlace | undefined;
      deliveryId?: FactPlace | undefined;
    }
  | { kind: 'map'; mapping: Mapping }
  | { kind: 'preview'; mapping: Mapping }
  | { kind: 'cover'; mapping: Mapping }
  | { kind: 'survey'; splitting: Splitting; of: SurveyOf }
  | { kind: 'view'; unwrap?: UnwrapSteps | undefined }
  | { kind: 'children'; path: string; offset: number; limit: number; unwrap?: UnwrapSteps | undefined }
  | { kind: 'find'; text: string; after: number; unwrap?: UnwrapSteps | undefined }
  | { kind: 'value'; path: string }
  | { kind: 'mask'; paths: string[] };

export type CheckResult =
  | {
      ok: true;
      format: BodyFormat;
      /** How many elements the body has (or the split selects). */
      elements: number;
      notes: string[];
      eventType?: string;
      deliveryId?: string;
    }
  | { ok: false; format: BodyFormat; status: 400 | 413 | 415 | 422; rejection: Rejection };

/** To the worker. `body` is left out where the worker still holds the value under this key. */
export type WorkerRequest =
  | { id: number; task: PayloadTask; facts: PayloadFacts; body?: Uint8Array }
  /** The next part of a long result. */
  | { id: number; next: true };

/** From the worker. `json` holds a part of a list, so that no message costs the engine's loop more than a moment. */
export type WorkerReply = {
  id: number /** Keys whose values the worker holds. */;
  held: string[];
} /** The worker has loaded; the time of its first task counts from here. */ & (
  | { kind: 'ready' }
  | { kind: 'result'; result: unknown }
  | { kind: 'part'; json: string; last: boolean }
  | { kind: 'refused'; code: ProblemCode; message: string; path?: string }
  | { kind: 'failed'; message: string }
);
