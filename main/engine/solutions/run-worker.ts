// Takes up runs that are due: judges them and prepares their next step, a few milliseconds at a time, behind the answers. What it leaves
// undone is in the store, so a stop or a kill loses nothing.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ModuleInput } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, sqliteCode, transact, transactRepeatable } from '../store/database.ts';
import type { BodyReader, CaptureBody } from './capture-body.ts';
import type { ModulesTable } from './modules-table.ts';
import type { RunStages } from './run-stages.ts';
import type { RunRow, RunsTable } from './runs-table.ts';

const runsAtOnce = 50;
const sliceMs = 4;
const retryMs = 2_000;
/** Runs whose conditions did not hold, a module. */
export const notMatchedKept = 500;
const trimEvery = 50;

export function createRunWorker(deps: {
  database: Database;
  runsTable: RunsTable;
  modulesTable: ModulesTable;
  stages: RunStages;
  capture(id: string): CaptureRow | undefined;
  bodyOf: BodyReader;
  readsBody(module: ModuleInput): boolean;
  /** Nothing is due any more. */
  onIdle(): void;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  stopping: AbortSignal;
}) {
  const { database, runsTable, modulesTable, stages, changes, log, giveWay, stopping } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  const notMatched = new Map<string, number>();

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

  async function run(): Promise<void> {
    await nextTurn();
    try {
      for (;;) {
        const rows = runsTable.due(0, runsAtOnce);
        if (stopping.aborted) return;
        if (rows.length === 0) {
          deps.onIdle();
          return;
        }
        await take(rows);
      }
    } catch (error) {
      if (stopping.aborted) return;
      log('error', 'runs could not go on and are tried again', errorFacts(error));
      retryTimer ??= setTimeout(() => {
        retryTimer = undefined;
        wake();
      }, retryMs);
    }
  }

  async function take(rows: RunRow[]): Promise<void> {
    const bodies = new Map<string, CaptureBody>();
    for (const row of rows) {
      const id = row.capture_id;
      if (id === null || bodies.has(id) || !readsBody(row)) continue;
      bodies.set(id, await deps.bodyOf(id, stopping));
    }
    for (let next = 0; next < rows.length; ) {
      const start = performance.now();
      const touched = new Set<string>();
      transactRepeatable(database, () => {
        while (next < rows.length && performance.now() - start < sliceMs) {
          advance(rows[next] as RunRow, bodies);
          touched.add((rows[next] as RunRow).module_id);
          next += 1;
        }
      });
      for (const moduleId of touched) changes.tell('runs.changed', { moduleId });
      await giveWay();
    }
  }

  function readsBody(row: RunRow): boolean {
    const module = modulesTable.definitionOf(row.module_id, row.module_version);
    return module !== undefined && deps.readsBody(module);
  }

  /** One run that fails by a fault of ours must not hold up the others. */
  function advance(row: RunRow, bodies: ReadonlyMap<string, CaptureBody>): void {
    try {
      transact(database, () => {
        // Cancelled, or gone with its module, since it was found.
        const now = runsTable.get(row.id);
        if (now?.due !== 1) return;
        const id = row.capture_id;
        const capture = id === null ? undefined : deps.capture(id);
        const after = stages.advance(now, capture, id === null ? undefined : bodies.get(id));
        if (after?.state === 'notMatched') trimNotMatched(row.module_id);
      });
    } catch (error) {
      if (sqliteCode(error) !== undefined) throw error;
      log('error', 'a run failed unexpectedly', { runId: row.id, ...errorFacts(error) });
      const reason = `Something unexpected went wrong; the log has it under ${row.id}.`;
      runsTable.update({ ...row, state: 'failed', reason, ended_at: Date.now(), due: 0 });
    }
  }

  /** They are many and tell little: only the newest stay. */
  function trimNotMatched(moduleId: string): void {
    const count = (notMatched.get(moduleId) ?? trimEvery) + 1;
    notMatched.set(moduleId, count % trimEvery);
    if (count >= trimEvery) runsTable.dropOldest(moduleId, 'notMatched', notMatchedKept, 2 * trimEvery);
  }

  return {
    wake,
    async stop(): Promise<void> {
      clearTimeout(retryTimer);
      await running;
    },
  };
}

export type RunWorker = ReturnType<typeof createRunWorker>;
