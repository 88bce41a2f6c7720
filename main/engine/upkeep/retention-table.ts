// Retention in the store: the rules of each data source, what waits for indexing, what was deleted so far.
import type { CallVolume, Outcome } from '#contract';
import type { Database } from '../store/database.ts';

export interface RuleRow {
  outcome: Outcome;
  calls: number | null;
  days: number | null;
}

export function createRetentionTable(database: Database) {
  const rules = database.prepare<[string], RuleRow>(
    'SELECT outcome, calls, days FROM retention_rules WHERE data_source_id = ?',
  );
  const put = database.prepare<[string, Outcome, number | null, number | null], never>(
    `INSERT INTO retention_rules (data_source_id, outcome, calls, days) VALUES (?, ?, ?, ?)
      ON CONFLICT (data_source_id, outcome) DO UPDATE SET calls = excluded.calls, days = excluded.days`,
  );
  const indexed = database.prepare<[string], { indexed_sequence: number }>(
    'SELECT indexed_sequence FROM mapping_revisions WHERE data_source_id = ? ORDER BY revision DESC LIMIT 1',
  );
  const sweep = database.prepare<[string], { last_at: number; calls: number; bytes: number }>(
    'SELECT last_at, calls, bytes FROM retention_sweeps WHERE data_source_id = ?',
  );
  const addSweep = database.prepare<[string, number, number, number], never>(
    `INSERT INTO retention_sweeps (data_source_id, last_at, calls, bytes) VALUES (?, ?, ?, ?)
      ON CONFLICT (data_source_id) DO UPDATE SET last_at = excluded.last_at, calls = calls + excluded.calls,
        bytes = bytes + excluded.bytes`,
  );

  const pinned = database.prepare<[number], { pinned: number }>(
    'SELECT pinned FROM capture_marks WHERE sequence = ?',
  );

  return {
    isPinned: (sequence: number) => pinned.get(sequence)?.pinned === 1,
    rules: (dataSourceId: string) => rules.all(dataSourceId),
    putRule: (dataSourceId: string, row: RuleRow) =>
      void put.run(dataSourceId, row.outcome, row.calls, row.days),
    /** How far the newest mapping has indexed; undefined where there is none, so that every accepted call waits. */
    indexedSequence: (dataSourceId: string) => indexed.get(dataSourceId)?.indexed_sequence,
    deleted: (dataSourceId: string) => sweep.get(dataSourceId),
    addDeleted: (dataSourceId: string, at: number, { calls, bytes }: CallVolume) =>
      void addSweep.run(dataSourceId, at, calls, bytes),
  };
}

export type RetentionTable = ReturnType<typeof createRetentionTable>;
