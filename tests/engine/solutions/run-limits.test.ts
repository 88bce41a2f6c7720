// What bounds runs: how many are kept, what a replay does, a schedule that was interrupted, and a burst of calls.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createModulesTable } from '../../../main/engine/solutions/modules-table.ts';
import { createSweepsTable } from '../../../main/engine/solutions/sweeps-table.ts';
import { type Database, openDatabase, transact } from '../../../main/engine/store/database.ts';
import { type ModuleStage, setModuleStage, settledItems } from '../../harness/module-stage.ts';

let stage: ModuleStage;
beforeEach(async () => {
  stage = await setModuleStage();
});
afterEach(() => stage.stop());

/** With the engine stopped, as a kill at that point would have left the store. */
async function inTheStore(change: (database: Database) => void): Promise<void> {
  await stage.test.stop();
  const database = openDatabase(join(stage.test.dataDir, 'hookbench.db'));
  transact(database, () => change(database));
  database.close();
  await stage.restart();
}

const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `p${String(n).padStart(3, '0')}`,
    name: `Person ${n}`,
    email: `p${n}@example.com`,
  }));

async function mapPeople(): Promise<void> {
  const { mapping } = await stage.test.call('mapping.get', { dataSourceId: stage.sourceId });
  if (!mapping) throw new Error('no mapping');
  await stage.test.call('mapping.save', {
    dataSourceId: stage.sourceId,
    mapping: { ...mapping, split: '$.people[*]' },
  });
}

describe('On Scheduled', () => {
  const everyDay = {
    kind: 'onScheduled' as const,
    cron: '0 0 1 1 *',
    timeZone: 'UTC',
    over: 'eachItem' as const,
  };

  it('goes on through its items where a kill ended it, each once; those before are not run again', async () => {
    await mapPeople();
    await stage.send({ people: people(130) });
    const id = await stage.addModule({ trigger: everyDay });
    await inTheStore((database) => {
      const sweeps = createSweepsTable(database);
      sweeps.start(id, stage.sourceId, Date.now());
      sweeps.move(id, 'p049');
    });
    const runs = await stage.runs(
      (found) => found.length >= 80 && found.every(({ endedAt }) => endedAt !== undefined),
      { limit: 500 },
    );
    expect(runs).toHaveLength(80);
    expect(runs.every(({ state, cause }) => state === 'succeeded' && cause.kind === 'onScheduled')).toBe(
      true,
    );
    const emails = stage.server.calls.map(({ text }) => (JSON.parse(text) as { email: string }).email);
    expect(emails.toSorted()).toEqual(
      people(130)
        .slice(50)
        .map(({ email }) => email)
        .toSorted(),
    );
    // It is over: a restart makes nothing more.
    await stage.restart();
    expect((await stage.test.call('runs.list', { limit: 500 })).runs).toHaveLength(80);
  });

  it('tells at the module which times passed while it was off, and makes none of them up', async () => {
    const id = await stage.addModule({ trigger: { ...everyDay, cron: '0 * * * *', over: 'once' } });
    const lastHour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    await inTheStore((database) =>
      createModulesTable(database).setScheduledUntil(id, lastHour - 5 * 3_600_000),
    );
    await expect
      .poll(async () => (await stage.test.call('modules.get', { id })).module.schedule?.missed)
      .toBeGreaterThanOrEqual(4);
    const { module } = await stage.test.call('modules.get', { id });
    // The last of the five counts as met where this hour is less than a minute old.
    expect([4, 5]).toContain(module.schedule?.missed);
    expect(Date.now() - Date.parse(module.schedule?.lastMissedAt ?? '')).toBeLessThan(60_000);
    expect(Date.parse(module.schedule?.nextAt ?? '')).toBeGreaterThan(Date.now() - 1_000);
    expect((await stage.test.call('runs.list', {})).runs.length).toBe(5 - (module.schedule?.missed ?? 0));
  });
});

