// A store of an older format: its connections answer, and take calls, as before.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('leaves connections as they were', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0016-receiving');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Orders', 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_1', 'ds_1', 'Orders', 'token', 1);
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  expect(store.database.prepare('SELECT id, receiving FROM connections').all()).toEqual([
    { id: 'con_1', receiving: '{}' },
  ]);
  store.close();
});
