// Items: the records of a data source, unique by (data source, external id), with every version kept.
import { z } from 'zod';
import { jsonValue } from './json.ts';

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

export const itemVersion = z.object({
  version: z.number().int().positive(),
  at: z.string(),
  captureId: z.string(),
  title: z.string(),
  fields: z.record(z.string(), jsonValue),
  /** Names of the fields (and `title`) that differ from the version before. */
  changed: z.array(z.string()),
});
export type ItemVersion = z.infer<typeof itemVersion>;
