// What the received calls say about a mapping: candidates, known paths, coverage, and a dry run over the history.
import { z } from 'zod';
import { valueType } from './json.ts';

/** A path that may be the id, the title or the split, best first. `reason` is a sentence for people. */
export const mappingCandidate = z.object({
  path: z.string(),
  reason: z.string(),
  score: z.number().int(),
  example: z.string(),
});
export type MappingCandidate = z.infer<typeof mappingCandidate>;

/** A path that recent calls have. `calls` of the calls that were looked at have it. */
export const knownPath = z.object({
  path: z.string(),
  types: z.array(valueType),
  examples: z.array(z.string()),
  calls: z.number().int(),
});
export type KnownPath = z.infer<typeof knownPath>;

/** A call counts as yielding where every item in it has a usable value. */
const share = z.object({ yielded: z.number().int(), total: z.number().int() });
export const rowCoverage = z.object({
  row: z.string(),
  calls: share,
  items: share,
  byEvent: z.array(share.extend({ eventType: z.string() })),
  types: z.array(z.object({ type: valueType, items: z.number().int() })),
  /** True where values of several types came, null aside. */
  typeChanges: z.boolean(),
});
export type RowCoverage = z.infer<typeof rowCoverage>;

export const repeatedId = z.object({
  externalId: z.string(),
  /** Different calls that carry it. */
  calls: z.number().int(),
  /** True where one call carries it more than once. */
  withinCall: z.boolean(),
});
export type RepeatedId = z.infer<typeof repeatedId>;

export const dryRunCounts = z.object({
  calls: z.number().int(),
  appear: z.number().int(),
  change: z.number().int(),
  vanish: z.number().int(),
  same: z.number().int(),
  /** Items whose calls retention has deleted: no mapping can make them again, so they stay as they are. */
  carriedOver: z.number().int(),
  /** Calls of which at least one element cannot become an item. */
  fail: z.number().int(),
});
export type DryRunCounts = z.infer<typeof dryRunCounts>;

const shownItem = z.object({ externalId: z.string(), title: z.string() });
/** At most 20 of each. */
export const dryRunExamples = z.object({
  appear: z.array(shownItem),
  change: z.array(shownItem.extend({ titleBefore: z.string(), changed: z.array(z.string()) })),
  vanish: z.array(shownItem),
  fail: z.array(z.object({ captureId: z.string(), receivedAt: z.string(), problem: z.string() })),
});
export type DryRunExamples = z.infer<typeof dryRunExamples>;
