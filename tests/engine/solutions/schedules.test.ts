// On Scheduled, on a clock that stands still until it is moved: times met, times missed, changes of the clock, items gone through.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChanges } from '../../../main/engine/changes.ts';
import { createModulesTable } from '../../../main/engine/solutions/modules-table.ts';
import { createRunsTable } from '../../../main/engine/solutions/runs-table.ts';
import { readSchedule } from '../../../main/engine/solutions/schedule-times.ts';
import { type Clock, createSchedules } from '../../../main/engine/solutions/schedules.ts';
import { createSweepsTable } from '../../../main/engine/solutions/sweeps-table.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { newDataDir } from '../../harness/test-engine.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-03-28T12:00:30Z');

let store: ReturnType<typeof openStore>;
let now = start;
let timer: { at: number; fire: () => void } | undefined;
let schedules: ReturnType<typeof createSchedules>;
let stopping: AbortController;

const clock: Clock = {
  now: () => now,
  after(ms, fire) {
    timer = { at: now + ms, fire };
    return () => {
      timer = undefined;
    };
  },
};

beforeEach(() => {
  store = openStore(newDataDir());
  now = start;
  timer = undefined;
  stopping = new AbortController();
  const { database } = store;
  schedules = createSchedules({
    database,
    modulesTable: createModulesTable(database),
    runsTable: createRunsTable(database),
    sweeps: createSweepsTable(database),
    changes: createChanges(),
    clock,
    giveWay: async () => stopping.signal.throwIfAborted(),
    stopping: stopping.signal,
    log: () => undefined,
    onFired: () => undefined,
  });
});
afterEach(async () => {
  stopping.abort(new Error('the test ends'));
  await schedules.stop();
  store.close();
});

function addModule(cron: string, timeZone: string, over: 'once' | 'eachItem' = 'once'): string {
  const { database } = store;
  database.exec(`INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Shop', 1) ON CONFLICT DO NOTHING;
    INSERT INTO solutions (id, name, description, created_at) VALUES ('sol_1', 'S', '', 1) ON CONFLICT DO NOTHING`);
  const id = `mod_${createHash('sha1').update(cron).digest('hex').slice(0, 8)}`;
  const table = createModulesTable(database);
  table.insert(
    { id, solutionId: 'sol_1', at: now },
    {
      name: 'M',
      dataSourceId: 'ds_1',
      trigger: { kind: 'onScheduled', cron, timeZone, over },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [],
    },
    [{ dataSourceId: 'ds_1' }],
  );
  table.setEnabled(id, now);
  table.setScheduledUntil(id, now);
  return id;
}

/** Lets the look that is under way end. */
async function look(): Promise<void> {
  schedules.wake();
  await schedules.stop();
  schedules.wake();
  await new Promise((resolve) => setImmediate(resolve));
}

async function goTo(time: number): Promise<void> {
  now = time;
  await look();
}

const runTimes = () =>
  store.database
    .prepare<[], { cause: string }>('SELECT cause FROM runs ORDER BY sequence')
    .all()
    .map(({ cause }) => new Date((JSON.parse(cause) as { at: number }).at).toISOString());
const missed = () =>
  store.database
    .prepare<[], { missed_count: number; last_missed_at: number | null }>(
      'SELECT missed_count, last_missed_at FROM modules',
    )
    .get();

describe('a schedule', () => {
  it('runs once for each of its times, and sets its timer for the next', async () => {
    addModule('*/5 * * * *', 'UTC');
    await look();
    expect(runTimes()).toEqual([]);
    for (const minutes of [4.5, 4.6, 9.5]) await goTo(start + minutes * minuteMs);
    expect(runTimes()).toEqual(['2026-03-28T12:05:00.000Z', '2026-03-28T12:10:00.000Z']);
    expect(missed()).toEqual({ missed_count: 0, last_missed_at: null });
    expect(timer?.at).toBeLessThanOrEqual(now + 20_000);
  });

  it('counts what passed while it slept, and does not make it up', async () => {
    addModule('*/5 * * * *', 'UTC');
    await goTo(Date.parse('2026-03-28T13:02:30Z'));
    expect(runTimes()).toEqual([]);
    expect(missed()).toEqual({ missed_count: 12, last_missed_at: now });
    // Late by half a minute is still in time; what passed before it is missed.
    await goTo(Date.parse('2026-03-28T13:15:30Z'));
    expect(runTimes()).toEqual(['2026-03-28T13:15:00.000Z']);
    expect(missed()?.missed_count).toBe(14);
  });

  it('counts at most a thousand times of one absence, and goes on', async () => {
    addModule('* * * * *', 'UTC');
    await goTo(start + 2_000 * minuteMs);
    expect(missed()?.missed_count).toBe(1_000);
    await goTo(now + minuteMs);
    expect(runTimes()).toHaveLength(1);
  });

  it('follows its time zone over the change to summer time', async () => {
    addModule('30 9 * * *', 'Europe/Berlin');
    await goTo(Date.parse('2026-03-29T07:30:00Z'));
    await goTo(Date.parse('2026-03-30T07:30:00Z'));
    expect(runTimes()).toEqual(['2026-03-29T07:30:00.000Z', '2026-03-30T07:30:00.000Z']);
    expect(missed()?.missed_count).toBe(0);
  });

  it('runs nothing twice where the clock is set back', async () => {
    addModule('0 * * * *', 'UTC');
    await goTo(Date.parse('2026-03-28T13:00:10Z'));
    await goTo(Date.parse('2026-03-28T12:30:00Z'));
    await goTo(Date.parse('2026-03-28T13:00:10Z'));
    expect(runTimes()).toEqual(['2026-03-28T13:00:00.000Z']);
  });

  it('waits for the way through the items to end before it begins another', async () => {
    const id = addModule('*/5 * * * *', 'UTC', 'eachItem');
    createSweepsTable(store.database).start(id, 'ds_1', start);
    await goTo(Date.parse('2026-03-28T12:05:01Z'));
    expect(runTimes()).toEqual([]);
    expect(missed()?.missed_count).toBe(1);
    createSweepsTable(store.database).end(id);
    await goTo(Date.parse('2026-03-28T12:10:01Z'));
    expect(runTimes()).toEqual(['2026-03-28T12:10:00.000Z']);
  });
});

it('schedules that cannot be read say where and why', () => {
  expect(readSchedule('0 9 * * MON-FRI', 'Europe/Berlin')).toMatchObject({ ok: true });
  expect(readSchedule('@daily')).toMatchObject({ ok: true });
  expect(readSchedule('0 0 9 * * *')).toMatchObject({ ok: false, path: 'cron' });
  expect(readSchedule('0 25 * * *')).toMatchObject({ ok: false, path: 'cron' });
  expect(readSchedule('@reboot')).toMatchObject({ ok: false, path: 'cron' });
  expect(readSchedule('0 9 * * *', 'Nowhere/Land')).toMatchObject({ ok: false, path: 'timeZone' });
});
