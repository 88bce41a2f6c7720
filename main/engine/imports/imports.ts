// Imports of current data: a file arrives in pieces, is checked whole, and then all of its rows are applied or none. Applied
// rows become captures of method IMPORT, so that mapping, items, versions and re-indexing treat them like received calls. This says which step
// may follow which; apply-import.ts does them.
//
// Threats: files made to cost memory or time (a bounded worker reads them, in a stream), files that are not what their name
// says (refused before anything is applied), a kill in the middle (rows wait apart until all are there; `resume` cleans up).
import { type Caller, type ImportOptions, type ImportRecord, ProblemError } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { Database } from '../store/database.ts';
import type { ChunkAdder } from './add-chunks.ts';
import { createImportSteps } from './apply-import.ts';
import type { ImportFiles } from './import-files.ts';
import type { ImportLane } from './import-lane.ts';
import { createImportRecords } from './import-records.ts';
import { createImportRuns } from './import-runs.ts';
import type { ImportRow, ImportsTable } from './imports-table.ts';
import { createFileReceiving } from './receive-file.ts';

/** A file that was checked and never applied is kept this long. */
const keptMs = 24 * 60 * 60 * 1000;

export function createImports(deps: {
  database: Database;
  table: ImportsTable;
  files: ImportFiles;
  lane: ImportLane;
  dataSources: DataSources;
  addChunks: ChunkAdder;
  changes: Changes;
  recordAudit: RecordAudit;
  log: Log;
}) {
  const { database, table, files, lane, dataSources, addChunks, recordAudit, log } = deps;
  const records = createImportRecords({ database, table, changes: deps.changes });
  const { rowOf, record } = records;
  const runs = createImportRuns();
  const receiving = createFileReceiving({ database, table, files, dataSources, records });
  const steps = createImportSteps({
    database,
    table,
    files,
    lane,
    records,
    addChunks,
    recordAudit,
    stopping: runs.stopping,
    log,
  });

  function requireWhole(row: ImportRow): void {
    const arrived = records.received.get(row.id) ?? 0;
    if (row.state === 'receiving' && arrived < row.size) {
      throw new ProblemError(
        'import.notNow',
        `Only ${arrived} of ${row.size} bytes have arrived. Send the rest with imports.append first.`,
      );
    }
    if (row.state !== 'receiving' && row.state !== 'ready' && row.state !== 'refused') {
      throw new ProblemError(
        'import.notNow',
        `This import is ${row.state}; it cannot be checked or applied now.`,
      );
    }
  }

  /** What an import that a stop or a kill left unfinished needs now. */
  function nextStep(row: ImportRow): (signal: AbortSignal) => Promise<void> {
    if (row.state === 'adding') return () => steps.add(row);
    if (row.state === 'applying') return (signal) => steps.applyAgain(row, signal);
    const isWaiting = row.state === 'ready' || row.state === 'refused';
    if (isWaiting && Date.now() - row.created_at < keptMs) return () => steps.requireFile(row);
    return () => steps.interrupted(row);
  }

  return {
    begin: receiving.begin,
    append: receiving.append,

    async check(id: string, options: ImportOptions): Promise<ImportRecord> {
      const row = rowOf(id);
      requireWhole(row);
      await runs.work(id, (signal) => steps.check(row, options, signal));
      return record(id);
    },

    /** Also answers where it was done before. */
    async finish(id: string, options: ImportOptions | undefined, via: Caller): Promise<ImportRecord> {
      const row = rowOf(id);
      if (row.state === 'done') return record(id);
      requireWhole(row);
      const wanted = options ?? (JSON.parse(row.options) as ImportOptions);
      await runs.work(id, async (signal) => {
        if (row.state !== 'ready' || JSON.stringify(wanted) !== row.options)
          await steps.check(row, wanted, signal);
        await steps.apply(rowOf(id), via, signal);
      });
      return record(id);
    },

    async cancel(id: string): Promise<ImportRecord> {
      const row = rowOf(id);
      if (row.state === 'done' || row.state === 'adding') {
        throw new ProblemError(
          'import.notNow',
          row.state === 'done'
            ? 'All rows of this import are applied already; it cannot be taken back.'
            : 'The rows of this import are being added already; it cannot be taken back any more.',
        );
      }
      if (row.state === 'failed' || row.state === 'cancelled') return record(id);
      await runs.end(id);
      const now = rowOf(id);
      // It may have been applied in the moment before.
      // A file that cannot be read was not cancelled: its line goes on saying why.
      if (now.state === 'refused') await steps.endWithout(now, 'failed', now.problem ?? undefined);
      else if (now.state !== 'done' && now.state !== 'adding') await steps.endWithout(now, 'cancelled');
      return record(id);
    },

    get: record,

    list(dataSourceId: string): ImportRecord[] {
      dataSources.require(dataSourceId);
      return table.ofSource(dataSourceId).map(records.toRecord);
    },

    /** After a start: goes on with what was being applied, ends what cannot go on, removes files that nobody owns. */
    resume(): void {
      const kept = new Set<string>();
      for (const row of table.unfinished()) {
        kept.add(row.id);
        runs.work(row.id, nextStep(row)).catch((error: unknown) => {
          if (!runs.stopping.aborted) {
            log('error', 'an import could not be taken up again', { importId: row.id, ...errorFacts(error) });
          }
        });
      }
      for (const id of files.ids()) {
        if (kept.has(id)) continue;
        files
          .remove(id)
          .catch((error: unknown) => log('warning', 'a left-over file was not removed', errorFacts(error)));
      }
    },

    async stop(): Promise<void> {
      await runs.stop();
      await files.closeAll();
    },
  };
}

export type Imports = ReturnType<typeof createImports>;
