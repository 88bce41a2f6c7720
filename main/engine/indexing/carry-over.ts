// Items whose calls were deleted by retention cannot be made again by a new mapping: they keep the values that they have.
// Done before the new mapping goes live, a few items at a time; what was copied already is there and is left as it is.
import type { GiveWay } from '../give-way.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

const itemsAtOnce = 100;

export function createCarryOver(deps: {
  database: Database;
  itemsTable: ItemsTable;
  revisions: RevisionsTable;
  giveWay: GiveWay;
}) {
  const { database, itemsTable, revisions, giveWay } = deps;

  /** `isSuperseded` ends it when yet another mapping was saved. */
  return async function carryOver(revision: RevisionRow, isSuperseded: () => boolean): Promise<void> {
    const { data_source_id: dataSourceId } = revision;
    const live = revisions.liveRevision(dataSourceId);
    if (live === 0 || !revisions.hasForgotten(dataSourceId)) return;
    let after: string | undefined = '';
    while (after !== undefined && !isSuperseded()) {
      const from: string = after;
      after = transactRepeatable(database, () => {
        const { copied, next } = itemsTable.copyOrphans(
          dataSourceId,
          live,
          revision.revision,
          from,
          itemsAtOnce,
        );
        const cursor = { sequence: revision.indexed_sequence, elements: revision.indexed_elements };
        if (copied > 0) revisions.advance(revision, { ...cursor, newItems: copied, newAttention: 0 });
        return next;
      });
      await giveWay();
    }
  };
}

export type CarryOver = ReturnType<typeof createCarryOver>;