describe('runs that are kept', () => {
  it('are the newest of each state; others of their module go, those of other modules stay', async () => {
    const id = await stage.addModule();
    const other = await stage.addModule({ name: 'Other' });
    const counts = { succeeded: 5_120, notMatched: 640, cancelled: 1_050, failed: 700 };
    await inTheStore((database) => {
      for (const [state, count] of Object.entries(counts)) {
        for (const moduleId of [id, other]) {
          database
            .prepare(
              `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
                INSERT INTO runs (id, module_id, module_version, solution_id, data_source_id, state, cause, conditions, steps,
                  started_at, ended_at, due)
                SELECT 'run_' || ? || ? || n, ?, 1, ?, ?, ?, '{"kind":"buttonClicked"}', '[]', '[]', n, n, 0 FROM n`,
            )
            .run(
              moduleId === id ? count : 100,
              moduleId,
              state,
              moduleId,
              stage.solutionId,
              stage.sourceId,
              state,
            );
        }
      }
    });
    const kept = async (moduleId: string) => {
      const all: Record<string, number> = {};
      for (const state of ['succeeded', 'notMatched', 'cancelled', 'failed'] as const) {
        let before: string | undefined;
        do {
          const page = await stage.test.call('runs.list', { moduleId, state, limit: 500, before });
          all[state] = (all[state] ?? 0) + page.runs.length;
          before = page.next;
        } while (before !== undefined);
      }
      return all;
    };
    const newest = { succeeded: 5_000, notMatched: 500, cancelled: 1_000, failed: 700 };
    await expect.poll(() => kept(id), { timeout: 15_000, interval: 200 }).toEqual(newest);
    const { runs } = await stage.test.call('runs.list', { moduleId: id, state: 'notMatched', limit: 500 });
    expect(Date.parse(runs.at(-1)?.startedAt ?? '')).toBe(141);
    expect(await kept(other)).toEqual({ succeeded: 100, notMatched: 100, cancelled: 100, failed: 100 });
  });
});

describe('a replay', () => {
  it.each([
    ['mapping', { kind: 'mapping' as const }],
    ['receiver', { kind: 'receiver' as const }],
  ])('to the %s runs modules only where that is asked for', async (_name, target) => {
    await stage.addModule({
      trigger: { kind: 'fieldChanged', fields: ['title'], alsoWhenNew: true },
    });
    await stage.send({ id: 1, name: 'Ann', email: 'ann@example.com' });
    await stage.runs((found) => found.length === 1 && found[0]?.state === 'succeeded');
    const { captures } = await stage.test.call('captures.list', { dataSourceId: stage.sourceId });
    const replay = async (name: string, runsModules: boolean) => {
      const { job } = await stage.test.call('replays.start', {
        captures: { ids: [captures[0]?.id ?? ''] },
        target,
        edit: { body: { text: JSON.stringify({ id: 1, name, email: 'e' }) } },
        options: { runsModules },
      });
      const ended = await stage.test.call('replays.wait', { id: job.id, timeoutMs: 15_000 });
      expect(ended.job).toMatchObject({ state: 'done', failed: 0 });
      await settledItems(stage.test, stage.sourceId);
      const { items } = await stage.test.call('items.list', { dataSourceId: stage.sourceId });
      expect(items[0]?.title).toBe(name);
    };
    await replay('Quiet', false);
    await replay('Loud', true);
    const runs = await stage.runs(
      (found) => found.length >= 2 && found.every(({ endedAt }) => endedAt !== undefined),
    );
    // The quiet one came first: had it run anything, it would stand between the two.
    expect(runs.map(({ itemTitle }) => itemTitle)).toEqual(['Loud', 'Ann']);
    expect(stage.server.calls).toHaveLength(2);
  });
});

describe('a burst of calls over three modules', () => {
  it('makes each run and each call once, within the limits, and answers all', async () => {
    const count = 400;
    stage.server.always({ status: 200, body: '{}', afterMs: 2 });
    await stage.addModule({ name: 'all' });
    await stage.addModule({
      name: 'some',
      conditions: {
        mode: 'all',
        conditions: [{ field: 'fields.score', is: 'less', value: '100', matchCase: false }],
      },
    });
    await stage.addModule({
      name: 'pattern',
      trigger: {
        kind: 'matchConditions',
        mode: 'all',
        conditions: [{ field: 'fields.email', is: 'match', value: '^p\\d*0@', matchCase: false }],
        runOnce: true,
      },
    });
    let next = 0;
    const statuses: number[] = [];
    const sender = async () => {
      while (next < count) {
        const id = next++;
        const { status } = await fetch(stage.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ id, name: `P${id}`, email: `p${id}@example.com`, score: id }),
        });
        statuses.push(status);
      }
    };
    await Promise.all(Array.from({ length: 16 }, sender));
    expect(statuses).toHaveLength(count);
    expect(statuses.every((status) => status === 200)).toBe(true);
    const expected = count + 100 + count / 10;
    await stage.server.waitFor(expected, 60_000);
    await expect
      .poll(async () => (await stage.test.call('status.get', {})).deliveriesWaiting, { timeout: 20_000 })
      .toBe(0);
    const { modules } = await stage.test.call('modules.list', { solutionId: stage.solutionId });
    expect(Object.fromEntries(modules.map(({ name, counts }) => [name, counts.runs]))).toEqual({
      all: count,
      some: 100,
      pattern: count / 10,
    });
    expect(stage.server.calls).toHaveLength(expected);
    expect(new Set(stage.server.calls.map((call) => call.header('idempotency-key'))).size).toBe(expected);
    // Four at a time for one destination.
    expect(stage.server.mostAtOnce()).toBeLessThanOrEqual(4);
    expect(stage.test.logLines.filter((line) => line.includes('"error"'))).toEqual([]);
  }, 120_000);
});
