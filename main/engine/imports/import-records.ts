// The state of every import: in the store, as a record for the screens, and told as it changes. Does no work on files or rows.
import {
  type ImportFacts,
  type ImportOptions,
  type ImportRecord,
  type ImportState,
  ProblemError,
} from '#contract';
import type { Changes } from '../changes.ts';
import { type Database, transact } from '../store/database.ts';
import type { ImportRow, ImportsTable } from './imports-table.ts';

export function createImportRecords(deps: { database: Database; table: ImportsTable; changes: Changes }) {
  const { database, table, changes } = deps;
  /** Bytes that have arrived of files that are being uploaded. */
  const received = new Map<string, number>();
  const progress = new Map<string, { done: number; total: number }>();

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

  function tell(row: Pick<ImportRow, 'id' | 'data_source_id'>, state: ImportState): void {
    const { done, total } = progress.get(row.id) ?? { done: 0, total: 0 };
    changes.tell('imports.changed', { id: row.id, dataSourceId: row.data_source_id, state, done, total });
  }

  return {
    received,
    rowOf,
    toRecord,
    record: (id: string): ImportRecord => toRecord(rowOf(id)),
    tell,
    /** How far the step under way is. */
    step(row: ImportRow, done: number, total: number, state: ImportState): void {
      progress.set(row.id, { done: Math.round(done), total });
      tell(row, state);
    },
    enter(row: ImportRow, state: ImportState, more: { problem?: string; endedAt?: number } = {}): void {
      progress.delete(row.id);
      transact(database, () => table.setState(row.id, state, more));
      tell(row, state);
    },
    forget(id: string): void {
      received.delete(id);
      progress.delete(id);
    },
  };
}

export type ImportRecords = ReturnType<typeof createImportRecords>;
