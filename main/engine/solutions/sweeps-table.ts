// Scheduled modules that go through the items of their source, in the store: how far each is.
import type { Database } from '../store/database.ts';

export interface SweepRow {
  module_id: string;
  data_source_id: string;
  /** The scheduled time. */
  at: number;
  after_external_id: string | null;
}

export function createSweepsTable(database: Database) {
  const start = database.prepare<[string, string, number], never>(
    'INSERT INTO module_sweeps (module_id, data_source_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const all = database.prepare<[], SweepRow>('SELECT * FROM module_sweeps ORDER BY at, module_id');
  const has = database.prepare<[string], { found: number }>(
    'SELECT 1 AS found FROM module_sweeps WHERE module_id = ?',
  );
  const move = database.prepare<[string, string], never>(
    'UPDATE module_sweeps SET after_external_id = ? WHERE module_id = ?',
  );
  const end = database.prepare<[string], never>('DELETE FROM module_sweeps WHERE module_id = ?');
  return {
    /** False where the module goes through its items already. */
    start: (moduleId: string, dataSourceId: string, at: number): boolean =>
      start.run(moduleId, dataSourceId, at).changes > 0,
    all: () => all.all(),
    has: (moduleId: string) => has.get(moduleId) !== undefined,
    move: (moduleId: string, after: string) => void move.run(after, moduleId),
    end: (moduleId: string) => void end.run(moduleId),
  };
}

export type SweepsTable = ReturnType<typeof createSweepsTable>;
