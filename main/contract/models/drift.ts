// Drift: what the newest calls yield at a mapped path differs from what its earlier calls taught.
import { z } from 'zod';
import { valueType } from './json.ts';

/** vanished: no value any more · rare: a value in few calls only · changedType: values of another type. */
export const driftKind = z.enum(['vanished', 'rare', 'changedType']);
export type DriftKind = z.infer<typeof driftKind>;

export const drift = z.object({
  /** `id`, `title` or `fields.0`, … as in the mapping. */
  row: z.string(),
  /** `id`, `title` or the name of the field. */
  name: z.string(),
  path: z.string(),
  /** Absent where the calls have none. */
  eventType: z.string().optional(),
  kind: driftKind,
  /** The type that nearly all earlier values had. */
  typeBefore: valueType.optional(),
  typeNow: valueType.optional(),
  /** Of the earlier calls of this event type, and of the newest 20, how many had a value. */
  before: z.object({ calls: z.number().int(), present: z.number().int() }),
  recent: z.object({ calls: z.number().int(), present: z.number().int() }),
  since: z.string(),
  /** A call that shows it. */
  captureId: z.string(),
});
export type Drift = z.infer<typeof drift>;
