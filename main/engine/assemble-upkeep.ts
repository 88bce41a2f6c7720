// Puts together what runs over the stored calls in the background: dry runs, retention, removal of deleted sources.

import type { Log } from '../log/log.ts';
import type { ItemParts } from './assemble-items.ts';
import type { Sources } from './assemble-sources.ts';
import type { RecordAudit } from './audit/audit.ts';
import { createCallCountsTable } from './captures/call-counts-table.ts';
import type { Changes } from './changes.ts';
import type { GiveWay } from './give-way.ts';
import { createDryRun } from './indexing/dry-run.ts';
import type { PayloadReader } from './payloads/payload-reader.ts';
import type { Database } from './store/database.ts';
import { createOverdue } from './upkeep/overdue.ts';
import { createRemovalTable } from './upkeep/removal-table.ts';
import { createSourceRemoval } from './upkeep/remove-source.ts';
import { createRetention } from './upkeep/retention.ts';
import { createRetentionTable } from './upkeep/retention-table.ts';
import { createRetentionSweep } from './upkeep/sweep-retention.ts';
import { createUpkeep, type Upkeep } from './upkeep/upkeep.ts';

export function assembleUpkeep(deps: {
  database: Database;
  changes: Changes;
  log: Log;
  reader: PayloadReader;
  recordAudit: RecordAudit;
  giveWay: GiveWay;
  stopping: AbortController;
  sources: Pick<Sources, 'inbound' | 'dataSources' | 'care'>;
  items: Pick<ItemParts, 'captures' | 'capturesTable' | 'itemsTable' | 'itemAnswers' | 'revisions'>;
  sweepDeliveries(): Promise<unknown>;
}) {
  const { database, changes, log, reader, recordAudit, giveWay, stopping } = deps;
  const { inbound, dataSources, care } = deps.sources;
  const { captures, capturesTable, itemsTable, revisions } = deps.items;
  const counts = createCallCountsTable(database);
  const dryRun = createDryRun({
    captures,
    capturesTable,
    itemsTable,
    answersOf: deps.items.itemAnswers.of,
    revisions,
    reader,
    changes,
    giveWay,
  });
  const retentionTable = createRetentionTable(database);
  const overdue = createOverdue({
    capturesTable,
    retentionTable,
    storedCalls: (id, outcome) => counts.totals(id)[outcome].calls,
    giveWay,
  });
  const retention = createRetention({
    database,
    table: retentionTable,
    counts,
    dataSources,
    overdue,
    recordAudit,
    onChanged: () => upkeep.wake(),
  });
  const upkeep: Upkeep = createUpkeep({
    database,
    dataSources,
    care,
    inbound,
    capturesTable,
    counts,
    retention,
    sweepRetention: createRetentionSweep({
      database,
      capturesTable,
      table: retentionTable,
      retention,
      overdue,
      changes,
      giveWay,
    }),
    sweepDeliveries: deps.sweepDeliveries,
    removeSource: createSourceRemoval({
      database,
      table: createRemovalTable(database),
      itemsTable,
      recordAudit,
      giveWay,
    }),
    giveWay,
    stopping,
    log,
  });

  return { counts, dryRun, retention, upkeep };
}
