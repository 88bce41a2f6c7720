// What goes by itself: modules and solutions whose time to undo is over, runs beyond those that are kept, and runs whose delivery is gone.
// At start, every few minutes and when it is woken, a few milliseconds at a time.
import type { RunState } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import type { ModulesTable } from './modules-table.ts';
import { endOf } from './run-progress.ts';
import { notMatchedKept } from './run-worker.ts';
import { type RunsTable, stepsOf } from './runs-table.ts';
import { removedAt } from './solutions.ts';
import type { SolutionsTable } from './solutions-table.ts';

const everyMs = 5 * 60_000;
const rowsAtOnce = 200;
/** Runs that are kept of each module, newest first. Those that can be run again stay longest. */
const kept: readonly [RunState, number][] = [
  ['notMatched', notMatchedKept],
  ['succeeded', 5_000],
  ['cancelled', 1_000],
  ['failed', 10_000],
  ['blocked', 10_000],
];

export function createModuleUpkeep(deps: {
  database: Database;
  solutionsTable: SolutionsTable;
  modulesTable: ModulesTable;
  runsTable: RunsTable;
  undoMs: number;
  /** Ends a run that is under way. Inside a transaction. */
  cancelRun(id: string, reason: string): void;
  hasDelivery(id: string): boolean;
  giveWay: GiveWay;
  stopping: AbortSignal;
  log: Log;
  now(): number;
}) {
  const { database, solutionsTable, modulesTable, runsTable, undoMs, giveWay, stopping, log, now } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  function wake(): void {
    if (stopping.aborted) return;
    if (running) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = undefined;
      if (!again) return;
      again = false;
      wake();
    });
  }

  function wakeIn(ms: number): void {
    if (stopping.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake();
    }, ms);
    timer.unref();
    timers.add(timer);
  }

  async function run(): Promise<void> {
    try {
      await giveWay();
      await removeDeleted();
      await endOrphans();
      for (const { id } of modulesTable.list({})) await trim(id);
    } catch (error) {
      if (stopping.aborted) return;
      log('error', 'upkeep of modules and runs failed and is tried again', errorFacts(error));
    }
  }

  async function removeDeleted(): Promise<void> {
    for (const { id, deleted_at } of modulesTable.deleted()) {
      if (isOver(deleted_at)) await removeModule(id);
    }
    for (const { id, deleted_at } of solutionsTable.deleted()) {
      // A module that is being removed with it may need another round.
      if (isOver(deleted_at) && modulesTable.leftOf(id) === 0)
        transact(database, () => solutionsTable.drop(id));
    }
  }

  function isOver(deletedAt: number): boolean {
    const left = removedAt(deletedAt, undoMs) - now();
    if (left > 0) wakeIn(left + 1);
    return left <= 0;
  }

  async function removeModule(id: string): Promise<void> {
    for (;;) {
      const some = transact(database, () => {
        const running_ = runsTable.runningOf(id, rowsAtOnce);
        for (const runId of running_) deps.cancelRun(runId, 'The module was deleted.');
        return running_.length > 0;
      });
      await giveWay();
      if (!some) break;
    }
    while (transactRepeatable(database, () => runsTable.dropSome(id, rowsAtOnce))) await giveWay();
    while (transactRepeatable(database, () => modulesTable.dropSomeMarks(id, rowsAtOnce))) await giveWay();
    transact(database, () => modulesTable.drop(id));
    log('info', 'a deleted module was removed', { moduleId: id });
  }

  async function trim(moduleId: string): Promise<void> {
    for (const [state, keep] of kept) {
      while (
        transactRepeatable(database, () => runsTable.dropOldest(moduleId, state, keep, rowsAtOnce)) > 0
      ) {
        await giveWay();
      }
      await giveWay();
    }
    transactRepeatable(database, () => modulesTable.dropUnusedVersions(moduleId));
  }

  /** The delivery of a run under way went with its data source: the run ends and says so. */
  async function endOrphans(): Promise<void> {
    for (let after = 0; ; ) {
      const rows = runsTable.waiting(after, rowsAtOnce);
      const last = rows.at(-1);
      if (!last) return;
      after = last.sequence;
      const orphans = rows.filter((row) =>
        stepsOf(row).some(
          ({ state, deliveryId }) =>
            state === 'waiting' && (deliveryId === undefined || !deps.hasDelivery(deliveryId)),
        ),
      );
      if (orphans.length > 0) {
        transact(database, () => {
          for (const { id } of orphans) endOrphan(id);
        });
      }
      await giveWay();
    }
  }

  function endOrphan(id: string): void {
    const row = runsTable.get(id);
    if (row?.state !== 'running') return;
    const reason = 'Its delivery was deleted with the data source that it called.';
    const steps = stepsOf(row);
    for (const step of steps) {
      if (step.state === 'waiting') Object.assign(step, { state: 'failed', reason });
      else if (step.state === 'notYet') step.state = 'skipped';
    }
    const state = endOf(steps)?.state ?? 'failed';
    runsTable.update({ ...row, steps: JSON.stringify(steps), state, reason, ended_at: now(), due: 0 });
  }

  const everySoOften = setInterval(wake, everyMs);
  everySoOften.unref();

  return {
    wake,
    async stop(): Promise<void> {
      clearInterval(everySoOften);
      for (const timer of timers) clearTimeout(timer);
      await running;
    },
  };
}

export type ModuleUpkeep = ReturnType<typeof createModuleUpkeep>;
