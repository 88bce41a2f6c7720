// Actions in the store.
import type { Database } from '../store/database.ts';

export interface ActionRow {
  id: string;
  data_source_id: string;
  name: string;
  definition: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

export function createActionsTable(database: Database) {
  const ofSource = database.prepare<[string], ActionRow>(
    'SELECT * FROM actions WHERE data_source_id = ? AND deleted_at IS NULL ORDER BY name COLLATE NOCASE, id',
  );
  const get = database.prepare<[string], ActionRow>('SELECT * FROM actions WHERE id = ?');
  const insert = database.prepare<[ActionRow], never>(
    `INSERT INTO actions (id, data_source_id, name, definition, created_at, updated_at, deleted_at)
      VALUES (@id, @data_source_id, @name, @definition, @created_at, @updated_at, @deleted_at)`,
  );
  const update = database.prepare<[string, string, number, string], never>(
    'UPDATE actions SET name = ?, definition = ?, updated_at = ? WHERE id = ?',
  );
  const setDeleted = database.prepare<[number | null, string], never>(
    'UPDATE actions SET deleted_at = ? WHERE id = ?',
  );
  const dropDeleted = database.prepare<[number], never>('DELETE FROM actions WHERE deleted_at < ?');

  return {
    /** By name, without deleted ones. */
    ofSource: (dataSourceId: string): ActionRow[] => ofSource.all(dataSourceId),
    /** Deleted ones too. */
    get: (id: string) => get.get(id),
    insert: (row: ActionRow) => void insert.run(row),
    update: (id: string, name: string, definition: string, at: number) =>
      void update.run(name, definition, at, id),
    setDeleted: (id: string, at: number | undefined) => void setDeleted.run(at ?? null, id),
    /** Those that were deleted before a time. */
    dropDeleted: (before: number) => void dropDeleted.run(before),
  };
}

export type ActionsTable = ReturnType<typeof createActionsTable>;
