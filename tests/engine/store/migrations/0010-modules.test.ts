// A store of an older format gets solutions, modules and runs, and keeps what it holds; the counters of a module follow its runs.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('adds solutions, modules and runs, and counts the runs', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0010-modules');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec("INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Shop', 1)");
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  const { database } = store;
  expect(database.prepare('SELECT name, runs_after FROM data_sources').all()).toEqual([
    { name: 'Shop', runs_after: 0 },
  ]);
  database.exec(`
    INSERT INTO solutions (id, name, description, created_at) VALUES ('sol_1', 'S', '', 1);
    INSERT INTO modules (id, solution_id, data_source_id, name, version, enabled, created_at, updated_at)
      VALUES ('mod_1', 'sol_1', 'ds_1', 'M', 1, 1, 1, 1);
  `);
  const add = database.prepare(
    `INSERT INTO runs (id, module_id, module_version, solution_id, data_source_id, state, cause, conditions, steps, started_at, due)
      VALUES (?, 'mod_1', 1, 'sol_1', 'ds_1', ?, '{}', '[]', '[]', ?, 0)`,
  );
  const counts = () =>
    database
      .prepare('SELECT run_count, failed_count, blocked_count, waiting_count, last_run_at FROM modules')
      .get();
  for (const [i, state] of ['fired', 'notMatched', 'running', 'failed', 'blocked', 'succeeded'].entries()) {
    add.run(`run_${i}`, state, i);
  }
  expect(counts()).toEqual({
    run_count: 4,
    failed_count: 1,
    blocked_count: 1,
    waiting_count: 1,
    last_run_at: 5,
  });
  database.exec(`
    UPDATE runs SET state = 'notMatched' WHERE id = 'run_0';
    UPDATE runs SET state = 'succeeded' WHERE id = 'run_2';
    UPDATE runs SET state = 'running' WHERE id = 'run_3';
    DELETE FROM runs WHERE id IN ('run_1', 'run_4');
  `);
  expect(counts()).toEqual({
    run_count: 3,
    failed_count: 0,
    blocked_count: 0,
    waiting_count: 1,
    last_run_at: 5,
  });
  store.close();
});
