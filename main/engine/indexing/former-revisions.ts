// What is left over when a revision went live or was taken back: the states that it made become those of the calls, and what other revisions
// made goes. Piece by piece, giving way to answers; both can be repeated after a kill.
import type { GiveWay } from '../give-way.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { CaptureStatesTable } from './capture-states-table.ts';
import type { RevisionsTable } from './revisions-table.ts';

const staleRowsAtOnce = 400;
const statesAtOnce = 500;
/** A source with much to drop gives the next source its turn after this time. */
const turnMs = 100;

export function createFormerRevisions(deps: {
  database: Database;
  itemsTable: ItemsTable;
  revisions: RevisionsTable;
  states: CaptureStatesTable;
  giveWay: GiveWay;
}) {
  const { database, itemsTable, revisions, states, giveWay } = deps;

  return {
    /** What the live mapping made of each call while it was not live yet becomes the state of the call. */
    async applyStates(dataSourceId: string): Promise<void> {
      const revision = revisions.liveRevision(dataSourceId);
      for (;;) {
        const waited = transactRepeatable(database, () => {
          const count = states.applySome(dataSourceId, revision, statesAtOnce);
          if (count) revisions.uncountWaiting(dataSourceId, count);
          return count;
        });
        if (waited === undefined) return;
        await giveWay();
      }
    },

    /** What mappings that are not live any more have made goes; true where some is left. */
    async drop(dataSourceId: string): Promise<boolean> {
      const kept = revisions.liveRevision(dataSourceId);
      const dropSome = () => {
        const hadStates = states.dropOtherRevisions(dataSourceId, kept, statesAtOnce);
        const hadItems =
          itemsTable.dropEarlier(dataSourceId, kept, staleRowsAtOnce) ||
          itemsTable.dropLater(dataSourceId, kept, staleRowsAtOnce);
        return hadItems || hadStates;
      };
      for (const turnEnd = performance.now() + turnMs; performance.now() < turnEnd; ) {
        if (!transactRepeatable(database, dropSome)) return false;
        await giveWay();
      }
      return true;
    },
  };
}
