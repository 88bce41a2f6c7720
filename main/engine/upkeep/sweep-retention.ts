// Deletes what is beyond the rules of a data source, a few milliseconds at a time. A kill in between leaves a whole number
// of calls deleted, with right counts; the next sweep goes on. Not fsynced at once: what a power cut brings back goes again.
import { type CallVolume, type Outcome, outcome as outcomeSchema } from '#contract';
import type { AgingCapture, CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import { isHeldBack, type Overdue } from './overdue.ts';
import type { RetentionRulesStore } from './retention.ts';
import type { RetentionTable } from './retention-table.ts';

const sliceMs = 4;
const sliceBytes = 1024 * 1024;
const tellEveryMs = 500;

export function createRetentionSweep(deps: {
  database: Database;
  capturesTable: CapturesTable;
  table: RetentionTable;
  retention: Pick<RetentionRulesStore, 'rulesOf'>;
  overdue: Overdue;
  changes: Changes;
  giveWay: GiveWay;
}) {
  const { database, capturesTable, table, retention, overdue, changes, giveWay } = deps;

  /** Deletes the first of `rows`, as many as fit in a slice; gives how many of them it took up. */
  function deleteSlice(
    dataSourceId: string,
    outcome: Outcome,
    rows: readonly AgingCapture[],
    sum: CallVolume,
  ): number {
    // A mapping may have been saved since the page was read: then its calls wait for indexing again. Or a call was pinned.
    const indexed = table.indexedSequence(dataSourceId) ?? Number.NEGATIVE_INFINITY;
    const start = performance.now();
    let taken = 0;
    let bytes = 0;
    function* free(): Generator<AgingCapture> {
      for (const row of rows) {
        if (taken > 0 && (performance.now() - start > sliceMs || bytes > sliceBytes)) return;
        taken += 1;
        if (table.isPinned(row.sequence) || (outcome === 'accepted' && isHeldBack(row, indexed))) continue;
        bytes += row.body_bytes;
        yield row;
      }
    }
    const gone = transactRepeatable(database, () => {
      const slice = capturesTable.deleteCalls(dataSourceId, outcome, free());
      if (slice.calls > 0) table.addDeleted(dataSourceId, Date.now(), slice);
      return slice;
    });
    sum.calls += gone.calls;
    sum.bytes += gone.bytes;
    return taken;
  }

  return async function sweepRetention(dataSourceId: string): Promise<CallVolume> {
    const rules = retention.rulesOf(dataSourceId);
    const sum: CallVolume = { calls: 0, bytes: 0 };
    let toldAt = Date.now();
    function tell(done: boolean): void {
      if (sum.calls === 0 || (!done && Date.now() - toldAt < tellEveryMs)) return;
      toldAt = Date.now();
      changes.tell('retention.swept', { dataSourceId, ...sum, done });
      changes.tell('dataSources.changed', { id: dataSourceId });
    }
    for (const outcome of outcomeSchema.options) {
      for await (const { goes } of overdue(dataSourceId, outcome, rules[outcome])) {
        for (let left = goes; left.length > 0; ) {
          left = left.slice(deleteSlice(dataSourceId, outcome, left, sum));
          tell(false);
          await giveWay();
        }
      }
    }
    tell(true);
    return sum;
  };
}

export type RetentionSweep = ReturnType<typeof createRetentionSweep>;
