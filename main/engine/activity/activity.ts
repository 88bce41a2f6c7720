// Calls over time and the health of a data source, from the counts that were kept; never counts calls.
import type { Activity, ActivitySpan, OutcomeCounts, Rejection } from '#contract';
import type { CallCountsTable } from '../captures/call-counts-table.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { barAt, barsOf, stepOf } from './bars.ts';

const none = (): OutcomeCounts => ({ accepted: 0, rejected: 0, handshake: 0, duplicate: 0 });

export function createActivity(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  counts: CallCountsTable;
  capturesTable: CapturesTable;
}) {
  const { dataSources, catalog, counts, capturesTable } = deps;

  return function activity(dataSourceId: string, span: ActivitySpan): Activity {
    const { applicationId } = dataSources.get(dataSourceId);
    const bars = barsOf(span, Date.now());
    const sums = bars.map(none);
    const totals = none();
    let slowestUs = 0;
    for (const step of counts.arrivals(dataSourceId, bars[0]?.from ?? 0, stepOf[span])) {
      add(sums[barAt(bars, step.start)], step);
      add(totals, step);
      slowestUs = Math.max(slowestUs, step.slowest_us);
    }
    const good = totals.accepted + totals.duplicate;
    const judged = good + totals.rejected;
    return {
      span,
      bars: bars.map(({ from, to }, index) => ({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        ...(sums[index] ?? none()),
      })),
      totals,
      health: {
        acceptedShare: judged === 0 ? undefined : good / judged,
        slowestMs: slowestUs === 0 ? undefined : slowestUs / 1000,
        limitMs: applicationId === undefined ? undefined : catalog.get(applicationId)?.answerLimit?.ms,
        lastError: lastErrorOf(dataSourceId),
      },
    };
  };

  function lastErrorOf(dataSourceId: string): Activity['health']['lastError'] {
    const [row] = capturesTable.page({
      dataSourceId,
      outcome: 'rejected',
      before: Number.MAX_SAFE_INTEGER,
      limit: 1,
    });
    if (!row) return undefined;
    const rejection = row.rejection === null ? undefined : (JSON.parse(row.rejection) as Rejection);
    return {
      captureId: row.id,
      at: new Date(row.received_at).toISOString(),
      status: row.status,
      message: rejection?.message ?? '',
    };
  }
}

function add(to: OutcomeCounts | undefined, counts: OutcomeCounts): void {
  if (!to) return;
  to.accepted += counts.accepted;
  to.rejected += counts.rejected;
  to.handshake += counts.handshake;
  to.duplicate += counts.duplicate;
}
