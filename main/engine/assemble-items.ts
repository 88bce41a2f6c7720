// Puts together what turns captures into items: captures, mappings, indexing, drift.

import type { Log } from '../log/log.ts';
import type { RecordAudit } from './audit/audit.ts';
import { createAttentionTable } from './captures/attention-table.ts';
import { createCaptureMarksTable } from './captures/capture-marks-table.ts';
import { createCaptures } from './captures/captures.ts';
import { createCapturesTable } from './captures/captures-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Changes } from './changes.ts';
import type { DataSources } from './data-sources/data-sources.ts';
import { createCaptureStatesTable } from './indexing/capture-states-table.ts';
import { createDriftTable } from './indexing/drift-table.ts';
import { createDriftWatch } from './indexing/drift-watch.ts';
import type { ItemWatch } from './indexing/index-writer.ts';
import { createIndexer } from './indexing/indexer.ts';
import { createMappings } from './indexing/mappings.ts';
import { createRecentCalls } from './indexing/recent-calls.ts';
import { createRevisionsTable } from './indexing/revisions-table.ts';
import { createItemAnswersTable } from './items/item-answers-table.ts';
import { createItems } from './items/items.ts';
import { createItemsTable } from './items/items-table.ts';
import type { PayloadReader } from './payloads/payload-reader.ts';
import type { ConnectionSecrets } from './secrets/connection-secrets.ts';
import type { Database } from './store/database.ts';

export function assembleItems(deps: {
  database: Database;
  catalog: Catalog;
  changes: Changes;
  log: Log;
  reader: PayloadReader;
  dataSources: DataSources;
  conceal: ConnectionSecrets['conceal'];
  recordAudit: RecordAudit;
  answersUnderWay(): boolean;
  watch: ItemWatch;
}) {
  const { database, catalog, changes, log, reader, dataSources, conceal, recordAudit, answersUnderWay } =
    deps;
  const capturesTable = createCapturesTable(database);
  const attention = createAttentionTable(database);
  const captureMarksTable = createCaptureMarksTable(database);
  const captures = createCaptures({
    table: capturesTable,
    attention,
    reader,
    conceal,
    marks: captureMarksTable,
  });
  const itemsTable = createItemsTable(database);
  const itemAnswers = createItemAnswersTable(database);
  const items = createItems(itemsTable, itemAnswers.of);
  const revisions = createRevisionsTable(database);
  const drift = createDriftWatch({
    database,
    table: createDriftTable(database),
    revisions,
    tell(id) {
      changes.tell('dataSources.drifted', { id });
      changes.tell('dataSources.changed', { id });
    },
  });
  const indexer = createIndexer({
    database,
    captures,
    capturesTable,
    attention,
    drift,
    items,
    itemsTable,
    revisions,
    states: createCaptureStatesTable(database),
    reader,
    changes,
    log,
    answersUnderWay,
    watch: deps.watch,
  });
  const recentCalls = createRecentCalls({ captures, capturesTable, reader });
  const mappings = createMappings({
    dataSources,
    catalog,
    captures,
    reader,
    revisions,
    indexer,
    capturesTable,
    itemsTable,
    database,
    recordAudit,
    recentCalls,
    changes,
  });

  return {
    capturesTable,
    captureMarksTable,
    captures,
    itemsTable,
    items,
    itemAnswers,
    revisions,
    drift,
    indexer,
    mappings,
    recentCalls,
  };
}

export type ItemParts = ReturnType<typeof assembleItems>;
