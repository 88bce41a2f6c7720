// Data sources and connections in the store.
import type { DataSourceKind } from '#contract';
import { type Database, transact } from '../store/database.ts';

export interface DataSourceRow {
  id: string;
  kind: DataSourceKind;
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
  /** 1 where a mapping is saved, live or being indexed. */
  has_mapping: number;
  /** Outcome of the newest capture that is no handshake. */
  last_outcome: string | null;
}

export interface ConnectionRow {
  id: string;
  data_source_id: string;
  name: string;
  token: string;
  created_at: number;
}

const columns = `data_sources.*,
  EXISTS (SELECT 1 FROM mapping_revisions WHERE data_source_id = data_sources.id) AS has_mapping,
  (SELECT outcome FROM captures WHERE data_source_id = data_sources.id AND outcome <> 'handshake'
    ORDER BY sequence DESC LIMIT 1) AS last_outcome`;

export function createDataSourcesTable(database: Database) {
  const list = database.prepare<[], DataSourceRow>(
    `SELECT ${columns} FROM data_sources ORDER BY created_at DESC, id DESC`,
  );
  const get = database.prepare<[string], DataSourceRow>(`SELECT ${columns} FROM data_sources WHERE id = ?`);
  const insert = database.prepare<[string, string, string, string | null, number], never>(
    'INSERT INTO data_sources (id, kind, name, application_id, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const rename = database.prepare<[string, string], never>('UPDATE data_sources SET name = ? WHERE id = ?');
  const insertConnection = database.prepare<[string, string, string, string, number], never>(
    'INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const connections = database.prepare<[], ConnectionRow>(
    'SELECT * FROM connections ORDER BY created_at, id',
  );

  return {
    list: () => list.all(),
    get: (id: string) => get.get(id),
    rename: (id: string, name: string) => rename.run(name, id).changes > 0,
    connections: () => connections.all(),
    create(
      source: Pick<DataSourceRow, 'id' | 'kind' | 'name' | 'application_id' | 'created_at'>,
      connection: ConnectionRow,
    ): void {
      transact(database, () => {
        insert.run(source.id, source.kind, source.name, source.application_id, source.created_at);
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
