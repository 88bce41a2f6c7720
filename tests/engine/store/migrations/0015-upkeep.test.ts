// A store of an older format keeps what it remembers, and finds the old ones by their time.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('keeps remembered deliveries', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0015-upkeep');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Orders', 1);
    INSERT INTO remembered_deliveries (data_source_id, delivery_id, received_at) VALUES ('ds_1', 'd-1', 5);
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  expect(
    store.database
      .prepare('SELECT delivery_id FROM remembered_deliveries INDEXED BY remembered_deliveries_by_time')
      .all(),
  ).toEqual([{ delivery_id: 'd-1' }]);
  store.close();
});
