// Removes a deleted data source for good, a few milliseconds at a time. Every slice can be repeated, so a restart goes on
// where it was. Indexing ends first, because its mapping goes first.
import type { RecordAudit } from '../audit/audit.ts';
import type { GiveWay } from '../give-way.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { type Database, transact, transactRepeatable, transactUnreferenced } from '../store/database.ts';
import { inSteps } from './in-steps.ts';
import type { RemovalTable } from './removal-table.ts';

const sliceMs = 4;
const sliceBytes = 1024 * 1024;
const rowsAtOnce = 200;
/** The items of all revisions go. */
const afterAllRevisions = Number.MAX_SAFE_INTEGER;

export function createSourceRemoval(deps: {
  database: Database;
  table: RemovalTable;
  itemsTable: ItemsTable;
  recordAudit: RecordAudit;
  giveWay: GiveWay;
}) {
  const { database, table, itemsTable, recordAudit, giveWay } = deps;

  function deleteCalls(dataSourceId: string): boolean {
    return transactRepeatable(database, () => {
      const start = performance.now();
      const calls = table.calls(dataSourceId);
      let bytes = 0;
      for (const { sequence, body_bytes } of calls) {
        if (performance.now() - start > sliceMs || bytes > sliceBytes) break;
        table.dropCall(sequence);
        bytes += body_bytes;
      }
      return calls.length > 0;
    });
  }

  async function emptyDependents(dataSourceId: string, which: (table: string) => boolean): Promise<void> {
    for (const dependent of table.dependents) {
      if (!which(dependent.table)) continue;
      await inSteps((rows) => transact(database, () => dependent.deleteSome(dataSourceId, rows)), giveWay);
    }
  }

  return async function removeSource(dataSourceId: string): Promise<void> {
    await emptyDependents(dataSourceId, (name) => name === 'mapping_revisions');
    while (
      transactRepeatable(database, () => itemsTable.dropEarlier(dataSourceId, afterAllRevisions, rowsAtOnce))
    ) {
      await giveWay();
    }
    while (deleteCalls(dataSourceId)) await giveWay();
    await emptyDependents(dataSourceId, () => true);
    transactUnreferenced(database, () => {
      recordAudit({ dataSourceId, action: 'removed', via: 'engine' });
      table.dropSource(dataSourceId);
    });
  };
}

export type SourceRemoval = ReturnType<typeof createSourceRemoval>;
