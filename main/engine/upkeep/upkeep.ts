// What the engine does by itself to keep the store small: removes deleted data sources, deletes calls beyond their rules and old deliveries,
// rolls up the minutes of the charts, gives space back. At start, every few minutes, and when it is woken.
import type { DataSource } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { CallCountsTable } from '../captures/call-counts-table.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { DataSourceCare } from '../data-sources/data-source-care.ts';
import type { InboundConnections } from '../data-sources/inbound-connections.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, freeSpace, giveSpaceBack, transactRepeatable } from '../store/database.ts';
import { inSteps } from './in-steps.ts';
import type { SourceRemoval } from './remove-source.ts';
import type { RetentionRulesStore } from './retention.ts';
import type { RetentionSweep } from './sweep-retention.ts';

const everyMs = 5 * 60_000;
const hourMs = 60 * 60_000;
/** Charts of an hour and a day need minutes; the rest needs hours. */
const minutesKeptMs = 48 * hourMs;
const hoursKeptMs = 400 * 24 * hourMs;
/** A day in which calls came every minute has 1,440 rows. */
const rolledAtOnceMs = 2 * 24 * hourMs;
/** Free space that stays for the next calls, and how much is given back at once. */
const spareBytes = 8 * 1024 * 1024;
const giveBackBytes = 256 * 1024;
/** A flood of calls may go this far beyond its rule before it is swept out of turn, at most this often. */
const floodSlack = 1_000;
const floodEveryMs = 10_000;

export function createUpkeep(deps: {
  database: Database;
  dataSources: { list(): readonly Pick<DataSource, 'id'>[] };
  care: Pick<DataSourceCare, 'deleted'>;
  inbound: Pick<InboundConnections, 'forget'>;
  capturesTable: CapturesTable;
  counts: CallCountsTable;
  retention: Pick<RetentionRulesStore, 'rulesOf'>;
  sweepRetention: RetentionSweep;
  /** Deletes old deliveries. */
  sweepDeliveries(): Promise<unknown>;
  removeSource: SourceRemoval;
  giveWay: GiveWay;
  stopping: AbortController;
  log: Log;
}) {
  const { database, dataSources, care, inbound, capturesTable, counts, retention, giveWay, stopping, log } =
    deps;
  let running: Promise<void> | undefined;
  let again = false;
  let sweptForFlood = 0;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  function wakeIn(ms: number): void {
    if (stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake();
    }, ms);
    timer.unref();
    timers.add(timer);
  }

  function wake(): void {
    if (stopping.signal.aborted) return;
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
      await giveWay();
      await removeDeleted();
      for (const { id } of dataSources.list()) {
        await deps.sweepRetention(id);
        await rollUp(id);
        await giveWay();
      }
      await deps.sweepDeliveries();
      await shrink();
    } catch (error) {
      if (stopping.signal.aborted) return;
      log('error', 'upkeep of the store failed and is tried again', errorFacts(error));
    }
  }

  async function removeDeleted(): Promise<void> {
    for (const { id, removeAt } of care.deleted()) {
      if (removeAt > Date.now()) {
        wakeIn(removeAt - Date.now() + 1);
        continue;
      }
      await deps.removeSource(id);
      inbound.forget(id);
      log('info', 'a deleted data source was removed', { dataSourceId: id });
    }
  }

  async function rollUp(dataSourceId: string): Promise<void> {
    const now = Date.now();
    const inShort = (step: (rows: number) => number) =>
      inSteps((rows) => transactRepeatable(database, () => step(rows)), giveWay);
    await inShort((rows) => counts.dropBefore(dataSourceId, now - hoursKeptMs, rows));
    await inShort((rows) => capturesTable.forgetDeliveries(dataSourceId, now, rows));
    const to = Math.floor((now - minutesKeptMs) / hourMs) * hourMs;
    for (let from = counts.firstToRollUp(dataSourceId, 0, to); from !== undefined; ) {
      const [start, end] = [from, Math.min(to, from + rolledAtOnceMs)];
      transactRepeatable(database, () => counts.rollUp(dataSourceId, start, end));
      await giveWay();
      from = counts.firstToRollUp(dataSourceId, end, to);
    }
  }

  async function shrink(): Promise<void> {
    for (;;) {
      const { bytes, returnable } = freeSpace(database);
      if (!returnable || bytes <= spareBytes) return;
      giveSpaceBack(database, Math.min(giveBackBytes, bytes - spareBytes));
      await giveWay();
    }
  }

  const everySoOften = setInterval(wake, everyMs);
  everySoOften.unref();

  return {
    wake,
    /** A deleted data source may be removed from then on. */
    removeAt: (at: number) => wakeIn(at - Date.now() + 1),
    /** Calls came: where they swell beyond their rule between two rounds, they are swept now. */
    noteArrivals(dataSourceId: string): void {
      if (Date.now() - sweptForFlood < floodEveryMs) return;
      const rules = retention.rulesOf(dataSourceId);
      const stored = counts.totals(dataSourceId);
      const flooded = (['rejected', 'handshake', 'duplicate'] as const).some(
        (outcome) => stored[outcome].calls > (rules[outcome].calls ?? Number.POSITIVE_INFINITY) + floodSlack,
      );
      if (!flooded) return;
      sweptForFlood = Date.now();
      wake();
    },
    async stop(): Promise<void> {
      clearInterval(everySoOften);
      for (const timer of timers) clearTimeout(timer);
      await running;
    },
  };
}

export type Upkeep = ReturnType<typeof createUpkeep>;
