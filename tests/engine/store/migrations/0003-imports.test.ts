// A store from before imports keeps its data sources and calls; what an import writes goes with its data source.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { imports } from '../../../../main/engine/store/migrations/0003-imports.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

function storeFromBefore(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.indexOf(imports);
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const { sql } of migrations.slice(0, before)) old.exec(sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Orders', 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_1', 'ds_1', 'Orders', 'token', 1);
    INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
      outcome, status, item_count, index_state, notes)
      VALUES ('cap_1', 'ds_1', 'con_1', 1, 'POST', '/in/token', '', '[]', 'json', 2, 'accepted', 200, 1, 'waiting', '[]');
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();
  return dataDir;
}

it('keeps what was received, from sources that take calls from outside', () => {
  const { database, close } = openStore(storeFromBefore());
  expect(database.prepare('SELECT id, name, entry FROM data_sources').all()).toEqual([
    { id: 'ds_1', name: 'Orders', entry: 'external' },
  ]);
  expect(database.prepare('SELECT id, method FROM captures').all()).toEqual([
    { id: 'cap_1', method: 'POST' },
  ]);
  for (const table of ['imports', 'import_chunks', 'import_faults', 'import_captures']) {
    expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
  }
  close();
});

it('takes imports, whose rows go with them', () => {
  const { database, close } = openStore(storeFromBefore());
  database.exec(`
    INSERT INTO imports (id, data_source_id, file_name, size, state, options, created_at)
      VALUES ('imp_1', 'ds_1', 'a.csv', 9, 'adding', '{}', 1);
    INSERT INTO import_chunks VALUES ('imp_1', 0, 1, '2', 2, 'none', x'7b7d');
    INSERT INTO import_faults VALUES ('imp_1', 0, 3, 'It has 3 values.');
    INSERT INTO import_captures VALUES ('cap_1', 'imp_1', 0, '4');
  `);
  expect(database.prepare('SELECT row_count, failed_count, facts FROM imports').all()).toEqual([
    { row_count: 0, failed_count: 0, facts: null },
  ]);
  const rest = () =>
    ['import_chunks', 'import_faults', 'import_captures'].map((table) =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
  database.exec("DELETE FROM captures WHERE id = 'cap_1'");
  expect(rest()).toEqual([1, 1, 0]);
  database.exec("DELETE FROM imports WHERE id = 'imp_1'");
  expect(rest()).toEqual([0, 0, 0]);
  close();
});
