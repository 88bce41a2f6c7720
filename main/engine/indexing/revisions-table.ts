// Saved mappings in the store, with how far each has indexed the history, and the unsaved drafts.
import type { Mapping } from '#contract';
import { type Database, transact } from '../store/database.ts';

export interface RevisionRow {
  data_source_id: string;
  revision: number;
  mapping: string;
  saved_at: number;
  indexed_sequence: number;
  indexed_elements: number;
  attention_count: number;
  item_count: number;
}

/** To count a million calls takes a tenth of a second. */
const countedAtMost = 20_000;

export function createRevisionsTable(database: Database) {
  const newest = database.prepare<[string], RevisionRow>(
    'SELECT * FROM mapping_revisions WHERE data_source_id = ? ORDER BY revision DESC LIMIT 1',
  );
  const one = database.prepare<[string, number], RevisionRow>(
    'SELECT * FROM mapping_revisions WHERE data_source_id = ? AND revision = ?',
  );
  const drop = database.prepare<[string, number], never>(
    'DELETE FROM mapping_revisions WHERE data_source_id = ? AND revision = ?',
  );
  const sources = database.prepare<[], { data_source_id: string }>(
    'SELECT DISTINCT data_source_id FROM mapping_revisions',
  );
  const insert = database.prepare<[string, number, string, number], never>(
    'INSERT INTO mapping_revisions (data_source_id, revision, mapping, saved_at) VALUES (?, ?, ?, ?)',
  );
  const advance = database.prepare<[number, number, number, number, string, number], never>(
    `UPDATE mapping_revisions SET indexed_sequence = ?, indexed_elements = ?, item_count = item_count + ?,
      attention_count = attention_count + ? WHERE data_source_id = ? AND revision = ?`,
  );
  const goLive = database.prepare<[string, number], never>(
    `UPDATE data_sources SET live_revision = revision.revision, item_count = revision.item_count,
        attention_count = revision.attention_count
      FROM mapping_revisions AS revision
      WHERE data_sources.id = revision.data_source_id AND revision.data_source_id = ? AND revision.revision = ?`,
  );
  const dropOlder = database.prepare<[string, number], never>(
    'DELETE FROM mapping_revisions WHERE data_source_id = ? AND revision < ?',
  );
  const live = database.prepare<[string], { live_revision: number }>(
    'SELECT live_revision FROM data_sources WHERE id = ?',
  );
  const runsAfter = database.prepare<[string], { runs_after: number }>(
    'SELECT runs_after FROM data_sources WHERE id = ?',
  );
  const setRunsAfter = database.prepare<[number, string], never>(
    'UPDATE data_sources SET runs_after = max(runs_after, ?) WHERE id = ?',
  );
  const forgotten = database.prepare<[string], { forgotten_count: number }>(
    'SELECT forgotten_count FROM data_sources WHERE id = ?',
  );
  const uncountWaiting = database.prepare<[number, string], never>(
    'UPDATE data_sources SET waiting_count = max(0, waiting_count - ?) WHERE id = ?',
  );
  const remaining = database.prepare<[string, number], { count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM captures
      WHERE data_source_id = ? AND outcome = 'accepted' AND sequence > ? LIMIT ${countedAtMost + 1})`,
  );
  const accepted = database.prepare<{ source: string }, { calls: number; first: number; last: number }>(
    `SELECT calls,
        (SELECT min(sequence) FROM captures WHERE data_source_id = @source AND outcome = 'accepted') AS first,
        (SELECT max(sequence) FROM captures WHERE data_source_id = @source AND outcome = 'accepted') AS last
      FROM capture_totals WHERE data_source_id = @source AND outcome = 'accepted'`,
  );
  const yielding = database.prepare<[string, number, number], { count: number; last: number | null }>(
    `SELECT count(*) FILTER (WHERE item_count > 0 AND index_state IN ('indexed', 'needsAttention')) AS count,
        max(sequence) AS last
      FROM (SELECT sequence, item_count, index_state FROM captures
        WHERE data_source_id = ? AND outcome = 'accepted' AND sequence > ? ORDER BY sequence LIMIT ?)`,
  );
  const waitingOf = database.prepare<[string], { waiting_count: number }>(
    'SELECT waiting_count FROM data_sources WHERE id = ?',
  );
  const waitingInAll = database.prepare<[], { count: number | null }>(
    'SELECT sum(waiting_count) AS count FROM data_sources WHERE deleted_at IS NULL',
  );
  const draft = database.prepare<[string], { mapping: string }>(
    'SELECT mapping FROM mapping_drafts WHERE data_source_id = ?',
  );
  const putDraft = database.prepare<[string, string, number], never>(
    `INSERT INTO mapping_drafts (data_source_id, mapping, kept_at) VALUES (?, ?, ?)
      ON CONFLICT (data_source_id) DO UPDATE SET mapping = excluded.mapping, kept_at = excluded.kept_at`,
  );
  const dropDraft = database.prepare<[string], never>('DELETE FROM mapping_drafts WHERE data_source_id = ?');

  return {
    newest: (dataSourceId: string) => newest.get(dataSourceId),
    get: (dataSourceId: string, revision: number) => one.get(dataSourceId, revision),
    /** Takes a saved mapping back and makes it the draft again, unless somebody has gone on editing since. */
    takeBack(row: RevisionRow, now: number): void {
      drop.run(row.data_source_id, row.revision);
      if (!draft.get(row.data_source_id)) putDraft.run(row.data_source_id, row.mapping, now);
    },
    /** Ids of the data sources that have a saved mapping. */
    sources: () => sources.all().map((row) => row.data_source_id),
    /**
     * Saves the mapping as the next revision and drops the draft; answers with its number, which is above `above`: a number is
     * not given twice while items of a mapping that was taken back are still there.
     */
    add(dataSourceId: string, mapping: Mapping, now: number, above = 0): number {
      return transact(database, () => {
        const revision =
          Math.max(
            newest.get(dataSourceId)?.revision ?? 0,
            live.get(dataSourceId)?.live_revision ?? 0,
            above,
          ) + 1;
        insert.run(dataSourceId, revision, JSON.stringify(mapping), now);
        dropDraft.run(dataSourceId);
        return revision;
      });
    },
    liveRevision: (dataSourceId: string) => live.get(dataSourceId)?.live_revision ?? 0,
    /** Moves the cursor of a revision; called inside the transaction that wrote the items. */
    advance(
      row: Pick<RevisionRow, 'data_source_id' | 'revision'>,
      to: { sequence: number; elements: number; newItems: number; newAttention: number },
    ): void {
      advance.run(to.sequence, to.elements, to.newItems, to.newAttention, row.data_source_id, row.revision);
    },
    /** Makes a revision the one that readers see, with its counts. */
    goLive: (dataSourceId: string, revision: number) => void goLive.run(dataSourceId, revision),
    /** Calls up to this sequence run no modules (any more): they came before the first mapping, or ran them under an earlier one. */
    runsAfter: (dataSourceId: string) => runsAfter.get(dataSourceId)?.runs_after ?? 0,
    setRunsAfter: (dataSourceId: string, sequence: number) => void setRunsAfter.run(sequence, dataSourceId),
    dropOlder: (dataSourceId: string, revision: number) => void dropOlder.run(dataSourceId, revision),
    /** Whether retention has deleted accepted calls, so that some items cannot be made again. */
    hasForgotten: (dataSourceId: string) => (forgotten.get(dataSourceId)?.forgotten_count ?? 0) > 0,
    uncountWaiting: (dataSourceId: string, count: number) => void uncountWaiting.run(count, dataSourceId),
    waiting: (dataSourceId: string) => waitingOf.get(dataSourceId)?.waiting_count ?? 0,
    waitingInAll: () => waitingInAll.get()?.count ?? 0,
    /** Accepted calls after the cursor. Counted where they are few; a part of all where they are many. */
    remaining(dataSourceId: string, sequence: number): number {
      const counted = remaining.get(dataSourceId, sequence)?.count ?? 0;
      const all = accepted.get({ source: dataSourceId });
      if (counted <= countedAtMost || !all) return counted;
      const part = Math.min(1, (all.last - sequence) / (all.last - all.first + 1));
      return Math.max(counted, Math.round(all.calls * part));
    },
    /** Of the next `limit` accepted calls after `sequence`: how many yielded items, and the last of them. */
    yielding(dataSourceId: string, sequence: number, limit: number): { count: number; last?: number } {
      const { count, last } = yielding.get(dataSourceId, sequence, limit) ?? { count: 0, last: null };
      return { count, ...(last === null ? {} : { last }) };
    },
    draft: (dataSourceId: string): Mapping | undefined => {
      const row = draft.get(dataSourceId);
      return row && (JSON.parse(row.mapping) as Mapping);
    },
    putDraft: (dataSourceId: string, mapping: Mapping, now: number) =>
      void putDraft.run(dataSourceId, JSON.stringify(mapping), now),
    dropDraft: (dataSourceId: string) => void dropDraft.run(dataSourceId),
  };
}

export type RevisionsTable = ReturnType<typeof createRevisionsTable>;
