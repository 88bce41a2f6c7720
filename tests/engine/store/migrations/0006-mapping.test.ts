// A store from before the depth of the mapping keeps its items, which have no time of the sender yet.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { mappingDepth } from '../../../../main/engine/store/migrations/0006-mapping.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('keeps items and gives them no time of the sender', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.indexOf(mappingDepth);
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const { sql } of migrations.slice(0, before)) old.exec(sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Orders', 1);
    INSERT INTO items (data_source_id, revision, external_id, id, title, fields, version, last_change, created_at, updated_at)
      VALUES ('ds_1', 1, '7', 'itm_7', 'Seven', '{}', 1, 1, 1, 1);
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const { database, close } = openStore(dataDir);
  expect(database.prepare('SELECT external_id, title, source_changed_at FROM items').all()).toEqual([
    { external_id: '7', title: 'Seven', source_changed_at: null },
  ]);
  expect(database.prepare('SELECT count(*) AS count FROM capture_states').get()).toEqual({ count: 0 });
  close();
});
