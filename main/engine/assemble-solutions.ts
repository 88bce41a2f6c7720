// Puts together solutions, their access to data sources, modules and their runs.
import type { Log } from '../log/log.ts';
import type { ApplyAnswer } from './actions/apply-answer.ts';
import type { Sources } from './assemble-sources.ts';
import type { RecordAudit } from './audit/audit.ts';
import type { CaptureRow, CapturesTable } from './captures/captures-table.ts';
import type { Changes } from './changes.ts';
import type { GiveWay } from './give-way.ts';
import type { OutboxParts } from './outbox/outbox.ts';
import { type CallParts, connectionOf } from './solutions/call-parts.ts';
import { createBodyReader } from './solutions/capture-body.ts';
import { type ModuleLookups, requireSound } from './solutions/check-module.ts';
import { createItemSweeps } from './solutions/item-sweeps.ts';
import type { BlockLookups } from './solutions/module-blocks.ts';
import { createModuleTrial } from './solutions/module-trial.ts';
import { createModuleTriggers } from './solutions/module-triggers.ts';
import { createModuleUpkeep } from './solutions/module-upkeep.ts';
import { createModules } from './solutions/modules.ts';
import { createModulesHandlers } from './solutions/modules-handlers.ts';
import { createModulesTable } from './solutions/modules-table.ts';
import { createRunItemsTable } from './solutions/run-items-table.ts';
import { listenForSettled } from './solutions/run-settling.ts';
import { createRunStages } from './solutions/run-stages.ts';
import { createRunWorker } from './solutions/run-worker.ts';
import { createRuns } from './solutions/runs.ts';
import { createRunsTable } from './solutions/runs-table.ts';
import { type Clock, createSchedules, systemClock } from './solutions/schedules.ts';
import { createSolutions } from './solutions/solutions.ts';
import { createSolutionsHandlers } from './solutions/solutions-handlers.ts';
import { createSolutionsTable } from './solutions/solutions-table.ts';
import { createSourceFactsTable } from './solutions/source-facts-table.ts';
import { createSweepsTable } from './solutions/sweeps-table.ts';
import { readsCaptureBody } from './solutions/template-context.ts';
import type { Database } from './store/database.ts';

const defaultUndoMs = 10_000;
/** Newest items that are looked at for fields that the mapping does not name. */
const itemsLookedAt = 50;

