// One job, call by call, where the store takes no more.
import { expect, it } from 'vitest';
import { createReplayTable, type ReplayTable } from '../../../main/engine/replay/replay-table.ts';
import { createRunJob } from '../../../main/engine/replay/run-job.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { newDataDir } from '../../harness/test-engine.ts';

it.each([
  ['one after the other', {}],
  ['at a rate', { ratePerSecond: 1_000 }],
  ['in a burst', { burst: true }],
])('ends %s with the fault of the store, which nothing else hears', async (_how, pace) => {
  const { database, close } = openStore(newDataDir());
  const whole = createReplayTable(database);
  const insertJob = { id: 'rep_1', kind: 'replay', title: '', state: 'running', total: 5 } as const;
  whole.insertJob({ ...insertJob, target: '{}', options: '{}', created_at: 0 });
  const table: ReplayTable = {
    ...whole,
    begin(attempt) {
      if (attempt.number === 3) throw new Error('the disk is full');
      whole.begin(attempt);
    },
  };
  const runJob = createRunJob({ database, table, tell: () => undefined, onFault: String });
  const facts = {
    data_source_id: null,
    capture_id: null,
    round: 1,
    label: '',
    original: null,
    due_ms: null,
  };
  const planned = () => ({ facts, send: async () => ({ state: 'answered' as const, status: 200 }) });
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  const job = { id: 'rep_1', total: 5, planned, pace };
  await expect(runJob(job, new AbortController().signal)).rejects.toThrow('the disk is full');
  await new Promise(setImmediate);
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
  expect(whole.attempt('rep_1', 5)).toBeUndefined();
  close();
});
