// Imports in the store: their facts, the rows that wait to become captures, and the rows that could not be read.
import type { ImportFacts, ImportOptions, ImportState, IndexState } from '#contract';
import type { Packing } from '../captures/body-packing.ts';
import type { Database } from '../store/database.ts';
import type { ImportChunk } from './import-task.ts';
import type { FailedRow } from './rows/row-batch.ts';

export interface ImportRow {
  id: string;
  data_source_id: string;
  file_name: string;
  size: number;
  state: ImportState;
  options: string;
  facts: string | null;
  row_count: number;
  failed_count: number;
  problem: string | null;
  created_at: number;
  ended_at: number | null;
}

export interface ChunkRow {
  import_id: string;
  number: number;
  row_count: number;
  row_ranges: string;
  size: number;
  packing: Packing;
  bytes: Uint8Array;
}

export interface ImportCaptureRow {
  capture_id: string;
  number: number;
  row_ranges: string;
}

const listed = 50;

export function createImportsTable(database: Database) {
  const get = database.prepare<[string], ImportRow>('SELECT * FROM imports WHERE id = ?');
  const ofSource = database.prepare<[string], ImportRow>(
    `SELECT * FROM imports WHERE data_source_id = ? ORDER BY created_at DESC, id DESC LIMIT ${listed}`,
  );
  const unfinished = database.prepare<[], ImportRow>(
    "SELECT * FROM imports WHERE state NOT IN ('done', 'failed', 'cancelled') ORDER BY created_at, id",
  );
  const insert = database.prepare<[string, string, string, number, number], never>(
    `INSERT INTO imports (id, data_source_id, file_name, size, state, options, created_at)
      VALUES (?, ?, ?, ?, 'receiving', '{}', ?)`,
  );
  const setState = database.prepare<[ImportState, string | null, number | null, string], never>(
    'UPDATE imports SET state = ?, problem = ?, ended_at = ? WHERE id = ?',
  );
  const setOptions = database.prepare<[string, string], never>(
    'UPDATE imports SET options = ?, facts = NULL WHERE id = ?',
  );
  const setFacts = database.prepare<[string, string], never>('UPDATE imports SET facts = ? WHERE id = ?');
  const setCounts = database.prepare<[number, number, string], never>(
    'UPDATE imports SET row_count = ?, failed_count = ? WHERE id = ?',
  );
  const addChunk = database.prepare<[ChunkRow], never>(
    `INSERT INTO import_chunks (import_id, number, row_count, row_ranges, size, packing, bytes)
      VALUES (@import_id, @number, @row_count, @row_ranges, @size, @packing, @bytes)`,
  );
  const addFault = database.prepare<[string, number, number, string], never>(
    'INSERT INTO import_faults (import_id, number, row, reason) VALUES (?, ?, ?, ?)',
  );
  const dropChunks = database.prepare<[string, number], never>(
    'DELETE FROM import_chunks WHERE rowid IN (SELECT rowid FROM import_chunks WHERE import_id = ? LIMIT ?)',
  );
  const dropFaults = database.prepare<[string], never>('DELETE FROM import_faults WHERE import_id = ?');
  const nextChunks = database.prepare<[string, number], ChunkRow>(
    'SELECT * FROM import_chunks WHERE import_id = ? ORDER BY number LIMIT ?',
  );
  const dropChunk = database.prepare<[string, number], never>(
    'DELETE FROM import_chunks WHERE import_id = ? AND number = ?',
  );
  const countChunks = database.prepare<[string], { count: number }>(
    'SELECT count(*) AS count FROM import_chunks WHERE import_id = ?',
  );
  const addCapture = database.prepare<[string, string, number, string], never>(
    'INSERT INTO import_captures (capture_id, import_id, number, row_ranges) VALUES (?, ?, ?, ?)',
  );
  const faults = database.prepare<[string, number, number], { number: number; row: number; reason: string }>(
    'SELECT number, row, reason FROM import_faults WHERE import_id = ? AND number > ? ORDER BY number LIMIT ?',
  );
  const captures = database.prepare<[string, number, IndexState], ImportCaptureRow>(
    `SELECT import_captures.capture_id, import_captures.number, import_captures.row_ranges FROM import_captures
      JOIN captures ON captures.id = import_captures.capture_id
      WHERE import_captures.import_id = ? AND import_captures.number >= ? AND captures.index_state = ?
      ORDER BY import_captures.number LIMIT 1`,
  );

  return {
    get: (id: string) => get.get(id),
    ofSource: (dataSourceId: string) => ofSource.all(dataSourceId),
    /** All that are neither done nor ended otherwise, oldest first. */
    unfinished: () => unfinished.all(),
    insert: (row: Pick<ImportRow, 'id' | 'data_source_id' | 'file_name' | 'size' | 'created_at'>) =>
      void insert.run(row.id, row.data_source_id, row.file_name, row.size, row.created_at),
    /** `endedAt` for states that are the last one. */
    setState: (id: string, state: ImportState, more: { problem?: string; endedAt?: number } = {}) =>
      void setState.run(state, more.problem ?? null, more.endedAt ?? null, id),
    /** Forgets what was found out with other options. */
    setOptions: (id: string, options: ImportOptions) => void setOptions.run(JSON.stringify(options), id),
    setFacts: (id: string, facts: ImportFacts) => void setFacts.run(JSON.stringify(facts), id),
    setCounts: (id: string, rows: number, failed: number) => void setCounts.run(rows, failed, id),
    addChunk(id: string, number: number, chunk: ImportChunk): void {
      addChunk.run({
        import_id: id,
        number,
        row_count: chunk.rows,
        row_ranges: chunk.ranges,
        size: chunk.size,
        packing: chunk.body.packing,
        bytes: chunk.body.bytes,
      });
    },
    addFaults(id: string, first: number, failed: readonly FailedRow[]): void {
      for (const [index, { row, reason }] of failed.entries()) addFault.run(id, first + index, row, reason);
    },
    dropFaults: (id: string) => void dropFaults.run(id),
    /** Removes up to `limit` chunks; false where none was left. */
    dropChunks: (id: string, limit: number): boolean => dropChunks.run(id, limit).changes > 0,
    nextChunks: (id: string, limit: number) => nextChunks.all(id, limit),
    countChunks: (id: string) => countChunks.get(id)?.count ?? 0,
    /** The chunk has become a capture; called in the transaction that wrote the capture. */
    becameCapture(chunk: ChunkRow, captureId: string): void {
      addCapture.run(captureId, chunk.import_id, chunk.number, chunk.row_ranges);
      dropChunk.run(chunk.import_id, chunk.number);
    },
    faults: (id: string, after: number, limit: number) => faults.all(id, after, limit),
    /** The first capture of an import from this number on that needs attention. */
    nextLacking: (id: string, number: number) => captures.get(id, number, 'needsAttention'),
  };
}

export type ImportsTable = ReturnType<typeof createImportsTable>;
