// Solutions and their access to data sources in the store. Deleted ones stay for the time to undo and are left out here.
import type { Database } from '../store/database.ts';

export interface SolutionRow {
  id: string;
  name: string;
  description: string;
  created_at: number;
  deleted_at: number | null;
  module_count: number;
  enabled_count: number;
  source_count: number;
}

const columns = `solutions.*,
  (SELECT count(*) FROM modules WHERE solution_id = solutions.id AND deleted_at IS NULL) AS module_count,
  (SELECT count(*) FROM modules WHERE solution_id = solutions.id AND deleted_at IS NULL AND enabled = 1) AS enabled_count,
  (SELECT count(*) FROM solution_access JOIN data_sources ON data_sources.id = data_source_id
    WHERE solution_id = solutions.id AND data_sources.deleted_at IS NULL) AS source_count`;

export function createSolutionsTable(database: Database) {
  const list = database.prepare<[], SolutionRow>(
    `SELECT ${columns} FROM solutions WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id`,
  );
  const get = database.prepare<[string], SolutionRow>(`SELECT ${columns} FROM solutions WHERE id = ?`);
  const insert = database.prepare<[string, string, string, number], never>(
    'INSERT INTO solutions (id, name, description, created_at) VALUES (?, ?, ?, ?)',
  );
  const update = database.prepare<[string, string, string], never>(
    'UPDATE solutions SET name = ?, description = ? WHERE id = ?',
  );
  const setDeleted = database.prepare<[number | null, string], never>(
    'UPDATE solutions SET deleted_at = ? WHERE id = ?',
  );
  const deleted = database.prepare<[], { id: string; deleted_at: number }>(
    'SELECT id, deleted_at FROM solutions WHERE deleted_at IS NOT NULL ORDER BY deleted_at',
  );
  const drop = database.prepare<[string], never>('DELETE FROM solutions WHERE id = ?');
  const dropAccess = database.prepare<[string], never>('DELETE FROM solution_access WHERE solution_id = ?');
  const give = database.prepare<[string, string], never>(
    'INSERT INTO solution_access (solution_id, data_source_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const take = database.prepare<[string, string], never>(
    'DELETE FROM solution_access WHERE solution_id = ? AND data_source_id = ?',
  );
  const mayUse = database.prepare<[string, string], { found: number }>(
    'SELECT 1 AS found FROM solution_access WHERE solution_id = ? AND data_source_id = ?',
  );

  return {
    list: () => list.all(),
    /** Deleted ones, too: see `deleted_at`. */
    get: (id: string) => get.get(id),
    insert: (row: Pick<SolutionRow, 'id' | 'name' | 'description' | 'created_at'>) =>
      void insert.run(row.id, row.name, row.description, row.created_at),
    update: (id: string, name: string, description: string) => void update.run(name, description, id),
    setDeleted: (id: string, at: number | undefined) => void setDeleted.run(at ?? null, id),
    deleted: () => deleted.all(),
    /** For good, when its modules are gone. */
    drop(id: string): void {
      dropAccess.run(id);
      drop.run(id);
    },
    mayUse: (solutionId: string, dataSourceId: string) => mayUse.get(solutionId, dataSourceId) !== undefined,
    /** True where that changed something. */
    setAccess: (solutionId: string, dataSourceId: string, allowed: boolean): boolean =>
      (allowed ? give : take).run(solutionId, dataSourceId).changes > 0,
  };
}

export type SolutionsTable = ReturnType<typeof createSolutionsTable>;
