// The one change that a stored MANUAL capture may get: that its removal was taken back.
import { manualEvents, manualMethod } from '../captures/manual-captures.ts';
import type { Database } from '../store/database.ts';

export function createManualTable(database: Database) {
  const undo = database.prepare<[string, string, string, string], never>(
    'UPDATE captures SET event_type = ? WHERE id = ? AND method = ? AND event_type = ?',
  );
  return {
    /** False where this is no removal (any more). */
    undoRemoval: (captureId: string): boolean =>
      undo.run(manualEvents.removalUndone, captureId, manualMethod, manualEvents.removed).changes > 0,
  };
}

export type ManualTable = ReturnType<typeof createManualTable>;
