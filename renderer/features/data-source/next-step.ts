// What a data source needs next from its builder. Pure.
import type { DataSource } from '#contract';

export type NextStep = 'firstCall' | 'mapping' | 'attention' | 'rejected';

/** Undefined where all is well. What keeps data from becoming items comes first. */
export function nextStepOf({
  counts,
  hasMapping,
}: Pick<DataSource, 'counts' | 'hasMapping'>): NextStep | undefined {
  const accepted = counts.captures - counts.rejected - counts.handshakes;
  if (accepted <= 0) return counts.rejected > 0 ? 'rejected' : 'firstCall';
  if (!hasMapping) return 'mapping';
  if (counts.needsAttention > 0) return 'attention';
  return undefined;
}
