// A store of an older format gets marks, saved searches and answers, and keeps its calls.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCaptureMarksTable } from '../../../../main/engine/captures/capture-marks-table.ts';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('keeps the calls, and takes marks that go with them', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0011-captures');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Old', 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_1', 'ds_1', 'Old', 'token', 1);
    INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size, outcome, status, item_count, index_state, notes)
      VALUES ('cap_1', 'ds_1', 'con_1', 5, 'POST', '/in/token', '', '[]', 'json', 2, 'accepted', 200, 1, 'waiting', '[]');
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  const row = store.database.prepare('SELECT id, answer, stored_us FROM captures').get();
  expect(row).toEqual({ id: 'cap_1', answer: null, stored_us: null });
  const marks = createCaptureMarksTable(store.database);
  marks.put(1, true, 'note');
  marks.addTag(1, 'bug');
  expect(marks.of([1]).get(1)).toEqual({ pinned: true, note: 'note', tags: ['bug'] });
  store.database.prepare('DELETE FROM captures').run();
  expect(marks.of([1]).size).toBe(0);
  expect(marks.tags(10)).toEqual([]);
  store.close();
});
