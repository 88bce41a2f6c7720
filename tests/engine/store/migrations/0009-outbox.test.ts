// A store of an older format gets the outbox, and keeps what it holds. The number of waiting jobs is right whoever changes them.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, type Database, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

function openMigrated(): Database {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0009-outbox');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec("INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Old', 1)");
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();
  return openStore(dataDir).database;
}

it('adds jobs, attempts and destinations beside what is there', () => {
  const database = openMigrated();
  expect(database.prepare('SELECT name FROM data_sources').all()).toEqual([{ name: 'Old' }]);

  const insert = database.prepare(
    `INSERT INTO jobs (id, idempotency_key, data_source_id, connection_id, name, method, target, url, headers, destination,
      state, created_at) VALUES (?, ?, 'ds_1', 'con_1', 'n', 'POST', '/', 'u', '[]', ?, ?, 1)`,
  );
  const waiting = () =>
    Object.fromEntries(
      database
        .prepare<[], { destination: string; waiting: number }>(
          'SELECT destination, waiting FROM destinations',
        )
        .all()
        .map((row) => [row.destination, row.waiting]),
    );
  for (const [id, destination, state] of [
    ['1', 'a', 'waiting'],
    ['2', 'a', 'sending'],
    ['3', 'b', 'waiting'],
    ['4', 'b', 'failed'],
  ]) {
    insert.run(id, `key ${id}`, destination, state);
  }
  expect(waiting()).toEqual({ a: 2, b: 1 });
  database.exec("UPDATE jobs SET state = 'sending' WHERE id = '1'");
  expect(waiting()).toEqual({ a: 2, b: 1 });
  database.exec("UPDATE jobs SET state = 'succeeded' WHERE id = '1'");
  database.exec("UPDATE jobs SET state = 'waiting' WHERE id = '4'");
  expect(waiting()).toEqual({ a: 1, b: 2 });
  database.exec("UPDATE jobs SET destination = 'c' WHERE destination = 'b'");
  expect(waiting()).toEqual({ a: 1, b: 0, c: 2 });
  database.exec("UPDATE jobs SET destination = 'd', state = 'cancelled' WHERE id = '3'");
  database.exec("DELETE FROM jobs WHERE data_source_id = 'ds_1'");
  expect(waiting()).toEqual({ a: 0, b: 0, c: 0 });
  database.close();
});
