// Goes through the items of a source for a scheduled module: one run for each, some at a time, never far ahead of the run worker. How far
// it is stands in the store, so a stop or a kill goes on where it was.
import type { ModuleInput } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { ModulesTable } from './modules-table.ts';
import { runIdOf } from './run-ids.ts';
import type { RunItemsTable } from './run-items-table.ts';
import type { RunsTable, StoredCause } from './runs-table.ts';
import type { SweepRow, SweepsTable } from './sweeps-table.ts';

const itemsAtOnce = 50;
/** Runs that may wait for the worker before more are made. */
const mostWaiting = 500;

export function createItemSweeps(deps: {
  database: Database;
  modulesTable: ModulesTable;
  runsTable: RunsTable;
  runItems: RunItemsTable;
  sweeps: SweepsTable;
  giveWay: GiveWay;
  stopping: AbortSignal;
  log: Log;
  now(): number;
  onFired(): void;
}) {
  const { database, modulesTable, runsTable, runItems, sweeps, giveWay, stopping, log } = deps;
  let running: Promise<void> | undefined;
  let again = false;

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
    try {
      for (;;) {
        await giveWay();
        const rows = sweeps.all();
        if (rows.length === 0) return;
        // Woken again when the worker has nothing left.
        if (runsTable.due(0, mostWaiting).length >= mostWaiting) return;
        for (const row of rows) {
          transactRepeatable(database, () => goOn(row));
          deps.onFired();
          await giveWay();
        }
      }
    } catch (error) {
      if (stopping.aborted) return;
      log(
        'error',
        'a scheduled module could not go through its items; the next look goes on',
        errorFacts(error),
      );
    }
  }

  function goOn(row: SweepRow): void {
    const module = modulesTable.get(row.module_id);
    const definition = module && (JSON.parse(module.definition) as ModuleInput);
    const isOn =
      module?.enabled === 1 &&
      definition?.trigger.kind === 'onScheduled' &&
      definition.trigger.over === 'eachItem' &&
      definition.dataSourceId === row.data_source_id;
    const items = isOn ? runItems.after(row.data_source_id, row.after_external_id ?? '', itemsAtOnce) : [];
    const last = items.at(-1);
    if (!isOn || !last) {
      sweeps.end(row.module_id);
      return;
    }
    const cause: StoredCause = { kind: 'onScheduled', at: row.at };
    for (const { item, revision, captureId } of items) {
      runsTable.insert({
        id: runIdOf(row.module_id, `scheduled.${row.at}.${item.id}`, row.at),
        module_id: row.module_id,
        module_version: module.version,
        solution_id: module.solution_id,
        data_source_id: row.data_source_id,
        item_id: item.id,
        item_title: item.title,
        item_revision: revision,
        item_version: item.version,
        capture_id: captureId ?? null,
        state: 'fired',
        cause: JSON.stringify(cause),
        conditions: '[]',
        steps: '[]',
        chain: '[]',
        started_at: deps.now(),
        due: 1,
      });
    }
    sweeps.move(row.module_id, last.item.externalId);
  }

  return {
    wake,
    async stop(): Promise<void> {
      await running;
    },
  };
}

export type ItemSweeps = ReturnType<typeof createItemSweeps>;
