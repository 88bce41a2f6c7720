// What the mapped paths yielded lately, in the store: one row for each type of event of a revision.
import type { Database } from '../store/database.ts';
import type { PathMemory } from './path-memory.ts';

export type RowMemories = Record<string, PathMemory>;

export interface DriftRow {
  event_type: string;
  /** JSON: `RowMemories`. */
  rows: string;
}

export function createDriftTable(database: Database) {
  const get = database.prepare<[string, number, string], DriftRow>(
    'SELECT event_type, rows FROM mapping_drift WHERE data_source_id = ? AND revision = ? AND event_type = ?',
  );
  const list = database.prepare<[string, number], DriftRow>(
    'SELECT event_type, rows FROM mapping_drift WHERE data_source_id = ? AND revision = ? AND drifted > 0',
  );
  const eventTypes = database.prepare<[string, number], { count: number }>(
    'SELECT count(*) AS count FROM mapping_drift WHERE data_source_id = ? AND revision = ?',
  );
  const put = database.prepare<[string, number, string, string, number, number], never>(
    `INSERT INTO mapping_drift (data_source_id, revision, event_type, rows, drifted, id_drifted) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (data_source_id, revision, event_type) DO UPDATE SET rows = excluded.rows, drifted = excluded.drifted,
        id_drifted = excluded.id_drifted`,
  );
  const dropOthers = database.prepare<[string, number], never>(
    'DELETE FROM mapping_drift WHERE data_source_id = ? AND revision <> ?',
  );
  return {
    get(dataSourceId: string, revision: number, eventType: string): RowMemories | undefined {
      const row = get.get(dataSourceId, revision, eventType);
      return row && (JSON.parse(row.rows) as RowMemories);
    },
    /** The types of event in which something drifts. */
    drifting: (dataSourceId: string, revision: number) =>
      list
        .all(dataSourceId, revision)
        .map((row) => ({ eventType: row.event_type, rows: JSON.parse(row.rows) as RowMemories })),
    eventTypes: (dataSourceId: string, revision: number) =>
      eventTypes.get(dataSourceId, revision)?.count ?? 0,
    put(dataSourceId: string, revision: number, eventType: string, rows: RowMemories): void {
      const drifted = Object.values(rows).filter(({ drift }) => drift).length;
      const idDrifted = rows['id']?.drift ? 1 : 0;
      put.run(dataSourceId, revision, eventType, JSON.stringify(rows), drifted, idDrifted);
    },
    dropOthers: (dataSourceId: string, kept: number) => void dropOthers.run(dataSourceId, kept),
  };
}

export type DriftTable = ReturnType<typeof createDriftTable>;
