// Puts together what finds and marks captures: the search with its index of words, marks, saved searches.
import type { EventData } from '#contract';
import { errorFacts, type Log } from '../log/log.ts';
import type { ItemParts } from './assemble-items.ts';
import { createCaptureSearch, readTerms } from './capture-search/capture-search.ts';
import { createCaptureSearchHandlers } from './capture-search/capture-search-handlers.ts';
import { createCaptureDetails } from './captures/capture-details.ts';
import { createCaptureMarks } from './captures/capture-marks.ts';
import { createComparisonIgnoresTable } from './captures/comparison-ignores-table.ts';
import { createRelatedTable } from './captures/related-table.ts';
import { createSavedSearches } from './captures/saved-searches.ts';
import { createSavedSearchesTable } from './captures/saved-searches-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Changes } from './changes.ts';
import type { DataSources } from './data-sources/data-sources.ts';
import type { GiveWay } from './give-way.ts';
import { answerFrom } from './receiver/answers.ts';
import type { ConnectionSecrets } from './secrets/connection-secrets.ts';
import type { Database } from './store/database.ts';

export function assembleCaptures(deps: {
  database: Database;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  stopping: AbortController;
  items: Pick<ItemParts, 'captures' | 'capturesTable' | 'captureMarksTable'>;
  dataSources: DataSources;
  catalog: Catalog;
  conceal: ConnectionSecrets['conceal'];
}) {
  const { database, changes, log, giveWay, stopping } = deps;
  const { captures, capturesTable, captureMarksTable } = deps.items;
  const { dataSources, catalog, conceal } = deps;
  const search = createCaptureSearch({
    file: database.name,
    giveWay,
    onFault(error) {
      // The next start goes on with it.
      if (stopping.signal.aborted) return;
      log('error', 'indexing the words of calls failed and is tried again', errorFacts(error));
    },
  });
  changes.subscribe((event, data) => {
    if (event === 'captures.received') search.wake();
    if (event === 'retention.swept' && (data as EventData<'retention.swept'>).done) search.sweep();
  });
  const marks = createCaptureMarks({ database, table: captureMarksTable, changes });
  const searches = createSavedSearches({
    database,
    table: createSavedSearchesTable(database),
    changes,
    checkQuery: readTerms,
  });
  const details = createCaptureDetails({
    captures,
    table: capturesTable,
    related: createRelatedTable(database),
    conceal,
    answerFrom,
    limitMsOf(dataSourceId) {
      const { applicationId } = dataSources.get(dataSourceId);
      return applicationId === undefined ? undefined : catalog.get(applicationId)?.answerLimit?.ms;
    },
    localUrlOf: (dataSourceId, connectionId) =>
      dataSources.get(dataSourceId).connections.find(({ id }) => id === connectionId)?.localUrl,
  });
  const handlers = createCaptureSearchHandlers({
    captures,
    search,
    marks,
    searches,
    details,
    ignores: createComparisonIgnoresTable(database),
    conceal,
    checkSource: (id) => void dataSources.get(id),
  });
  return { search, handlers };
}
