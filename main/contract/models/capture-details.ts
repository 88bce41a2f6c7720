// One call in depth: what it led to, when, and what was answered; and how two payloads differ.
import { z } from 'zod';
import { captureSummary } from './capture.ts';
import { valueType } from './json.ts';
import { runState } from './module.ts';

export const copyForm = z.enum(['curl', 'fetch', 'python', 'httpie', 'raw']);
export type CopyForm = z.infer<typeof copyForm>;

export const captureRelated = z.object({
  timeline: z.object({
    receivedAt: z.string(),
    /** From the first byte of the request. Absent in calls of older versions, and where nothing was answered. */
    storedInMs: z.number().optional(),
    answeredInMs: z.number().optional(),
    /** How long the application waits. */
    limitMs: z.number().optional(),
  }),
  /** Absent in calls of older versions, and where there was nothing to answer. The body is cut at nothing: it is small. */
  answer: z
    .object({
      status: z.number().int(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.string(),
    })
    .optional(),
  /** Under the live mapping; at most 50, as everything below. */
  items: z.array(
    z.object({
      id: z.string(),
      externalId: z.string(),
      title: z.string(),
      version: z.number().int(),
      changed: z.array(z.string()),
    }),
  ),
  /** Calls with the same delivery id. */
  duplicates: z.array(captureSummary),
  /** Calls that made or changed the same items. */
  sameItems: z.array(captureSummary),
  replays: z.array(captureSummary),
  runs: z.array(
    z.object({
      id: z.string(),
      moduleId: z.string(),
      moduleName: z.string(),
      state: runState,
      startedAt: z.string(),
      tookMs: z.number().optional(),
    }),
  ),
});
export type CaptureRelated = z.infer<typeof captureRelated>;

/** What is compared: the body of a call with its headers, or one version of an item. */
export const comparedSide = z.union([
  z.object({ captureId: z.string() }),
  z.object({ itemId: z.string(), version: z.number().int() }),
]);
export type ComparedSide = z.infer<typeof comparedSide>;

export const differenceKind = z.enum(['same', 'added', 'removed', 'changed', 'ignored']);
export type DifferenceKind = z.infer<typeof differenceKind>;

/**
 * One row of a comparison, in the order of the left side. Objects and lists with a difference inside have a row that opens and one that
 * closes them; what is the same is one row, however large.
 */
export const differenceRow = z.object({
  kind: differenceKind,
  depth: z.number().int(),
  /** Key or index; absent for the root, and for rows that close. */
  key: z.string().optional(),
  /** JSONPath of the value. */
  path: z.string(),
  part: z.enum(['value', 'open', 'close']),
  type: valueType.optional(),
  /** Of an object or a list that is the same on both sides no more than its brackets. */
  left: z.string().optional(),
  right: z.string().optional(),
  /** Values inside of a row that stands for a whole object or list. */
  size: z.number().int().optional(),
});
export type DifferenceRow = z.infer<typeof differenceRow>;

export const comparison = z.object({
  rows: z.array(differenceRow),
  /** Differences that count; those under ignored paths do not. */
  differences: z.number().int(),
  ignored: z.number().int(),
  /** More rows would follow. */
  cut: z.boolean(),
  headers: z.array(
    z.object({
      kind: differenceKind,
      name: z.string(),
      left: z.string().optional(),
      right: z.string().optional(),
    }),
  ),
  headerDifferences: z.number().int(),
});
export type Comparison = z.infer<typeof comparison>;
