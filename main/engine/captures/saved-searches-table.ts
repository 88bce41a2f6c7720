// Saved searches in the store.
import type { Database } from '../store/database.ts';

export interface SavedSearchRow {
  id: string;
  data_source_id: string | null;
  name: string;
  query: string;
  saved_at: number;
}

export function createSavedSearchesTable(database: Database) {
  const all = database.prepare<[], SavedSearchRow>(
    `SELECT * FROM saved_searches WHERE data_source_id IS NULL
      OR data_source_id IN (SELECT id FROM data_sources WHERE deleted_at IS NULL) ORDER BY name, id`,
  );
  const put = database.prepare<[SavedSearchRow], never>(
    `INSERT INTO saved_searches (id, data_source_id, name, query, saved_at) VALUES (@id, @data_source_id, @name, @query, @saved_at)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, saved_at = excluded.saved_at`,
  );
  const drop = database.prepare<[string], never>('DELETE FROM saved_searches WHERE id = ?');
  const hasSource = database.prepare<[string], { found: number }>(
    'SELECT 1 AS found FROM data_sources WHERE id = ? AND deleted_at IS NULL',
  );
  return {
    all: () => all.all(),
    put: (row: SavedSearchRow) => void put.run(row),
    drop: (id: string) => drop.run(id).changes > 0,
    hasSource: (id: string) => hasSource.get(id) !== undefined,
  };
}

export type SavedSearchesTable = ReturnType<typeof createSavedSearchesTable>;
