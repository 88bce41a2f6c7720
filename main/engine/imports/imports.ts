// Imports of current data: a file arrives in pieces, is checked whole, and then all of its rows are applied or none. Applied
// rows become captures of method IMPORT, so that mapping, items, versions and re-indexing treat them like received calls.
//
// Threats: files made to cost memory or time (a bounded worker reads them, in a stream), files that are not what their name
// says (refused before anything is applied), a kill in the middle (rows wait apart until all are there; `resume` cleans up).
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Caller,
  type ImportFacts,
  type ImportOptions,
  type ImportRecord,
  type ImportState,
  ProblemError,
} from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import type { ChunkAdder } from './add-chunks.ts';
import type { ImportFiles } from './import-files.ts';
import type { ImportLane } from './import-lane.ts';
import type { ImportRow, ImportsTable } from './imports-table.ts';
import { formatOfName } from './rows/detect-file.ts';
import { FileFault } from './rows/file-fault.ts';
import { maxFileBytes } from './rows/row-limits.ts';

const maxPieceBytes = 1024 * 1024;
const maxUnfinished = 20;
const chunksDroppedAtOnce = 25;
/** A file that was checked and never applied is kept this long. */
const keptMs = 24 * 60 * 60 * 1000;

interface Running {
  stopper: AbortController;
  /** Settles when the work of this import rests. */
  done: Promise<void>;
}

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
  const { database, table, files, lane, dataSources, changes, log } = deps;
  const received = new Map<string, number>();
  const appending = new Set<string>();
  const progress = new Map<string, { done: number; total: number }>();
  const running = new Map<string, Running>();
  const stopping = new AbortController();

  function rowOf(id: string): ImportRow {
    const row = table.get(id);
    if (!row) throw new ProblemError('import.missing', 'This import does not exist.', { path: 'id' });
    return row;
  }

  function toRecord(row: ImportRow): ImportRecord {
    return {
      id: row.id,
      dataSourceId: row.data_source_id,
      fileName: row.file_name,
      size: row.size,
      state: row.state,
      received: row.state === 'receiving' ? (received.get(row.id) ?? 0) : row.size,
      progress: progress.get(row.id),
      options: JSON.parse(row.options) as ImportOptions,
      facts: row.facts === null ? undefined : (JSON.parse(row.facts) as ImportFacts),
      rows: row.row_count,
      failed: row.failed_count,
      problem: row.problem ?? undefined,
      createdAt: new Date(row.created_at).toISOString(),
      endedAt: row.ended_at === null ? undefined : new Date(row.ended_at).toISOString(),
    };
  }

  const record = (id: string): ImportRecord => toRecord(rowOf(id));

  function tell(row: Pick<ImportRow, 'id' | 'data_source_id'>, state: ImportState): void {
    const { done, total } = progress.get(row.id) ?? { done: 0, total: 0 };
    changes.tell('imports.changed', { id: row.id, dataSourceId: row.data_source_id, state, done, total });
  }

  function step(row: ImportRow, done: number, total: number, state: ImportState): void {
    progress.set(row.id, { done: Math.round(done), total });
    tell(row, state);
  }

  function enter(
    row: ImportRow,
    state: ImportState,
    more: { problem?: string; endedAt?: number } = {},
  ): void {
    progress.delete(row.id);
    transact(database, () => table.setState(row.id, state, more));
    tell(row, state);
  }

  /** What an import wrote, but for its own row, is gone afterwards. */
  async function cleanUp(id: string): Promise<void> {
    received.delete(id);
    progress.delete(id);
    await files.remove(id);
    while (transactRepeatable(database, () => table.dropChunks(id, chunksDroppedAtOnce))) await nextTurn();
  }

  async function endWithout(row: ImportRow, state: 'failed' | 'cancelled', problem?: string): Promise<void> {
    enter(row, state, { endedAt: Date.now(), ...(problem === undefined ? {} : { problem }) });
    await cleanUp(row.id);
    transactRepeatable(database, () => table.dropFaults(row.id));
  }

  /** Runs one piece of work of an import at a time, ended by `cancel` and by a stop of the engine. */
  async function work(id: string, act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (running.has(id)) {
      throw new ProblemError('import.notNow', 'This import is being worked on. Wait for it, or cancel it.');
    }
    const stopper = new AbortController();
    const done = act(AbortSignal.any([stopper.signal, stopping.signal]));
    const entry: Running = { stopper, done: done.then(undefined, () => undefined) };
    running.set(id, entry);
    try {
      await done;
    } catch (error) {
      if (stopping.signal.aborted) {
        throw new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true });
      }
      if (stopper.signal.aborted) throw new ProblemError('call.cancelled', 'The import was cancelled.');
      throw error;
    } finally {
      running.delete(id);
    }
  }

  async function check(row: ImportRow, options: ImportOptions, signal: AbortSignal): Promise<void> {
    transact(database, () => table.setOptions(row.id, options));
    enter(row, 'checking');
    try {
      const facts = await lane.run(
        { file: files.pathOf(row.id), fileName: row.file_name, options, mode: 'check' },
        {
          onBytes: (bytes) => step(row, bytes, row.size, 'checking'),
          onPart: () => undefined,
        },
        signal,
      );
      transact(database, () => table.setFacts(row.id, facts));
      enter(row, 'ready');
    } catch (error) {
      if (error instanceof FileFault) {
        enter(row, 'refused', { problem: error.message });
        throw new ProblemError('import.refused', error.message);
      }
      if (!signal.aborted) await failed(row, error);
      throw error;
    }
  }

  async function failed(row: ImportRow, error: unknown): Promise<void> {
    log('error', 'an import failed', { importId: row.id, ...errorFacts(error) });
    await endWithout(row, 'failed', 'Something unexpected went wrong; the log has it. Nothing was applied.');
  }

  /** Reads the rows into their waiting place, then lets all of them become captures. */
  async function apply(row: ImportRow, via: Caller, signal: AbortSignal): Promise<void> {
    enter(row, 'applying');
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
          onBytes: (bytes) => step(row, bytes, row.size, 'applying'),
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
      signal: stopping.signal,
      onProgress: (done, total) => step(row, done, total, 'adding'),
    });
    enter(row, 'done', { endedAt: Date.now() });
    await cleanUp(row.id);
  }

  function requireWhole(row: ImportRow): void {
    if (row.state === 'receiving' && (received.get(row.id) ?? 0) < row.size) {
      throw new ProblemError(
        'import.notNow',
        `Only ${received.get(row.id) ?? 0} of ${row.size} bytes have arrived. Send the rest with imports.append first.`,
      );
    }
    if (row.state !== 'receiving' && row.state !== 'ready' && row.state !== 'refused') {
      throw new ProblemError(
        'import.notNow',
        `This import is ${row.state}; it cannot be checked or applied now.`,
      );
    }
  }

  async function checkNow(row: ImportRow, options: ImportOptions, signal: AbortSignal): Promise<void> {
    await files.seal(row.id);
    await check(row, options, signal);
  }

  return {
    async begin(input: { dataSourceId: string; fileName: string; size: number }): Promise<ImportRecord> {
      const source = dataSources.get(input.dataSourceId);
      if (source.entry === 'manual') {
        throw new ProblemError(
          'import.refused',
          'The items of this data source are typed in by hand; it takes no files.',
        );
      }
      try {
        formatOfName(input.fileName);
      } catch (error) {
        if (error instanceof FileFault)
          throw new ProblemError('import.refused', error.message, { path: 'fileName' });
        throw error;
      }
      if (input.size === 0) throw new ProblemError('import.refused', 'The file is empty.', { path: 'size' });
      if (input.size > maxFileBytes) {
        throw new ProblemError(
          'import.refused',
          'The file is larger than 1 GiB. Split it into several files.',
          {
            path: 'size',
          },
        );
      }
      if (table.unfinished().length >= maxUnfinished) {
        throw new ProblemError(
          'import.notNow',
          `${maxUnfinished} imports are not finished. Apply or cancel one of them first.`,
        );
      }
      // The file, and its rows while they wait.
      if ((await files.freeBytes()) < input.size * 2) {
        throw new ProblemError(
          'store.unavailable',
          'There is not enough room on the disk for this file. Free some, then try again.',
          {
            retry: true,
          },
        );
      }
      const now = Date.now();
      const id = createId('imp', now);
      const row = {
        id,
        data_source_id: input.dataSourceId,
        file_name: input.fileName,
        size: input.size,
        created_at: now,
      };
      transact(database, () => table.insert(row));
      received.set(id, 0);
      tell(row, 'receiving');
      return record(id);
    },

    /** Pieces come in order, each after the answer to the one before. */
    async append(id: string, offset: number, bytes: Uint8Array): Promise<number> {
      const row = rowOf(id);
      const before = received.get(id);
      if (row.state !== 'receiving' || before === undefined) {
        throw new ProblemError('import.notNow', `This import is ${row.state}; it takes no more bytes.`);
      }
      if (offset !== before || appending.has(id)) {
        throw new ProblemError('input.invalid', `The next piece begins at byte ${before}, not ${offset}.`, {
          path: 'offset',
        });
      }
      if (bytes.length > maxPieceBytes || before + bytes.length > row.size) {
        throw new ProblemError(
          'input.invalid',
          before + bytes.length > row.size
            ? `More bytes came than the ${row.size} that were announced. Begin again with the right size.`
            : 'A piece has at most 1 MiB.',
          { path: 'base64' },
        );
      }
      appending.add(id);
      try {
        await files.append(id, bytes);
      } finally {
        appending.delete(id);
      }
      const after = before + bytes.length;
      received.set(id, after);
      step(row, after, row.size, 'receiving');
      return after;
    },

    async check(id: string, options: ImportOptions): Promise<ImportRecord> {
      const row = rowOf(id);
      requireWhole(row);
      await work(id, (signal) => checkNow(row, options, signal));
      return record(id);
    },

    /** Also answers where it was done before. */
    async finish(id: string, options: ImportOptions | undefined, via: Caller): Promise<ImportRecord> {
      const row = rowOf(id);
      if (row.state === 'done') return toRecord(row);
      requireWhole(row);
      const wanted = options ?? (JSON.parse(row.options) as ImportOptions);
      await work(id, async (signal) => {
        if (row.state !== 'ready' || JSON.stringify(wanted) !== row.options)
          await checkNow(row, wanted, signal);
        await apply(rowOf(id), via, signal);
      });
      return record(id);
    },

    async cancel(id: string): Promise<ImportRecord> {
      const row = rowOf(id);
      if (row.state === 'done' || row.state === 'adding') {
        throw new ProblemError(
          'import.notNow',
          'All rows of this import are applied already; it cannot be taken back.',
        );
      }
      if (row.state === 'failed' || row.state === 'cancelled') return toRecord(row);
      const work = running.get(id);
      work?.stopper.abort(new Error('cancelled'));
      await work?.done;
      const now = rowOf(id);
      // It may have been applied in the moment before.
      if (now.state !== 'done' && now.state !== 'adding') await endWithout(now, 'cancelled');
      return record(id);
    },

    get: record,

    list(dataSourceId: string): ImportRecord[] {
      dataSources.require(dataSourceId);
      return table.ofSource(dataSourceId).map(toRecord);
    },

    /** After a start: goes on with what was being applied, ends what cannot go on, removes files that nobody owns. */
    resume(): void {
      const kept = new Set<string>();
      for (const row of table.unfinished()) {
        const isWaiting = row.state === 'ready' || row.state === 'refused';
        const act =
          row.state === 'adding'
            ? () => add(row)
            : row.state === 'applying'
              ? (signal: AbortSignal) => applyAgain(row, signal)
              : isWaiting && Date.now() - row.created_at < keptMs
                ? () => requireFile(row)
                : () => interrupted(row);
        kept.add(row.id);
        work(row.id, act).catch((error: unknown) => {
          if (!stopping.signal.aborted) {
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
      stopping.abort(new Error('the engine stops'));
      await Promise.all([...running.values()].map(({ done }) => done));
      await files.closeAll();
    },
  };

  async function applyAgain(row: ImportRow, signal: AbortSignal): Promise<void> {
    if ((await files.sizeOf(row.id)) !== row.size) return await interrupted(row);
    while (transactRepeatable(database, () => table.dropChunks(row.id, chunksDroppedAtOnce)))
      await nextTurn();
    transactRepeatable(database, () => table.dropFaults(row.id));
    await apply(row, 'engine', signal);
  }

  async function requireFile(row: ImportRow): Promise<void> {
    if ((await files.sizeOf(row.id)) !== row.size) await interrupted(row);
  }

  async function interrupted(row: ImportRow): Promise<void> {
    await endWithout(
      row,
      'failed',
      'Hookbench ended before the file was applied. Nothing was applied; upload it again.',
    );
  }
}

export type Imports = ReturnType<typeof createImports>;
