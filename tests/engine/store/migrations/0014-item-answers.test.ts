// A store of an older format: its versions stay versions that calls made.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('keeps versions as they are, made by no delivery', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0014-item-answers');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec(`
    INSERT INTO item_versions (item_id, revision, version, at, capture_id, title, fields, changed)
      VALUES ('itm_1', 1, 1, 1, 'cap_1', 'Ada', '{}', '["title"]');
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  expect(store.database.prepare('SELECT title, delivery_id FROM item_versions').get()).toEqual({
    title: 'Ada',
    delivery_id: null,
  });
  expect(store.database.prepare('SELECT count(*) AS rows FROM item_answers').get()).toEqual({ rows: 0 });
  store.close();
});
