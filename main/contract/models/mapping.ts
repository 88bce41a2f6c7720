// How a payload becomes items: the paths of id and title, more fields, and how it is split.
import { z } from 'zod';
import { shownValue } from './json.ts';

export const fieldType = z.enum(['text', 'number', 'date', 'boolean', 'list', 'object']);
export type FieldType = z.infer<typeof fieldType>;

export const mappingField = z.object({ name: z.string(), path: z.string(), type: fieldType });
export type MappingField = z.infer<typeof mappingField>;

/** Paths are dotted as people type them (`data.email`) or JSONPath (`$.data.email`). `split` selects the elements that become items. */
export const mapping = z.object({
  id: z.string(),
  title: z.string(),
  split: z.string().optional(),
  fields: z.array(mappingField).optional(),
});
export type Mapping = z.infer<typeof mapping>;

/** Why a row of the mapping cannot be used or yields nothing. `position` is the offset in the path, from 0. */
export const rowProblem = z.object({
  code: z.enum(['empty', 'syntax', 'nothing', 'notAnId', 'wrongType', 'duplicateName', 'noName']),
  message: z.string(),
  position: z.number().int().nonnegative().optional(),
});
export type RowProblem = z.infer<typeof rowProblem>;

/** One row of the editor with what it yields on the payload. `row` is `id`, `title`, `split` or `fields.0`, `fields.1`, … */
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