export function assembleSolutions(deps: {
  database: Database;
  changes: Changes;
  log: Log;
  recordAudit: RecordAudit;
  giveWay: GiveWay;
  stopping: AbortController;
  undoMs: number | undefined;
  sources: Pick<Sources, 'dataSources' | 'inbound'>;
  capturesTable: Pick<CapturesTable, 'get'>;
  /** The parsed body of a call as JSON, every digit kept; `cut` where it is too large. */
  readBody(capture: CaptureRow, signal: AbortSignal): Promise<{ text: string; cut: boolean }>;
  /** Modules whose runs led to a call, where an answer changed an item. */
  chainOf(capture: CaptureRow): readonly string[];
  parts: CallParts;
  /** Fields that the answers of an action bring into items of a data source. */
  answerFieldsOf(dataSourceId: string): readonly string[];
  outbox: OutboxParts;
  applyAnswer: ApplyAnswer;
  clock?: Clock | undefined;
}) {
  const { database, changes, log, recordAudit, giveWay, undoMs = defaultUndoMs, parts, outbox } = deps;
  const { dataSources } = deps.sources;
  const clock = deps.clock ?? systemClock;
  const { now } = clock;
  const stopping = deps.stopping.signal;
  const solutionsTable = createSolutionsTable(database);
  const modulesTable = createModulesTable(database);
  const runsTable = createRunsTable(database);
  const runItems = createRunItemsTable(database);
  const sweepsTable = createSweepsTable(database);
  const sourceFacts = createSourceFactsTable(database);
  const capture = (id: string) => deps.capturesTable.get(id);
  const bodyOf = createBodyReader({ capture, read: deps.readBody, log });

  const triggers = createModuleTriggers({
    modulesTable,
    runsTable,
    sourceFacts,
    chainOf: deps.chainOf,
    onFired: () => worker.wake(),
  });
  const onChanged = () => {
    triggers.forget();
    schedules.wake();
    worker.wake();
  };
  const onDeleted = () => upkeep.wake();

  const solutions = createSolutions({
    database,
    table: solutionsTable,
    modulesTable,
    dataSources,
    changes,
    recordAudit,
    undoMs,
    onChanged,
    onDeleted,
  });
  const lookups: ModuleLookups & BlockLookups = {
    source: sourceFacts.get,
    mayUse: solutionsTable.mayUse,
    hasAction: (dataSourceId, id) => parts.action(id)?.dataSourceId === dataSourceId,
    hasConnection: (dataSourceId, id) => parts.connectionsOf(dataSourceId).some((each) => each.id === id),
    connectionOf: (step) => connectionOf(step, parts),
    connectionFault: parts.connectionFault,
    moreFields: (id) => [...deps.answerFieldsOf(id), ...runItems.fieldNames(id, itemsLookedAt)],
    templateFault: parts.templateFault,
  };
  const modules = createModules({
    database,
    table: modulesTable,
    solutions,
    lookups,
    changes,
    recordAudit,
    undoMs,
    now,
    onChanged,
    onDeleted,
  });
  const stages = createRunStages({
    modulesTable,
    runsTable,
    runItems,
    sourceFacts,
    parts,
    outbox,
    sweeps: sweepsTable,
    blockFor: modules.blockFor,
    now,
    onSweep: () => sweeps.wake(),
  });
  const background = { database, modulesTable, runsTable, changes, log, giveWay, stopping, now };
  const worker = createRunWorker({
    ...background,
    stages,
    capture,
    bodyOf,
    readsBody: (module) => readsCaptureBody(module, parts.action),
    onIdle: () => sweeps.wake(),
  });
  const sweeps = createItemSweeps({
    ...background,
    runItems,
    sweeps: sweepsTable,
    onFired: worker.wake,
  });
  const schedules = createSchedules({ ...background, sweeps: sweepsTable, clock, onFired: worker.wake });
  const runs = createRuns({
    database,
    table: runsTable,
    modules,
    modulesTable,
    runItems,
    outbox,
    deliveryState: (id) => outbox.jobs.byId(id)?.state,
    retryDelivery(id, dueAt) {
      const job = outbox.jobs.byId(id);
      if (job?.state !== 'failed' && job?.state !== 'cancelled') return false;
      outbox.openAgain(job, dueAt, false);
      return true;
    },
    changes,
    now,
    onDue: worker.wake,
    giveWay,
  });
  listenForSettled({
    outbox,
    runsTable,
    modulesTable,
    changes,
    now,
    applyAnswer: deps.applyAnswer,
    onDue: worker.wake,
  });
  const upkeep = createModuleUpkeep({
    ...background,
    solutionsTable,
    undoMs,
    cancelRun: runs.cancelRun,
    hasDelivery: (id) => outbox.jobs.byId(id) !== undefined,
  });
  const trial = createModuleTrial({
    runItems,
    sourceFacts,
    parts,
    capture,
    bodyOf,
    requireSolution: (id) => solutions.require(id, 'solutionId'),
    requireSound: (module) => requireSound(module, lookups),
    blockFor: modules.blockFor,
    giveWay,
  });

  return {
    solutions,
    modules,
    runs,
    triggers,
    /** Names of modules that call a connection. */
    usesOf: modulesTable.namesCalling,
    usesOfAction: modulesTable.namesUsingAction,
    handlers: {
      ...createSolutionsHandlers({ solutions, modules }),
      ...createModulesHandlers({ runs, trial, now }),
    },
    /** Takes up what a stop or a kill left undone. */
    resume(): void {
      worker.wake();
      sweeps.wake();
      schedules.wake();
      upkeep.wake();
    },
    async stop(): Promise<void> {
      await Promise.all([schedules.stop(), sweeps.stop(), worker.stop(), upkeep.stop()]);
    },
  };
}

export type SolutionParts = ReturnType<typeof assembleSolutions>;
