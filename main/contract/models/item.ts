// Items: the records of a data source, unique by (data source, external id), with every version kept.
import { z } from 'zod';
import { jsonValue } from './json.ts';
import { fieldType } from './mapping.ts';

export const item = z.object({
  id: z.string(),
  dataSourceId: z.string(),
  externalId: z.string(),
  title: z.string(),
  /** Typed values by field name. A number that a double cannot hold is given as text, digit for digit. */
  fields: z.record(z.string(), jsonValue),
  version: z.number().int().positive(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Item = z.infer<typeof item>;

/** What is typed in for an item of a manual source. */
export const itemTitle = z.string().trim().min(1, 'Type a title.').max(1000, 'Use at most 1,000 characters.');
export const itemValues = z.record(z.string(), jsonValue);
export const manualField = z.object({
  // Values under the one name that is left out travel nowhere: the checks of calls drop it.
  name: z
    .string()
    .trim()
    .min(1, 'Type a name.')
    .max(120)
    .refine((name) => name !== '__proto__', 'Choose another name.'),
  type: fieldType,
});

/** call: received · upload: a file · hand: typed in · answer: what an action took from the answer of a delivery. */
export const changedBy = z.enum(['call', 'upload', 'hand', 'answer']);
export type ChangedBy = z.infer<typeof changedBy>;

export const itemVersion = z.object({
  version: z.number().int().positive(),
  at: z.string(),
  captureId: z.string(),
  by: changedBy,
  /** Where an answer changed it. */
  deliveryId: z.string().optional(),
  title: z.string(),
  fields: z.record(z.string(), jsonValue),
  /** Names of the fields (and `title`) that differ from the version before. */
  changed: z.array(z.string()),
});
export type ItemVersion = z.infer<typeof itemVersion>;

/** What a list of items can be ordered and filtered by: a column of every item, or `fields.` and the name of a field. */
export const itemColumn = z
  .string()
  .max(300)
  .refine(
    (column) =>
      ['id', 'title', 'createdAt', 'updatedAt', 'version'].includes(column) ||
      (column.startsWith('fields.') && column.length > 'fields.'.length),
    'A column is id, title, createdAt, updatedAt, version, or "fields." with the name of a field.',
  );

export const itemSort = z.object({ column: itemColumn, direction: z.enum(['ascending', 'descending']) });
export type ItemSort = z.infer<typeof itemSort>;

/**
 * equals: the same text, number (by its digits) or moment · contains: without regard to letter case · empty: no value ·
 * greater, less: by the field's type. All but `empty` need a value.
 */
export const itemFilter = z
  .object({
    column: itemColumn,
    is: z.enum(['equals', 'contains', 'empty', 'notEmpty', 'greater', 'less']),
    value: z.string().max(1_000).optional(),
  })
  .refine(
    ({ is, value }) => is === 'empty' || is === 'notEmpty' || value !== undefined,
    'This filter needs a value.',
  );
export type ItemFilter = z.infer<typeof itemFilter>;

/** Which items: those that hold every word (or its beginning) and pass every filter. */
export const itemChoice = {
  search: z.string().max(500).optional(),
  filters: z.array(itemFilter).max(20).optional(),
};

export const itemField = z.object({ name: z.string(), type: fieldType });
export type ItemField = z.infer<typeof itemField>;

export const exportFormat = z.enum(['csv', 'ndjson', 'json']);
export type ExportFormat = z.infer<typeof exportFormat>;
