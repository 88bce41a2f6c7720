// The sealed secrets of connections in the store.
import type { SecretPurpose } from '#contract';
import { type Database, transact } from '../store/database.ts';

export interface SecretRow {
  id: string;
  connection_id: string;
  purpose: SecretPurpose;
  origin: 'user' | 'handshake';
  sealed: Uint8Array;
  set_at: number;
}

/** Live secrets of one purpose: while one is rotated, the older one is still good. */
const mostLive = { signature: 2, verifyToken: 1 } as const satisfies Record<SecretPurpose, number>;

export function createConnectionSecretsTable(database: Database) {
  const ofConnection = database.prepare<[string], SecretRow>(
    'SELECT * FROM connection_secrets WHERE connection_id = ? ORDER BY rowid DESC',
  );
  const others = database.prepare<[string, number], SecretRow & { source_name: string }>(
    `SELECT connection_secrets.*, data_sources.name AS source_name FROM connection_secrets
      JOIN connections ON connections.id = connection_secrets.connection_id
      JOIN data_sources ON data_sources.id = connections.data_source_id
      WHERE connection_secrets.connection_id <> ? AND purpose = 'signature' ORDER BY connection_secrets.rowid DESC LIMIT ?`,
  );
  const insert = database.prepare<[SecretRow], never>(
    `INSERT INTO connection_secrets (id, connection_id, purpose, origin, sealed, set_at)
      VALUES (@id, @connection_id, @purpose, @origin, @sealed, @set_at)`,
  );
  const keepNewest = database.prepare<[string, string, string, string, number], never>(
    `DELETE FROM connection_secrets WHERE connection_id = ? AND purpose = ? AND id NOT IN
      (SELECT id FROM connection_secrets WHERE connection_id = ? AND purpose = ? ORDER BY rowid DESC LIMIT ?)`,
  );
  const remove = database.prepare<[string, string], never>(
    'DELETE FROM connection_secrets WHERE connection_id = ? AND id = ?',
  );
  const removeAll = database.prepare<[string], never>(
    'DELETE FROM connection_secrets WHERE connection_id = ?',
  );
  const scheme = database.prepare<[string], { chosen_scheme: string | null }>(
    'SELECT chosen_scheme FROM connections WHERE id = ?',
  );
  const setScheme = database.prepare<[string | null, string], never>(
    'UPDATE connections SET chosen_scheme = ? WHERE id = ?',
  );

  function put(row: SecretRow, keep: number): void {
    insert.run(row);
    keepNewest.run(row.connection_id, row.purpose, row.connection_id, row.purpose, keep);
  }

  return {
    /** Newest first, of both purposes. */
    ofConnection: (connectionId: string): SecretRow[] => ofConnection.all(connectionId),
    /** Signing secrets of other connections, newest first, with the name of their data source. */
    others: (connectionId: string, limit: number) => others.all(connectionId, limit),
    /** In the place of all live ones of its purpose, or with `beside` in the place of all but the newest. */
    set(row: SecretRow, beside: boolean): void {
      transact(database, () => put(row, beside ? mostLive[row.purpose] : 1));
    },
    /** Called inside a transaction. False where one of this purpose is set already. */
    setWhereNone(row: SecretRow): boolean {
      if (ofConnection.all(row.connection_id).some(({ purpose }) => purpose === row.purpose)) return false;
      insert.run(row);
      return true;
    },
    remove: (connectionId: string, id: string): boolean => remove.run(connectionId, id).changes > 0,
    /** JSON of the scheme that the user chose. */
    scheme: (connectionId: string): string | undefined =>
      scheme.get(connectionId)?.chosen_scheme ?? undefined,
    setScheme: (connectionId: string, json: string): void => void setScheme.run(json, connectionId),
    /** Takes the chosen scheme back, and the secrets that were set for it. */
    dropScheme(connectionId: string): void {
      transact(database, () => {
        setScheme.run(null, connectionId);
        removeAll.run(connectionId);
      });
    },
  };
}

export type ConnectionSecretsTable = ReturnType<typeof createConnectionSecretsTable>;
