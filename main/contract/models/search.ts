// A search for captures that is kept under a name, and the tags that are in use.
import { z } from 'zod';

export const savedSearch = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  /** Absent: for the captures of all sources. */
  dataSourceId: z.string().optional(),
  savedAt: z.string(),
});
export type SavedSearch = z.infer<typeof savedSearch>;

export const tagInUse = z.object({ tag: z.string(), calls: z.number().int() });
export type TagInUse = z.infer<typeof tagInUse>;
