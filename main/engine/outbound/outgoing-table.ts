// Outgoing configurations and their sealed secrets in the store.
import { type Database, transact } from '../store/database.ts';

export interface OutgoingRow {
  connection_id: string;
  configuration: string;
  state: 'draft' | 'passed';
  passed_at: number | null;
  updated_at: number;
}

export interface OutgoingSecretRow {
  connection_id: string;
  name: string;
  sealed: Uint8Array;
  set_at: number;
}

export function createOutgoingTable(database: Database) {
  const get = database.prepare<[string], OutgoingRow>(
    'SELECT * FROM connection_outgoing WHERE connection_id = ?',
  );
  const put = database.prepare<[OutgoingRow], never>(
    `INSERT INTO connection_outgoing (connection_id, configuration, state, passed_at, updated_at)
      VALUES (@connection_id, @configuration, @state, @passed_at, @updated_at)
      ON CONFLICT (connection_id) DO UPDATE SET configuration = excluded.configuration, state = excluded.state,
        passed_at = excluded.passed_at, updated_at = excluded.updated_at`,
  );
  const secrets = database.prepare<[string], OutgoingSecretRow>(
    'SELECT * FROM outgoing_secrets WHERE connection_id = ?',
  );
  const putSecret = database.prepare<[OutgoingSecretRow], never>(
    `INSERT INTO outgoing_secrets (connection_id, name, sealed, set_at) VALUES (@connection_id, @name, @sealed, @set_at)
      ON CONFLICT (connection_id, name) DO UPDATE SET sealed = excluded.sealed, set_at = excluded.set_at`,
  );
  const dropSecret = database.prepare<[string, string], never>(
    'DELETE FROM outgoing_secrets WHERE connection_id = ? AND name = ?',
  );
  const drop = database.prepare<[string], never>('DELETE FROM connection_outgoing WHERE connection_id = ?');
  const dropSecrets = database.prepare<[string], never>(
    'DELETE FROM outgoing_secrets WHERE connection_id = ?',
  );

  return {
    get: (connectionId: string) => get.get(connectionId),
    secrets: (connectionId: string): OutgoingSecretRow[] => secrets.all(connectionId),
    /** Secrets that are neither given nor named in `keep` go. Called inside a transaction. */
    put(row: OutgoingRow, given: readonly OutgoingSecretRow[], keep: ReadonlySet<string>): void {
      put.run(row);
      for (const { name } of secrets.all(row.connection_id)) {
        if (!keep.has(name)) dropSecret.run(row.connection_id, name);
      }
      for (const secret of given) putSecret.run(secret);
    },
    drop(connectionId: string): void {
      transact(database, () => {
        dropSecrets.run(connectionId);
        drop.run(connectionId);
      });
    },
  };
}

export type OutgoingTable = ReturnType<typeof createOutgoingTable>;
