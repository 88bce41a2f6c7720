// Tells what arrived: writes the answer times of a moment in one transaction, then one event for each data source.

import { errorFacts, type Log } from '../../log/log.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import { type Database, transactRepeatable } from '../store/database.ts';

export interface Arrival {
  dataSourceId: string;
  captureId: string;
  sequence: number;
  /** Undefined where nobody waited for an answer. */
  answeredUs?: number | undefined;
  /** From the first byte to the commit. */
  storedUs?: number | undefined;
}

const gatherMs = 30;
const maxIds = 20;

export function createArrivals(deps: {
  database: Database;
  table: CapturesTable;
  changes: Changes;
  log: Log;
  onArrived(dataSourceId: string): void;
}) {
  const { database, table, changes, log } = deps;
  let waiting: Arrival[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const seconds = new Map<number, number>();

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const arrived = waiting;
    waiting = [];
    if (arrived.length === 0) return;
    try {
      transactRepeatable(database, () => {
        for (const { sequence, answeredUs, storedUs } of arrived) {
          if (answeredUs === undefined || storedUs === undefined) continue;
          table.setAnswered(sequence, answeredUs, storedUs);
        }
      });
    } catch (error) {
      // The call itself is safe; only its answer time is missing then, and the reader shows none.
      log('error', 'answer times were not stored', errorFacts(error));
    }
    const bySource = Map.groupBy(arrived, (arrival) => arrival.dataSourceId);
    for (const [dataSourceId, list] of bySource) {
      const ids = list.map((arrival) => arrival.captureId).reverse();
      changes.tell('captures.received', { dataSourceId, ids: ids.slice(0, maxIds), count: list.length });
      changes.tell('dataSources.changed', { id: dataSourceId });
      deps.onArrived(dataSourceId);
    }
    changes.tell('status.changed', {});
  }

  return {
    add(arrival: Arrival): void {
      const second = Math.floor(Date.now() / 1000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
      // Kept in order; nobody may ask for the sum for days.
      const [oldest = second] = seconds.keys();
      if (seconds.size > 60) seconds.delete(oldest);
      waiting.push(arrival);
      timer ??= setTimeout(flush, gatherMs);
    },
    /** Calls that were stored in the last 60 seconds. */
    perMinute(): number {
      const oldest = Math.floor(Date.now() / 1000) - 60;
      let sum = 0;
      for (const [second, count] of seconds) {
        if (second <= oldest) seconds.delete(second);
        else sum += count;
      }
      return sum;
    },
    flush,
  };
}

export type Arrivals = ReturnType<typeof createArrivals>;
