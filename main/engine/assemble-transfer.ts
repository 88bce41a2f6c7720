// Puts together captures as files: export with masks, import of what was exported.
import { type CallOutput, type Outcome, ProblemError } from '#contract';
import { errorFacts, type Log } from '../log/log.ts';
import type { ItemParts } from './assemble-items.ts';
import type { Sources } from './assemble-sources.ts';
import type { Dispatch, Handlers } from './calls.ts';
import type { CallCountsTable } from './captures/call-counts-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Changes } from './changes.ts';
import type { Downloads } from './downloads/downloads.ts';
import type { GiveWay } from './give-way.ts';
import { createImportFiles } from './imports/import-files.ts';
import type { PayloadReader } from './payloads/payload-reader.ts';
import type { Database } from './store/database.ts';
import { createCaptureDownloads } from './transfer/capture-downloads.ts';
import { createCaptureImports } from './transfer/capture-imports.ts';
import { createTransferHandlers } from './transfer/transfer-handlers.ts';

export function assembleTransfer(deps: {
  dataDir: string;
  database: Database;
  catalog: Catalog;
  changes: Changes;
  log: Log;
  reader: PayloadReader;
  giveWay: GiveWay;
  downloads: Downloads;
  counts: CallCountsTable;
  sources: Pick<Sources, 'dataSources' | 'secrets'>;
  items: Pick<ItemParts, 'captures' | 'capturesTable' | 'indexer'>;
  listCaptures: Handlers['captures.list'];
  dispatch: Dispatch;
}) {
  const { database, catalog, changes, log, reader, giveWay, downloads, counts } = deps;
  const { dataSources, secrets } = deps.sources;
  const { captures, capturesTable, indexer } = deps.items;
  const storedCalls = (id: string, outcome: Outcome | undefined) => {
    const totals = counts.totals(id);
    const outcomes = outcome === undefined ? Object.values(totals) : [totals[outcome]];
    return outcomes.reduce((sum, { calls }) => sum + calls, 0);
  };
  const captureDownloads = createCaptureDownloads({
    downloads,
    list: (input, signal) => deps.listCaptures(input, signal, 'engine'),
    rowOf: capturesTable.get,
    sourceOf: captures.sourceOf,
    nameOf(id) {
      const { name, applicationId } = dataSources.get(id);
      return { name, ...(applicationId === undefined ? {} : { applicationId }) };
    },
    conceal: secrets.conceal,
    reader,
    countOf({ dataSourceId, outcome, query }) {
      if (query !== undefined && query.trim() !== '') return undefined;
      const ids = dataSourceId === undefined ? dataSources.list().map(({ id }) => id) : [dataSourceId];
      return ids.reduce((sum, id) => sum + storedCalls(id, outcome), 0);
    },
    tell: (news) => changes.tell('captures.exported', news),
  });
  const files = createImportFiles(deps.dataDir, 'capture-files');
  // Uploads of an earlier run: nobody can go on with them.
  for (const id of files.ids()) {
    files
      .remove(id)
      .catch((error: unknown) => log('warning', 'an uploaded file was not removed', errorFacts(error)));
  }
  const captureImports = createCaptureImports({
    database,
    capturesTable,
    files,
    dataSources,
    catalog,
    reader,
    changes,
    giveWay,
    wake: indexer.wake,
  });
  return {
    captureImports,
    handlers: createTransferHandlers({
      downloads,
      captureDownloads,
      captureImports,
      reader: deps.reader,
      makeCall: (signal, caller) => async (name, input) => {
        const answer = await deps.dispatch(name, input, signal, caller);
        if ('output' in answer) return answer.output as CallOutput<typeof name>;
        const { code, message, ...more } = answer.problem;
        throw new ProblemError(code, message, more);
      },
    }),
  };
}
