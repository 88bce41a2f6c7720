// A store of the first format gets the columns and the table of verification, and keeps what it holds.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { initial } from '../../../../main/engine/store/migrations/0001-initial.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

function storeOfFirstFormat(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const database = openDatabase(join(dataDir, 'hookbench.db'));
  database.exec(initial.sql);
  database.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Orders', 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_1', 'ds_1', 'Orders', 'token', 1);
    INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
      outcome, status, item_count, index_state, notes)
      VALUES ('cap_1', 'ds_1', 'con_1', 1, 'POST', '/in/token', '', '[]', 'json', 2, 'accepted', 200, 1, 'waiting', '[]');
  `);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma('user_version = 1');
  database.close();
  return dataDir;
}

it('adds verification to an older store', () => {
  const store = openStore(storeOfFirstFormat());
  const { database } = store;
  expect(database.prepare('SELECT id, verification, found FROM captures').all()).toEqual([
    { id: 'cap_1', verification: null, found: null },
  ]);
  expect(database.prepare('SELECT id, chosen_scheme FROM connections').all()).toEqual([
    { id: 'con_1', chosen_scheme: null },
  ]);
  database.exec(
    "INSERT INTO connection_secrets VALUES ('sec_1', 'con_1', 'signature', 'user', x'00', 1); DELETE FROM captures; DELETE FROM connections;",
  );
  expect(database.prepare('SELECT * FROM connection_secrets').all()).toEqual([]);
  store.close();
});
