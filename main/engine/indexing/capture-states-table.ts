// The states of calls under a mapping that is not live yet, beside those that readers see, until it goes live or is cancelled.
import type { IndexState } from '#contract';
import type { Database } from '../store/database.ts';

export interface CaptureState {
  state: IndexState;
  /** Elements that became items. */
  items: number;
  attention?: { elements: number; lacking: number; reasons: readonly { element: number; reason: string }[] };
}

export function createCaptureStatesTable(database: Database) {
  const put = database.prepare<[string, number, number, IndexState, number, string | null], never>(
    `INSERT INTO capture_states (data_source_id, revision, sequence, index_state, item_count, attention)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (data_source_id, revision, sequence) DO UPDATE SET index_state = excluded.index_state,
        item_count = excluded.item_count, attention = excluded.attention`,
  );
  const last = database.prepare<[string, number, number], { sequence: number | null }>(
    `SELECT max(sequence) AS sequence FROM (
      SELECT sequence FROM capture_states WHERE data_source_id = ? AND revision = ? ORDER BY sequence LIMIT ?)`,
  );
  const waiting = database.prepare<[string, number, number], { count: number }>(
    `SELECT count(*) AS count FROM capture_states JOIN captures USING (sequence)
      WHERE capture_states.data_source_id = ? AND revision = ? AND sequence <= ? AND captures.index_state = 'waiting'`,
  );
  const apply = database.prepare<[string, number, number], never>(
    `UPDATE captures SET index_state = made.index_state, item_count = made.item_count FROM capture_states AS made
      WHERE made.data_source_id = ? AND made.revision = ? AND made.sequence <= ? AND captures.sequence = made.sequence
        AND (captures.index_state <> made.index_state OR captures.item_count <> made.item_count)`,
  );
  const addAttention = database.prepare<[string, number, number], never>(
    `INSERT INTO captures_needing_attention (data_source_id, sequence, elements, lacking, reasons)
      SELECT made.data_source_id, made.sequence, made.attention ->> 'elements', made.attention ->> 'lacking',
          made.attention -> 'reasons'
        FROM capture_states AS made JOIN captures USING (sequence)
        WHERE made.data_source_id = ? AND made.revision = ? AND made.sequence <= ? AND made.attention IS NOT NULL
      ON CONFLICT (data_source_id, sequence) DO UPDATE SET elements = excluded.elements, lacking = excluded.lacking,
        reasons = excluded.reasons`,
  );
  const dropAttention = database.prepare<[string, string, number, number], never>(
    `DELETE FROM captures_needing_attention WHERE data_source_id = ? AND sequence IN (
      SELECT sequence FROM capture_states
        WHERE data_source_id = ? AND revision = ? AND sequence <= ? AND attention IS NULL)`,
  );
  const dropApplied = database.prepare<[string, number, number], never>(
    'DELETE FROM capture_states WHERE data_source_id = ? AND revision = ? AND sequence <= ?',
  );
  const dropOthers = database.prepare<[string, number, number], never>(
    `DELETE FROM capture_states WHERE rowid IN (
      SELECT rowid FROM capture_states WHERE data_source_id = ? AND revision <> ? LIMIT ?)`,
  );

  return {
    put(dataSourceId: string, revision: number, sequence: number, made: CaptureState): void {
      const attention = made.attention ? JSON.stringify(made.attention) : null;
      put.run(dataSourceId, revision, sequence, made.state, made.items, attention);
    },
    /**
     * Moves up to `limit` states of a revision to the captures; called inside a transaction. Answers how many of these calls
     * had waited, or undefined when none was left.
     */
    applySome(dataSourceId: string, revision: number, limit: number): number | undefined {
      const upTo = last.get(dataSourceId, revision, limit)?.sequence ?? undefined;
      if (upTo === undefined) return undefined;
      const count = waiting.get(dataSourceId, revision, upTo)?.count ?? 0;
      apply.run(dataSourceId, revision, upTo);
      dropAttention.run(dataSourceId, dataSourceId, revision, upTo);
      addAttention.run(dataSourceId, revision, upTo);
      dropApplied.run(dataSourceId, revision, upTo);
      return count;
    },
    /** Forgets up to `limit` states of other revisions than `kept`; false when none was left. */
    dropOtherRevisions: (dataSourceId: string, kept: number, limit: number): boolean =>
      dropOthers.run(dataSourceId, kept, limit).changes > 0,
  };
}

export type CaptureStatesTable = ReturnType<typeof createCaptureStatesTable>;
