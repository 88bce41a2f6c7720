// The index of the items' words in the store: what is in it, and how far.
import type { Database } from '../store/database.ts';
import { sourceToken, wordsOf } from './item-words.ts';
import type { ItemRow } from './items-table.ts';

export function createItemWordsTable(database: Database) {
  const cursor = database.prepare<[string, number], { change: number }>(
    'SELECT change FROM item_words_cursors WHERE data_source_id = ? AND revision = ?',
  );
  const putCursor = database.prepare<[string, number, number], never>(
    `INSERT INTO item_words_cursors (data_source_id, revision, change) VALUES (?, ?, ?)
      ON CONFLICT (data_source_id, revision) DO UPDATE SET change = excluded.change`,
  );
  const dropCursors = database.prepare<[string, number, number], never>(
    'DELETE FROM item_words_cursors WHERE data_source_id = ? AND revision <> ? AND revision <> ?',
  );
  const changed = database.prepare<[string, number, number, number], ItemRow>(
    `SELECT * FROM items WHERE data_source_id = ? AND revision = ? AND last_change > ?
      ORDER BY last_change LIMIT ?`,
  );
  const remaining = database.prepare<[string, number, number, number], { count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM items WHERE data_source_id = ? AND revision = ?
      AND last_change > ? LIMIT ?)`,
  );
  const wordsChange = database.prepare<[string, number], { change: number }>(
    'SELECT change FROM item_words_of WHERE item_id = ? AND revision = ?',
  );
  const putWordsChange = database.prepare<[string, number, number], never>(
    `INSERT INTO item_words_of (item_id, revision, change) VALUES (?, ?, ?)
      ON CONFLICT (item_id, revision) DO UPDATE SET change = excluded.change`,
  );
  const dropWords = database.prepare<[number], never>('DELETE FROM item_words WHERE rowid = ?');
  const addWords = database.prepare<[number, string, string], never>(
    'INSERT INTO item_words (rowid, source, words) VALUES (?, ?, ?)',
  );
  const revisions = database.prepare<[string], { live: number; newest: number | null }>(
    `SELECT live_revision AS live,
        (SELECT max(revision) FROM mapping_revisions WHERE data_source_id = data_sources.id) AS newest
      FROM data_sources WHERE id = ?`,
  );
  const sources = database.prepare<[], { id: string }>('SELECT id FROM data_sources');

  return {
    sources: () => sources.all().map(({ id }) => id),
    /** The revision that readers see, and the newest one, which may be under way. */
    revisionsOf(dataSourceId: string): number[] {
      const row = revisions.get(dataSourceId);
      return row ? [...new Set([row.live, row.newest ?? row.live])] : [];
    },
    /** Items that changed since their words were indexed last, in order of change. */
    changed: (dataSourceId: string, revision: number, limit: number) =>
      changed.all(dataSourceId, revision, cursor.get(dataSourceId, revision)?.change ?? 0, limit),
    /** How many there are of them, counted up to `most`. */
    remaining: (dataSourceId: string, revision: number, most: number) =>
      remaining.get(dataSourceId, revision, cursor.get(dataSourceId, revision)?.change ?? 0, most)?.count ??
      0,
    /** Indexes the words of one item; called inside a transaction. */
    put(item: ItemRow): void {
      const before = wordsChange.get(item.id, item.revision);
      if (before) dropWords.run(before.change);
      addWords.run(item.last_change, sourceToken(item.data_source_id, item.revision), wordsOf(item));
      putWordsChange.run(item.id, item.revision, item.last_change);
    },
    advance: (dataSourceId: string, revision: number, change: number) =>
      void putCursor.run(dataSourceId, revision, change),
    /** Forgets the cursors of all other revisions. */
    dropCursors: (dataSourceId: string, kept: readonly number[]) =>
      void dropCursors.run(dataSourceId, kept[0] ?? 0, kept.at(-1) ?? 0),
  };
}

export type ItemWordsTable = ReturnType<typeof createItemWordsTable>;
