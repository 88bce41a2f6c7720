// Runs as the screens and scripts see them: listed, opened, run again, cancelled; and a button that is pressed.
import {
  type CallInput,
  type CallOutput,
  ProblemError,
  type Run,
  type RunState,
  type RunStep,
  type RunSummary,
} from '#contract';
import type { Changes } from '../changes.ts';
import { createId } from '../ids.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type Database, transact } from '../store/database.ts';
import { causeText } from './cause-text.ts';
import type { Modules } from './modules.ts';
import type { ModulesTable } from './modules-table.ts';
import type { RunItemsTable } from './run-items-table.ts';
import { leaveOut, reopen } from './run-progress.ts';
import {
  conditionsOf,
  type RunFilter,
  type RunRow,
  type RunsTable,
  type StoredCause,
  stepsOf,
} from './runs-table.ts';

type Listed = RunRow & { module_name: string };
type Choice = Omit<CallInput<'runs.retryMany'>, 'since'> & { since?: string | undefined };

const retryable: readonly RunState[] = ['failed', 'blocked', 'cancelled'];
const retriedByMany: readonly RunState[] = ['failed', 'blocked'];
const retriedAtOnce = 20;
const spreadMs = 50;

export function createRuns(deps: {
  database: Database;
  table: RunsTable;
  modules: Modules;
  modulesTable: ModulesTable;
  runItems: RunItemsTable;
  outbox: Pick<Outbox, 'cancelOfRun'>;
  /** The state of a delivery; undefined where it is not kept any more. */
  deliveryState(id: string): RunStep['state'] | undefined;
  /** Tries a delivery again at a time, inside the transaction. False where it is not kept any more. */
  retryDelivery(id: string, dueAt: number): boolean;
  changes: Changes;
  now(): number;
  onDue(): void;
  giveWay(): Promise<void>;
}) {
  const { database, table, modules, modulesTable, runItems, changes, now } = deps;

  function rowOf(id: string): Listed {
    const row = table.get(id);
    if (!row) {
      throw new ProblemError(
        'run.missing',
        'This run does not exist. It may be too old to be kept, or its module was deleted.',
        { path: 'id' },
      );
    }
    return row;
  }

  /** Runs again what did not succeed. Inside a transaction. */
  function retry(row: RunRow, dueAt: number): void {
    const steps = stepsOf(row);
    const failed = steps.find(({ state }) => state === 'failed' || state === 'cancelled');
    // The very same request is tried again; the outbox tells that it waits, and the run goes on behind it.
    if (failed?.deliveryId !== undefined && deps.retryDelivery(failed.deliveryId, dueAt)) return;
    const module = modulesTable.get(row.module_id);
    const item = row.item_id === null ? undefined : runItems.current(row.item_id);
    table.renew({
      id: row.id,
      module_version: module?.version ?? row.module_version,
      item_revision: item?.revision ?? row.item_revision,
      item_version: item?.item.version ?? row.item_version,
    });
    reopen(steps);
    const begins = steps.every(({ state }) => state === 'notYet');
    table.update({
      ...row,
      // Nothing was sent yet: it is judged anew, with the module and the item as they are now.
      state: begins ? 'fired' : 'running',
      steps: begins ? '[]' : JSON.stringify(steps),
      conditions: begins ? '[]' : row.conditions,
      reason: null,
      ended_at: null,
      due: 1,
    });
    deps.onDue();
  }

  function toSummary(row: Listed): RunSummary {
    const steps = stepsOf(row);
    const cause = JSON.parse(row.cause) as StoredCause;
    return {
      id: row.id,
      moduleId: row.module_id,
      moduleName: row.module_name,
      solutionId: row.solution_id,
      dataSourceId: row.data_source_id,
      ...(row.item_id === null ? {} : { itemId: row.item_id }),
      ...(row.item_title === null ? {} : { itemTitle: row.item_title }),
      state: row.state === 'fired' ? 'running' : row.state,
      cause: {
        kind: cause.kind,
        ...(row.capture_id === null ? {} : { captureId: row.capture_id }),
        ...(cause.changed ? { changed: cause.changed } : {}),
        text: causeText(cause),
      },
      startedAt: new Date(row.started_at).toISOString(),
      ...(row.ended_at === null ? {} : { endedAt: new Date(row.ended_at).toISOString() }),
      steps: {
        done: steps.filter(({ state }) => state === 'succeeded').length,
        failed: steps.filter(({ state }) => state === 'failed').length,
        total: steps.length,
      },
      ...(row.reason === null ? {} : { reason: row.reason }),
    };
  }

  /** Waiting or sending is the delivery's to say. */
  function shownStep(step: RunStep): RunStep {
    if (step.state !== 'waiting' || step.deliveryId === undefined) return step;
    const state = deps.deliveryState(step.deliveryId);
    return state === 'sending' ? { ...step, state } : step;
  }

  return {
    list(input: CallInput<'runs.list'>): CallOutput<'runs.list'> {
      const { limit = 50, before, state, ...filter } = input;
      const at = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before);
      if (!Number.isSafeInteger(at)) {
        throw new ProblemError('input.invalid', 'before must be the "next" of an earlier page.', {
          path: 'before',
        });
      }
      const rows = table.page(filter, state && [state], at, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        runs: shown.map(toSummary),
        ...(rows.length > limit && last ? { next: String(last.sequence) } : {}),
      };
    },

    get(id: string): Run {
      const row = rowOf(id);
      return { ...toSummary(row), conditions: conditionsOf(row), stepList: stepsOf(row).map(shownStep) };
    },

    retry(id: string): RunSummary {
      const row = rowOf(id);
      if (!retryable.includes(row.state as RunState)) {
        throw new ProblemError(
          'run.settled',
          isUnderWay(row)
            ? 'This run is under way.'
            : 'There is nothing to run again: this run did not fail.',
          { path: 'id' },
        );
      }
      modules.row(row.module_id);
      transact(database, () => retry(row, now()));
      changes.tell('runs.changed', { moduleId: row.module_id });
      return toSummary(table.get(id) ?? row);
    },

    countRetryable(choice: Choice): number {
      return table.count(filterOf(choice), statesOf(choice));
    },

    /** In slices; what failed again meanwhile is left alone. */
    async retryMany(choice: Choice, signal: AbortSignal): Promise<number> {
      let retried = 0;
      let before = Number.MAX_SAFE_INTEGER;
      const filter = filterOf(choice);
      const states = statesOf(choice);
      for (;;) {
        const rows = states.length === 0 ? [] : table.page(filter, states, before, retriedAtOnce);
        const last = rows.at(-1);
        if (!last) return retried;
        transact(database, () => {
          // Spread out, so that no destination meets a burst.
          for (const [i, row] of rows.entries()) retry(row, now() + (retried + i) * spreadMs);
        });
        retried += rows.length;
        before = last.sequence;
        for (const moduleId of new Set(rows.map(({ module_id }) => module_id))) {
          changes.tell('runs.changed', { moduleId });
        }
        await deps.giveWay();
        signal.throwIfAborted();
      }
    },

    cancel(id: string): void {
      const row = rowOf(id);
      if (!isUnderWay(row)) {
        throw new ProblemError('run.settled', 'This run has ended already.', { path: 'id' });
      }
      transact(database, () => cancel(row, 'The run was cancelled.'));
      changes.tell('runs.changed', { moduleId: row.module_id });
    },

    /** *Button Clicked*: the run as it began. */
    press(id: string, itemId: string): RunSummary {
      const row = modules.row(id);
      const definition = modules.get(id);
      if (definition.trigger.kind !== 'buttonClicked') {
        throw new ProblemError('module.notButton', 'This module has no button: its trigger is another one.', {
          path: 'id',
        });
      }
      if (!definition.enabled) {
        throw new ProblemError('module.blocked', 'This module is switched off. Switch it on first.', {
          path: 'id',
        });
      }
      modules.requireUnblocked(row);
      const item = runItems.current(itemId);
      if (!item || item.dataSourceId !== row.data_source_id) {
        throw new ProblemError('item.missing', 'The data source of the module has no such item.', {
          path: 'itemId',
        });
      }
      const runId = createId('run', now());
      transact(database, () => {
        table.insert({
          id: runId,
          module_id: id,
          module_version: row.version,
          solution_id: row.solution_id,
          data_source_id: row.data_source_id,
          item_id: itemId,
          item_title: item.item.title,
          item_revision: item.revision,
          item_version: item.item.version,
          capture_id: item.captureId ?? null,
          state: 'fired',
          cause: JSON.stringify({ kind: 'buttonClicked' } satisfies StoredCause),
          conditions: '[]',
          steps: '[]',
          chain: '[]',
          started_at: now(),
          due: 1,
        });
      });
      deps.onDue();
      changes.tell('runs.changed', { moduleId: id });
      return toSummary(table.get(runId) as Listed);
    },

    /** Ends a run that is under way. Inside a transaction. */
    cancelRun: (id: string, reason: string): void => {
      const row = table.get(id);
      if (row?.state === 'running') cancel(row, reason);
    },
  };

  function cancel(row: RunRow, reason: string): void {
    deps.outbox.cancelOfRun(row.id);
    // The outbox has told of what waited; a step that it knew nothing of ends here.
    const now_ = table.get(row.id) ?? row;
    const steps = stepsOf(now_);
    for (const step of steps) {
      if (step.state === 'waiting' || step.state === 'sending') step.state = 'cancelled';
      else if (step.state === 'notYet') step.state = 'skipped';
    }
    leaveOut(steps, { steps: [] });
    table.update({
      ...now_,
      steps: JSON.stringify(steps),
      state: 'cancelled',
      reason,
      ended_at: now(),
      due: 0,
    });
  }
}

export type Runs = ReturnType<typeof createRuns>;

/** A run that has only fired is shown as running. */
const isUnderWay = ({ state }: RunRow): boolean => state === 'running' || state === 'fired';

function filterOf({ state: _, since, ...filter }: Choice): RunFilter {
  return { ...filter, ...(since === undefined ? {} : { since: Date.parse(since) }) };
}

function statesOf({ state }: Choice): readonly RunState[] {
  return state === undefined ? retriedByMany : retriedByMany.filter((each) => each === state);
}
