// A store of an older format learns where its captures come from; its calls stay calls of others.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('keeps the captures that are there as calls from outside, for which modules run', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0012-replay');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Old', 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_1', 'ds_1', 'Old', 't', 1);
    INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size, outcome, status, item_count, index_state, notes)
      VALUES ('cap_1', 'ds_1', 'con_1', 1, 'POST', '/in/t', '', '[]', 'json', 2, 'accepted', 200, 1, 'waiting', '[]');
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  const row = store.database.prepare('SELECT origin, replay_of, runs_modules FROM captures').get();
  expect(row).toEqual({ origin: 'call', replay_of: null, runs_modules: 1 });
  for (const table of ['replay_jobs', 'replay_attempts', 'samples', 'forward_rules', 'forward_deliveries']) {
    expect(store.database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toEqual({ rows: 0 });
  }
  store.close();
});
