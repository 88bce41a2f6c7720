// Calls of which elements have no id, with the reasons, in the store.
import type { Database } from '../store/database.ts';
import type { CaptureRow } from './captures-table.ts';

export interface AttentionRow extends CaptureRow {
  elements: number;
  lacking: number;
  /** JSON: `[{element, reason}]`, the first of them. */
  reasons: string;
}

export function createAttentionTable(database: Database) {
  const put = database.prepare<[string, number, number, number, string], never>(
    `INSERT INTO captures_needing_attention (data_source_id, sequence, elements, lacking, reasons) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (data_source_id, sequence) DO UPDATE SET elements = excluded.elements, lacking = excluded.lacking,
        reasons = excluded.reasons`,
  );
  const drop = database.prepare<[string, number], never>(
    'DELETE FROM captures_needing_attention WHERE data_source_id = ? AND sequence = ?',
  );
  const page = database.prepare<[string, number, number], AttentionRow>(
    `SELECT captures.*, attention.elements, attention.lacking, attention.reasons
      FROM captures_needing_attention AS attention JOIN captures ON captures.sequence = attention.sequence
      WHERE attention.data_source_id = ? AND attention.sequence < ? ORDER BY attention.sequence DESC LIMIT ?`,
  );
  return {
    /** Called inside the transaction that closes the capture. */
    put: (
      capture: Pick<CaptureRow, 'data_source_id' | 'sequence'>,
      facts: { elements: number; lacking: number; reasons: readonly { element: number; reason: string }[] },
    ) =>
      void put.run(
        capture.data_source_id,
        capture.sequence,
        facts.elements,
        facts.lacking,
        JSON.stringify(facts.reasons),
      ),
    drop: (capture: Pick<CaptureRow, 'data_source_id' | 'sequence'>) =>
      void drop.run(capture.data_source_id, capture.sequence),
    page: (dataSourceId: string, before: number, limit: number) => page.all(dataSourceId, before, limit),
  };
}

export type AttentionTable = ReturnType<typeof createAttentionTable>;
