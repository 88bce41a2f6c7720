// How a payload becomes items: what is unwrapped, how it is split, the paths of id and title, more fields.
import { z } from 'zod';
import { shownValue } from './json.ts';

export const fieldType = z.enum(['text', 'number', 'date', 'boolean', 'list', 'object']);
export type FieldType = z.infer<typeof fieldType>;

/** Further paths, tried in order where the one before yields no value. */
const morePaths = z.array(z.string()).max(10).optional();

export const mappingField = z.object({
  name: z.string(),
  path: z.string(),
  type: fieldType,
  fallbacks: morePaths,
  /** Of this field alone, where it differs from the mapping's `absentKeeps`. */
  absentKeeps: z.boolean().optional(),
});
export type MappingField = z.infer<typeof mappingField>;

export const unwrapAs = z.enum(['json', 'base64', 'base64Json']);
export type UnwrapAs = z.infer<typeof unwrapAs>;

/** A text inside the payload is replaced by what it holds, before anything else reads it. Steps run in order. */
export const unwrapStep = z.object({ path: z.string(), as: unwrapAs });
export type UnwrapStep = z.infer<typeof unwrapStep>;

/** Paths that hold for calls of one event type; each replaces the general row with its fallbacks and parts. */
export const eventMapping = z.object({
  id: z.string().optional(),
  title: z.string().optional(),
  split: z.string().optional(),
});
export type EventMapping = z.infer<typeof eventMapping>;

/** Paths are dotted as people type them (`data.email`) or JSONPath (`$.data.email`). `split` selects the elements that become items. */
export const mapping = z.object({
  id: z.string(),
  title: z.string(),
  split: z.string().optional(),
  fields: z.array(mappingField).optional(),
  idFallbacks: morePaths,
  /** Values that are joined behind the id's own, all of them needed: a composite id. */
  idParts: morePaths,
  /** Between the parts of a composite id; `:` where left out. */
  idSeparator: z.string().max(20).optional(),
  titleFallbacks: morePaths,
  unwrap: z.array(unwrapStep).max(20).optional(),
  /** When the sender changed the item. A call that carries an older time than the item has does not change it. */
  updatedAt: z.string().optional(),
  /** Whether what a call leaves out keeps its value (the default), or goes. */
  absentKeeps: z.boolean().optional(),
  /** By event type of the call. */
  byEvent: z.record(z.string().max(200), eventMapping).optional(),
});
export type Mapping = z.infer<typeof mapping>;

/** Why a row of the mapping cannot be used or yields nothing. `position` is the offset in the path, from 0. */
export const rowProblem = z.object({
  code: z.enum(['empty', 'syntax', 'nothing', 'notAnId', 'wrongType', 'duplicateName', 'noName', 'wrapped']),
  message: z.string(),
  position: z.number().int().nonnegative().optional(),
});
export type RowProblem = z.infer<typeof rowProblem>;

/**
 * One row of the editor with what it yields on the payload. `row` is named as in the mapping: `id`, `title`, `split`,
 * `idFallbacks.0`, `idParts.0`, `titleFallbacks.0`, `updatedAt`, `unwrap.0`, `fields.0`, `fields.0.fallbacks.1`, `byEvent.<event type>.id`.
 */
export const mappingRow = z.object({
  row: z.string(),
  value: shownValue.optional(),
  problem: rowProblem.optional(),
});
export type MappingRow = z.infer<typeof mappingRow>;

/** An item as the mapping would make it. `problem` says why it cannot become one. */
export const previewItem = z.object({
  externalId: z.string().optional(),
  title: z.string().optional(),
  fields: z.record(z.string(), shownValue),
  problem: z.string().optional(),
});
export type PreviewItem = z.infer<typeof previewItem>;
