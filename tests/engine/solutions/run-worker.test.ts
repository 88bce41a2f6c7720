// The worker of runs between finding a run and taking it up: what happened meanwhile counts.
import { expect, it } from 'vitest';
import { createChanges } from '../../../main/engine/changes.ts';
import type { CaptureBody } from '../../../main/engine/solutions/capture-body.ts';
import { createModulesTable } from '../../../main/engine/solutions/modules-table.ts';
import type { RunStages } from '../../../main/engine/solutions/run-stages.ts';
import { createRunWorker } from '../../../main/engine/solutions/run-worker.ts';
import { createRunsTable } from '../../../main/engine/solutions/runs-table.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { newDataDir } from '../../harness/test-engine.ts';

it('a run that is cancelled while the body of its call is read is not taken up; the others are', async () => {
  const store = openStore(newDataDir());
  const { database } = store;
  const modulesTable = createModulesTable(database);
  const runsTable = createRunsTable(database);
  database.exec(`INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Shop', 1);
    INSERT INTO solutions (id, name, description, created_at) VALUES ('sol_1', 'S', '', 1)`);
  modulesTable.insert(
    { id: 'mod_1', solutionId: 'sol_1', at: 1 },
    {
      name: 'M',
      dataSourceId: 'ds_1',
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [],
    },
    [{ dataSourceId: 'ds_1' }],
  );
  for (const id of ['run_1', 'run_2']) {
    runsTable.insert({
      id,
      module_id: 'mod_1',
      module_version: 1,
      solution_id: 'sol_1',
      data_source_id: 'ds_1',
      item_id: null,
      item_title: null,
      item_revision: null,
      item_version: null,
      capture_id: `cap of ${id}`,
      state: 'fired',
      cause: '{"kind":"itemAdded"}',
      conditions: '[]',
      steps: '[]',
      chain: '[]',
      started_at: 1,
      due: 1,
    });
  }
  const asked = Promise.withResolvers<void>();
  const body = Promise.withResolvers<CaptureBody>();
  const taken: string[] = [];
  const advance: RunStages['advance'] = (row) => {
    taken.push(row.id);
    runsTable.update({ ...row, state: 'succeeded', ended_at: 2, due: 0 });
    return undefined;
  };
  const idle = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const worker = createRunWorker({
    database,
    runsTable,
    modulesTable,
    stages: { advance },
    capture: () => undefined,
    bodyOf() {
      asked.resolve();
      return body.promise;
    },
    readsBody: () => true,
    onIdle: idle.resolve,
    changes: createChanges(),
    log: () => undefined,
    giveWay: async () => stopping.signal.throwIfAborted(),
    stopping: stopping.signal,
  });
  worker.wake();
  await asked.promise;
  const row = runsTable.get('run_1');
  if (!row) throw new Error('no run');
  runsTable.update({ ...row, state: 'cancelled', reason: 'By hand.', ended_at: 1, due: 0 });
  body.resolve({ value: {} });
  await idle.promise;
  expect(taken).toEqual(['run_2']);
  expect(runsTable.get('run_1')?.state).toBe('cancelled');
  stopping.abort();
  await worker.stop();
  store.close();
});
