// Puts together what brings items in from files and gives them out: imports, lists with search, downloads.

import type { EventData } from '#contract';
import { errorFacts, type Log } from '../log/log.ts';
import type { ItemParts } from './assemble-items.ts';
import type { RecordAudit } from './audit/audit.ts';
import type { Changes } from './changes.ts';
import type { DataSources } from './data-sources/data-sources.ts';
import { createDownloads } from './downloads/downloads.ts';
import { createItemDownloads } from './downloads/item-downloads.ts';
import type { GiveWay } from './give-way.ts';
import { createChunkAdder } from './imports/add-chunks.ts';
import { createImportFiles } from './imports/import-files.ts';
import { createImportLane } from './imports/import-lane.ts';
import { createImports } from './imports/imports.ts';
import { createImportsTable } from './imports/imports-table.ts';
import { createItemLists } from './items/item-lists.ts';
import { createItemQueries } from './items/item-queries.ts';
import { createItemViewsTable } from './items/item-views-table.ts';
import { createItemWordIndexer } from './items/item-word-indexer.ts';
import { createItemWordsTable } from './items/item-words-table.ts';
import type { Database } from './store/database.ts';

export function assembleLists(deps: {
  dataDir: string;
  database: Database;
  changes: Changes;
  log: Log;
  recordAudit: RecordAudit;
  giveWay: GiveWay;
  stopping: AbortController;
  dataSources: DataSources;
  items: Pick<ItemParts, 'capturesTable' | 'itemsTable' | 'indexer' | 'mappings'>;
}) {
  const { database, changes, log, recordAudit, giveWay, stopping, dataSources } = deps;
  const { capturesTable, itemsTable, indexer, mappings } = deps.items;
  const importsTable = createImportsTable(database);
  const imports = createImports({
    database,
    table: importsTable,
    files: createImportFiles(deps.dataDir),
    lane: createImportLane(),
    dataSources,
    addChunks: createChunkAdder({
      database,
      table: importsTable,
      capturesTable,
      dataSources,
      changes,
      wake: indexer.wake,
      giveWay,
    }),
    changes,
    recordAudit,
    log,
  });
  const itemWords = createItemWordIndexer({
    database,
    table: createItemWordsTable(database),
    giveWay,
    onFault(dataSourceId, error) {
      // The next start goes on with it.
      if (stopping.signal.aborted) return;
      log('error', 'indexing words failed and is tried again', { dataSourceId, ...errorFacts(error) });
    },
  });
  changes.subscribe((event, data) => {
    if (event === 'items.changed') itemWords.wake((data as EventData<'items.changed'>).dataSourceId);
  });
  const itemQueries = createItemQueries({ database });
  const itemLists = createItemLists({
    table: itemsTable,
    queries: itemQueries,
    words: itemWords,
    views: createItemViewsTable(database),
    mappedFields: mappings.fieldsOf,
  });

  const downloads = createDownloads();
  const itemDownloads = createItemDownloads({
    downloads,
    nameOf: (id) => dataSources.get(id).name,
    fieldsOf: itemLists.fieldsOf,
    page: itemLists.pageForExport,
    rowsOf: itemLists.rowsOf,
    tell: (news) => changes.tell('items.exported', news),
  });

  return { importsTable, imports, itemWords, itemQueries, itemLists, downloads, itemDownloads };
}
