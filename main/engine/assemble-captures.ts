// Puts together what finds and marks captures: the search with its index of words, marks, saved searches.
import type { EventData } from '#contract';
import { errorFacts, type Log } from '../log/log.ts';
import type { ItemParts } from './assemble-items.ts';
import { createCaptureSearch, readTerms } from './capture-search/capture-search.ts';
import { createCaptureSearchHandlers } from './capture-search/capture-search-handlers.ts';
import { createCaptureMarks } from './captures/capture-marks.ts';
import { createSavedSearches } from './captures/saved-searches.ts';
import { createSavedSearchesTable } from './captures/saved-searches-table.ts';
import type { Changes } from './changes.ts';
import type { GiveWay } from './give-way.ts';
import type { Database } from './store/database.ts';

export function assembleCaptures(deps: {
  database: Database;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  stopping: AbortController;
  items: Pick<ItemParts, 'captures' | 'captureMarksTable'>;
}) {
  const { database, changes, log, giveWay, stopping } = deps;
  const { captures, captureMarksTable } = deps.items;
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
  return { search, handlers: createCaptureSearchHandlers({ captures, search, marks, searches }) };
}
