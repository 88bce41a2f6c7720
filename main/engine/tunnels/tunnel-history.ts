// The past of the tunnel: how its probes went, when the public address took no calls, and whose calls are lost for certain. Watches
// only; a gap begins at the first sign that calls do not arrive and ends when a probe comes back.
import type { Application, DataSource, TunnelGap, TunnelPoint, TunnelState } from '#contract';
import type { ProbeResult } from './probe.ts';
import type { TunnelTable } from './tunnel-table.ts';

const minuteMs = 60_000;
const pointMs = 10 * minuteMs;
const shownMs = 24 * 60 * minuteMs;
const shownGaps = 50;
const notRunning = 'Hookbench was not running.';

export function createTunnelHistory(deps: {
  table: TunnelTable;
  now: () => number;
  dataSources: () => readonly DataSource[];
  application: (id: string) => Application | undefined;
}) {
  const { table, now } = deps;
  let degradedSince: number | undefined;
  let isLive = false;
  let isEnding = false;

  const lastGood = table.lastGood();
  // It ended without a word the last time (a crash, a kill, the power).
  if (lastGood !== undefined && !table.openGap()) table.addGap(lastGood, notRunning);

  function lostFor(from: number, to: number): TunnelGap['sources'] {
    return deps.dataSources().flatMap((source) => {
      const { id, name, applicationId, counts, createdAt } = source;
      if (applicationId === undefined || counts.captures === 0 || Date.parse(createdAt) > to) return [];
      const retries = deps.application(applicationId)?.retries;
      if (retries?.forMs === undefined || retries.certainty !== 'confirmed') return [];
      return to - from > retries.forMs ? [{ dataSourceId: id, name, why: retries.text }] : [];
    });
  }

  return {
    probed(result: ProbeResult): void {
      const at = now();
      table.addProbe(at - (at % pointMs), at, result.ok ? result.roundTripMs : undefined);
    },
    changed(state: TunnelState): void {
      const at = now();
      if (state.status === 'up') {
        if (!isLive && table.openGap()) table.endGap(at);
        isLive = true;
        degradedSince = undefined;
      } else if (state.status === 'degraded') {
        degradedSince ??= at;
      } else if (isLive) {
        isLive = false;
        const stopped = isEnding ? notRunning : 'The tunnel was stopped.';
        table.addGap(
          degradedSince ?? at,
          state.status === 'off' ? stopped : (state.reason ?? 'The tunnel broke off.'),
        );
        degradedSince = undefined;
      }
    },
    /** What comes now is the end of Hookbench, not the user's switch. */
    ending(): void {
      isEnding = true;
    },
    /** When the present gap began; undefined while calls arrive or never did. */
    gapSince: (): number | undefined => table.openGap()?.started_at,
    read(): { points: TunnelPoint[]; gaps: TunnelGap[] } {
      const at = now();
      return {
        points: table.points(at - shownMs).map((row) => ({
          at: iso(row.at),
          good: row.good,
          failed: row.failed,
          ...(row.good > 0 && {
            roundTripMs: Math.round((row.total_ms / row.good) * 10) / 10,
            slowestMs: row.slowest_ms,
          }),
        })),
        gaps: table.gaps(shownGaps).map((row) => ({
          from: iso(row.started_at),
          to: row.ended_at === null ? undefined : iso(row.ended_at),
          reason: row.reason,
          sources: lostFor(row.started_at, row.ended_at ?? at),
        })),
      };
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();

export type TunnelHistory = ReturnType<typeof createTunnelHistory>;
