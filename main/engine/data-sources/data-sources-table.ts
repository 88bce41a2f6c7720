// Data sources and connections in the store.
import type { DataSourceEntry, DataSourceKind } from '#contract';
import { type Database, transact } from '../store/database.ts';

export interface DataSourceRow {
  id: string;
  kind: DataSourceKind;
  entry: DataSourceEntry;
  name: string;
  application_id: string | null;
  created_at: number;
  last_received_at: number | null;
  capture_count: number;
  rejected_count: number;
  handshake_count: number;
  waiting_count: number;
  attention_count: number;
  item_count: number;
  live_revision: number;
  paused_at: number | null;
  deleted_at: number | null;
  description: string;
  notes: string;
  /** 1 where a mapping is saved, live or being indexed. */
  has_mapping: number;
  /** Mapped paths that drift under the live revision; `id_drift_count` of them are paths of the id. */
  drift_count: number;
  id_drift_count: number;
  /** Modules that use it. */
  module_count: number;
  /** Outcome of the newest capture that is no handshake. */
  last_outcome: string | null;
}

export interface ConnectionRow {
  id: string;
  data_source_id: string;
  name: string;
  token: string;
  created_at: number;
  /** JSON of `Receiving`. */
  receiving: string;
}

/** The token of a rotated URL that is still answered. */
export interface FormerTokenRow {
  token: string;
  connection_id: string;
  valid_until: number;
}

const columns = `data_sources.*,
  EXISTS (SELECT 1 FROM mapping_revisions WHERE data_source_id = data_sources.id) AS has_mapping,
  (SELECT coalesce(sum(drifted), 0) FROM mapping_drift
    WHERE data_source_id = data_sources.id AND revision = live_revision) AS drift_count,
  (SELECT coalesce(sum(id_drifted), 0) FROM mapping_drift
    WHERE data_source_id = data_sources.id AND revision = live_revision) AS id_drift_count,
  (SELECT count(DISTINCT modules.id) FROM module_uses JOIN modules ON modules.id = module_uses.module_id
      JOIN solutions ON solutions.id = modules.solution_id
    WHERE module_uses.data_source_id = data_sources.id AND modules.deleted_at IS NULL AND solutions.deleted_at IS NULL)
    AS module_count,
  (SELECT outcome FROM captures WHERE data_source_id = data_sources.id AND outcome <> 'handshake'
    ORDER BY sequence DESC LIMIT 1) AS last_outcome`;

export function createDataSourcesTable(database: Database) {
  const list = database.prepare<[], DataSourceRow>(
    `SELECT ${columns} FROM data_sources WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC`,
  );
  const get = database.prepare<[string], DataSourceRow>(
    `SELECT ${columns} FROM data_sources WHERE id = ? AND deleted_at IS NULL`,
  );
  const states = database.prepare<
    [],
    Pick<DataSourceRow, 'id' | 'application_id' | 'paused_at' | 'deleted_at'>
  >('SELECT id, application_id, paused_at, deleted_at FROM data_sources');
  const insert = database.prepare<[string, string, string, string, string | null, number], never>(
    'INSERT INTO data_sources (id, kind, entry, name, application_id, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const describe = database.prepare<[string, string, string, string], never>(
    'UPDATE data_sources SET name = ?, description = ?, notes = ? WHERE id = ?',
  );
  const pause = database.prepare<[number | null, string], never>(
    'UPDATE data_sources SET paused_at = ? WHERE id = ?',
  );
  const setDeleted = database.prepare<[number | null, string], never>(
    'UPDATE data_sources SET deleted_at = ? WHERE id = ?',
  );
  const deleted = database.prepare<[], Pick<DataSourceRow, 'id' | 'deleted_at'>>(
    'SELECT id, deleted_at FROM data_sources WHERE deleted_at IS NOT NULL ORDER BY deleted_at',
  );
  const setToken = database.prepare<[string, string], never>('UPDATE connections SET token = ? WHERE id = ?');
  const addFormer = database.prepare<[string, string, number], never>(
    'INSERT INTO former_tokens (token, connection_id, valid_until) VALUES (?, ?, ?)',
  );
  const dropFormer = database.prepare<[string], never>('DELETE FROM former_tokens WHERE connection_id = ?');
  const dropEnded = database.prepare<[number], never>('DELETE FROM former_tokens WHERE valid_until <= ?');
  const former = database.prepare<[], FormerTokenRow>('SELECT * FROM former_tokens');
  const insertConnection = database.prepare<[string, string, string, string, number], never>(
    'INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const connections = database.prepare<[], ConnectionRow>(
    'SELECT * FROM connections WHERE removed_at IS NULL ORDER BY created_at, id',
  );
  const renameConnection = database.prepare<[string, string], never>(
    'UPDATE connections SET name = ? WHERE id = ?',
  );
  const setReceiving = database.prepare<[string, string], never>(
    'UPDATE connections SET receiving = ? WHERE id = ?',
  );
  const removeConnection = database.prepare<[number, string], never>(
    'UPDATE connections SET removed_at = ? WHERE id = ?',
  );

  return {
    list: () => list.all(),
    get: (id: string) => get.get(id),
    /** What the receiver must know of every data source, deleted ones included. */
    states: () => states.all(),
    describe: (id: string, to: Pick<DataSourceRow, 'name' | 'description' | 'notes'>) =>
      void describe.run(to.name, to.description, to.notes, id),
    setPaused: (id: string, at: number | undefined) => void pause.run(at ?? null, id),
    setDeleted: (id: string, at: number | undefined) => void setDeleted.run(at ?? null, id),
    /** Deleted ones whose removal has not ended, longest deleted first. */
    deleted: () => deleted.all(),
    /** Those that were not removed, of all data sources, oldest first. */
    connections: () => connections.all(),
    addConnection: (row: ConnectionRow) =>
      void insertConnection.run(row.id, row.data_source_id, row.name, row.token, row.created_at),
    renameConnection: (id: string, name: string) => void renameConnection.run(name, id),
    setReceiving: (id: string, receiving: string) => void setReceiving.run(receiving, id),
    /** Called inside a transaction. Its row stays, because its calls refer to it. */
    removeConnection(id: string, at: number): void {
      dropFormer.run(id);
      removeConnection.run(at, id);
    },
    formerTokens: (now: number) => {
      dropEnded.run(now);
      return former.all();
    },
    /** Called inside a transaction. Without `keptUntil` every former token of the connection is forgotten. */
    rotate(connection: ConnectionRow, token: string, keptUntil: number | undefined): void {
      setToken.run(token, connection.id);
      if (keptUntil === undefined) dropFormer.run(connection.id);
      else addFormer.run(connection.token, connection.id, keptUntil);
    },
    create(
      source: Pick<DataSourceRow, 'id' | 'kind' | 'entry' | 'name' | 'application_id' | 'created_at'>,
      connection: ConnectionRow,
    ): void {
      transact(database, () => {
        insert.run(
          source.id,
          source.kind,
          source.entry,
          source.name,
          source.application_id,
          source.created_at,
        );
        insertConnection.run(
          connection.id,
          connection.data_source_id,
          connection.name,
          connection.token,
          connection.created_at,
        );
      });
    },
  };
}

export type DataSourcesTable = ReturnType<typeof createDataSourcesTable>;
