// Deletes settled deliveries that are old, a few milliseconds at a time. What waits is never deleted. A delivery holds data of the calls
// behind it, so it is kept no longer than its data source keeps accepted calls.
import type { DeliveryState } from '#contract';
import type { GiveWay } from '../give-way.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { DeliveriesTable } from './deliveries-table.ts';
import type { DestinationsTable } from './destinations-table.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** What failed waits longer for somebody to look at it. */
const daysKept = { succeeded: 30, cancelled: 30, failed: 90 } as const satisfies Partial<
  Record<DeliveryState, number>
>;
const rowsAtOnce = 200;
const sliceMs = 4;

export function createDeliveriesSweep(deps: {
  database: Database;
  table: DeliveriesTable;
  destinations: DestinationsTable;
  giveWay: GiveWay;
  now(): number;
  dataSourceIds(): string[];
  /** How many days a data source keeps accepted calls; undefined: for ever. */
  callDaysOf(dataSourceId: string): number | undefined;
  tellChanged(dataSourceId: string): void;
}) {
  const { database, table, giveWay } = deps;

  function dropSlice(sequences: readonly number[]): number {
    return transactRepeatable(database, () => {
      const start = performance.now();
      let dropped = 0;
      for (const sequence of sequences) {
        if (performance.now() - start > sliceMs) break;
        table.drop(sequence);
        dropped += 1;
      }
      return dropped;
    });
  }

  /** Gives how many went. */
  return async function sweepDeliveries(): Promise<number> {
    let gone = 0;
    for (const dataSourceId of deps.dataSourceIds()) {
      const callDays = deps.callDaysOf(dataSourceId) ?? Number.POSITIVE_INFINITY;
      let ofSource = 0;
      for (const state of ['succeeded', 'cancelled', 'failed'] as const) {
        const before = deps.now() - Math.min(daysKept[state], callDays) * dayMs;
        for (;;) {
          const sequences = table.endedBefore(dataSourceId, state, before, rowsAtOnce);
          if (sequences.length === 0) break;
          ofSource += dropSlice(sequences);
          await giveWay();
        }
      }
      if (ofSource > 0) deps.tellChanged(dataSourceId);
      gone += ofSource;
    }
    if (gone > 0) transactRepeatable(database, deps.destinations.dropIdle);
    return gone;
  };
}

export type DeliveriesSweep = ReturnType<typeof createDeliveriesSweep>;
