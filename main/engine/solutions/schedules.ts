// On Scheduled: fires modules when their time comes. Times that passed while Hookbench was off or the computer slept are counted and
// told, never made up for. The clock is the caller's.
import type { ModuleInput } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, transact } from '../store/database.ts';
import type { ModuleRow, ModulesTable } from './modules-table.ts';
import { runIdOf } from './run-ids.ts';
import type { RunsTable, StoredCause } from './runs-table.ts';
import { readSchedule, type ScheduleTimes } from './schedule-times.ts';
import type { SweepsTable } from './sweeps-table.ts';

export interface Clock {
  now(): number;
  /** Calls `fire` after some milliseconds; the answer takes it back. */
  after(ms: number, fire: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A time that is met this late still counts as met. */
export const lateMs = 60_000;
/** Looks at least so often, because timers stand still while the computer sleeps. */
const lookMs = 20_000;
/** Missed times of one absence that are counted; finding them takes a while each. */
const mostMissed = 1_000;
const countedAtOnce = 10;

export function createSchedules(deps: {
  database: Database;
  modulesTable: ModulesTable;
  runsTable: RunsTable;
  sweeps: SweepsTable;
  changes: Changes;
  clock: Clock;
  giveWay: GiveWay;
  stopping: AbortSignal;
  log: Log;
  onFired(): void;
}) {
  const { database, modulesTable, runsTable, sweeps, changes, clock, giveWay, stopping, log } = deps;
  let cancelTimer: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  function wake(): void {
    if (stopping.aborted) return;
    if (running) {
      again = true;
      return;
    }
    cancelTimer?.();
    running = look().finally(() => {
      running = undefined;
      if (!again) return;
      again = false;
      wake();
    });
  }

  async function look(): Promise<void> {
    let next = clock.now() + lookMs;
    try {
      for (const row of modulesTable.enabled()) {
        const { trigger } = JSON.parse(row.definition) as ModuleInput;
        if (trigger.kind !== 'onScheduled') continue;
        const read = readSchedule(trigger.cron, trigger.timeZone);
        if (!read.ok) continue;
        const at = await meet(row, read.times);
        if (at !== undefined) next = Math.min(next, at);
        await giveWay();
      }
    } catch (error) {
      if (stopping.aborted) return;
      log('error', 'schedules could not be looked at and are tried again', errorFacts(error));
    }
    if (!stopping.aborted) cancelTimer = clock.after(Math.max(1, next - clock.now()), wake);
  }

  /** Meets what is due of a module and gives its next time. */
  async function meet(row: ModuleRow, times: ScheduleTimes): Promise<number | undefined> {
    const now = clock.now();
    let last = row.scheduled_until ?? row.enabled_at ?? now;
    let passed = 0;
    let next = times.after(last);
    while (next !== undefined && next <= now && passed < mostMissed) {
      last = next;
      passed += 1;
      next = times.after(last);
      if (passed % countedAtOnce === 0) await giveWay();
    }
    if (passed === 0) return next;
    const isLate = now - last > lateMs || (next !== undefined && next <= now);
    transact(database, () => {
      const current = modulesTable.get(row.id);
      // Changed or switched off while it was looked at: the next look sees it as it is.
      if (current?.version !== row.version || current.enabled_at !== row.enabled_at) return;
      const fires = !isLate && !sweeps.has(row.id);
      if (fires) fire(row, last);
      const missed = fires ? passed - 1 : passed;
      if (missed > 0) modulesTable.addMissed(row.id, missed, now);
      modulesTable.setScheduledUntil(row.id, next !== undefined && next <= now ? now : last);
    });
    changes.tell('modules.changed', { id: row.id, solutionId: row.solution_id });
    changes.tell('runs.changed', { moduleId: row.id });
    deps.onFired();
    return next !== undefined && next <= now ? undefined : next;
  }

  /** One run without an item; for *each item* it begins to go through the items once it is judged. */
  function fire(row: ModuleRow, at: number): void {
    const cause: StoredCause = { kind: 'onScheduled', at };
    runsTable.insert({
      id: runIdOf(row.id, `scheduled.${at}`, at),
      module_id: row.id,
      module_version: row.version,
      solution_id: row.solution_id,
      data_source_id: row.data_source_id,
      item_id: null,
      item_title: null,
      item_revision: null,
      item_version: null,
      capture_id: null,
      state: 'fired',
      cause: JSON.stringify(cause),
      conditions: '[]',
      steps: '[]',
      chain: '[]',
      started_at: clock.now(),
      due: 1,
    });
  }

  return {
    /** Looks now: at start, and when modules changed. */
    wake,
    async stop(): Promise<void> {
      cancelTimer?.();
      await running;
      cancelTimer?.();
    },
  };
}

export type Schedules = ReturnType<typeof createSchedules>;
