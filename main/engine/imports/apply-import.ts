// The steps of one import from a whole file on: read and judged, its rows put into their waiting place, then all of them added, or none; and its
// end. Which step may follow which is imports.ts.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Caller, type ImportOptions, ProblemError } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { RecordAudit } from '../audit/audit.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import type { ChunkAdder } from './add-chunks.ts';
import type { ImportFiles } from './import-files.ts';
import type { ImportLane } from './import-lane.ts';
import type { ImportRecords } from './import-records.ts';
import type { ImportRow, ImportsTable } from './imports-table.ts';
import { FileFault } from './rows/file-fault.ts';

const chunksDroppedAtOnce = 25;

export function createImportSteps(deps: {
  database: Database;
  table: ImportsTable;
  files: ImportFiles;
  lane: ImportLane;
  records: ImportRecords;
  addChunks: ChunkAdder;
  recordAudit: RecordAudit;
  stopping: AbortSignal;
  log: Log;
}) {
  const { database, table, files, lane, records, log } = deps;

  async function dropChunks(id: string): Promise<void> {
    while (transactRepeatable(database, () => table.dropChunks(id, chunksDroppedAtOnce))) await nextTurn();
  }

  /** What an import wrote, but for its own row, is gone afterwards. */
  async function cleanUp(id: string): Promise<void> {
    records.forget(id);
    await files.remove(id);
    await dropChunks(id);
  }

  async function endWithout(row: ImportRow, state: 'failed' | 'cancelled', problem?: string): Promise<void> {
    records.enter(row, state, { endedAt: Date.now(), ...(problem === undefined ? {} : { problem }) });
    await cleanUp(row.id);
    transactRepeatable(database, () => table.dropFaults(row.id));
  }

  async function failed(row: ImportRow, error: unknown): Promise<void> {
    log('error', 'an import failed', { importId: row.id, ...errorFacts(error) });
    await endWithout(row, 'failed', 'Something unexpected went wrong; the log has it. Nothing was applied.');
  }

  async function check(row: ImportRow, options: ImportOptions, signal: AbortSignal): Promise<void> {
    await files.seal(row.id);
    transact(database, () => table.setOptions(row.id, options));
    records.enter(row, 'checking');
    try {
      const facts = await lane.run(
        { file: files.pathOf(row.id), fileName: row.file_name, options, mode: 'check' },
        {
          onBytes: (bytes) => records.step(row, bytes, row.size, 'checking'),
          onPart: () => undefined,
        },
        signal,
      );
      transact(database, () => table.setFacts(row.id, facts));
      records.enter(row, 'ready');
    } catch (error) {
      if (error instanceof FileFault) {
        const { facts, message } = error;
        // What was found out so far lets another sheet, delimiter or character set be chosen.
        if (facts) transact(database, () => table.setFacts(row.id, facts));
        records.enter(row, 'refused', { problem: message });
        throw new ProblemError('import.refused', message);
      }
      if (!signal.aborted) await failed(row, error);
      throw error;
    }
  }

  /** Reads the rows into their waiting place, then lets all of them become captures. */
  async function apply(row: ImportRow, via: Caller, signal: AbortSignal): Promise<void> {
    records.enter(row, 'applying');
    let number = 0;
    let rows = 0;
    let listed = 0;
    try {
      const facts = await lane.run(
        {
          file: files.pathOf(row.id),
          fileName: row.file_name,
          options: JSON.parse(row.options) as ImportOptions,
          mode: 'apply',
        },
        {
          onBytes: (bytes) => records.step(row, bytes, row.size, 'applying'),
          onPart(chunk, failed) {
            transactRepeatable(database, () => {
              if (chunk) table.addChunk(row.id, number, chunk);
              table.addFaults(row.id, listed, failed);
            });
            if (chunk) number += 1;
            rows += chunk?.rows ?? 0;
            listed += failed.length;
          },
        },
        signal,
      );
      signal.throwIfAborted();
      transact(database, () => {
        table.setCounts(row.id, rows, facts.failed);
        table.setState(row.id, 'adding');
        deps.recordAudit({
          dataSourceId: row.data_source_id,
          action: 'imported',
          via,
          changes: [
            { what: 'file', to: row.file_name },
            { what: 'rows', to: String(rows) },
          ],
        });
      });
    } catch (error) {
      if (!signal.aborted) await failed(row, error);
      throw error;
    }
    await add(row);
  }

  /** From here on it is always finished: after a kill the next start goes on. */
  async function add(row: ImportRow): Promise<void> {
    await deps.addChunks(row, {
      signal: deps.stopping,
      onProgress: (done, total) => records.step(row, done, total, 'adding'),
    });
    records.enter(row, 'done', { endedAt: Date.now() });
    await cleanUp(row.id);
  }

  async function interrupted(row: ImportRow): Promise<void> {
    await endWithout(
      row,
      'failed',
      'Hookbench ended before the file was applied. Nothing was applied; upload it again.',
    );
  }

  return {
    check,
    apply,
    add,
    endWithout,
    interrupted,
    /** After a kill while its rows were read: they are read again. */
    async applyAgain(row: ImportRow, signal: AbortSignal): Promise<void> {
      if ((await files.sizeOf(row.id)) !== row.size) return await interrupted(row);
      await dropChunks(row.id);
      transactRepeatable(database, () => table.dropFaults(row.id));
      await apply(row, 'engine', signal);
    },
    async requireFile(row: ImportRow): Promise<void> {
      if ((await files.sizeOf(row.id)) !== row.size) await interrupted(row);
    },
  };
}
