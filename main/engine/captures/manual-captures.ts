// What a capture of method MANUAL does: items that are typed in by hand are kept as captures too, so that their history and every
// re-index come from the same stored bytes.
import type { CaptureRow } from './captures-table.ts';

export const manualMethod = 'MANUAL';

/** added, edited: its element is written · removed: the item of its id goes · removalUndone: nothing, since it was taken back. */
export const manualEvents = {
  added: 'item.added',
  edited: 'item.edited',
  removed: 'item.removed',
  removalUndone: 'item.removal-undone',
} as const;

export type CaptureEffect = 'write' | 'remove' | 'nothing';

export function effectOf(capture: Pick<CaptureRow, 'method' | 'event_type'>): CaptureEffect {
  if (capture.method !== manualMethod) return 'write';
  if (capture.event_type === manualEvents.removed) return 'remove';
  return capture.event_type === manualEvents.removalUndone ? 'nothing' : 'write';
}
