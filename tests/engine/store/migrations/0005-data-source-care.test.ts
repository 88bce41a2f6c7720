// A store of the first format gets the care of data sources, with its calls counted as if they had been from the start.
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
  `);
  const add = database.prepare(
    `INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
      outcome, status, answered_us, item_count, index_state, notes)
      VALUES (?, 'ds_1', 'con_1', ?, 'POST', '/in/token', '', '[]', 'json', 2, ?, 200, ?, 1, 'waiting', '[]')`,
  );
  add.run('cap_1', 60_001, 'accepted', 1500);
  add.run('cap_2', 60_002, 'accepted', null);
  add.run('cap_3', 120_000, 'rejected', 900);
  database.exec("INSERT INTO capture_bodies (sequence, packing, bytes) VALUES (1, 'none', x'7b7d')");
  database.pragma(`application_id = ${applicationId}`);
  database.pragma('user_version = 1');
  database.close();
  return dataDir;
}

it('counts what an older store holds', () => {
  const store = openStore(storeOfFirstFormat());
  const { database } = store;
  expect(database.prepare('SELECT id, body_bytes FROM captures').all()).toEqual([
    { id: 'cap_1', body_bytes: 2 },
    { id: 'cap_2', body_bytes: 0 },
    { id: 'cap_3', body_bytes: 0 },
  ]);
  expect(database.prepare('SELECT outcome, calls, bytes FROM capture_totals ORDER BY outcome').all()).toEqual(
    [
      { outcome: 'accepted', calls: 2, bytes: 2 },
      { outcome: 'rejected', calls: 1, bytes: 0 },
    ],
  );
  expect(
    database.prepare('SELECT start, accepted, rejected, slowest_us FROM call_buckets ORDER BY start').all(),
  ).toEqual([
    { start: 60_000, accepted: 2, rejected: 0, slowest_us: 1500 },
    { start: 120_000, accepted: 0, rejected: 1, slowest_us: 900 },
  ]);
  expect(
    database.prepare('SELECT paused_at, deleted_at, description, notes FROM data_sources').all(),
  ).toEqual([{ paused_at: null, deleted_at: null, description: '', notes: '' }]);
  store.close();
});
