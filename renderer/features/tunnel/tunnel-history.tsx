// The last 24 hours of the tunnel: the round trips of its probes as a chart, and when the public URL took no calls.
import { useMemo } from 'react';
import type { TunnelGap, TunnelPoint } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { countOf, formatAbsolute, formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime, useNow } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import styles from './tunnel-history.module.css';

const words = text.tunnel.history;
const pointMs = 10 * 60_000;
const pointCount = 144;
const chartHeight = 40;

/** `short`: the chart without the list of gaps, for the popover. */
export function TunnelHistory({ short = false }: { short?: boolean }) {
  const history = useCall('tunnel.history', {});
  useEvent('tunnel.changed', history.refetch);
  if (history.problem) {
    return <ProblemNotice {...problemWords(history.problem, words.failed)} tone="warn" />;
  }
  if (!history.data) return null;
  const { points, gaps } = history.data;
  if (points.length === 0 && gaps.length === 0) {
    return short ? null : <p className={styles.empty}>{words.empty}</p>;
  }
  return (
    <div className={styles.history}>
      <ProbeChart points={points} />
      {!short && <Gaps gaps={gaps} />}
    </div>
  );
}

function ProbeChart({ points }: { points: readonly TunnelPoint[] }) {
  const now = useNow();
  const bars = useMemo(() => barsOf(points, now.getTime()), [points, now]);
  const checks = points.reduce((sum, point) => sum + point.good + point.failed, 0);
  const failed = points.reduce((sum, point) => sum + point.failed, 0);
  const slowest = Math.max(0, ...points.map((point) => point.slowestMs ?? 0));
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <span>{words.chart}</span>
        <span>{words.summary(countOf(checks, 'check', 'checks'), failed, formatDuration(slowest))}</span>
      </figcaption>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${pointCount} ${chartHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.chart}
      >
        {bars.map((bar) => (
          <rect
            key={bar.at}
            className={styles.bar}
            data-failed={bar.isFailed || undefined}
            x={bar.x}
            y={chartHeight - bar.height}
            width={0.8}
            height={bar.height}
          />
        ))}
      </svg>
      <div className={styles.axis} aria-hidden>
        <span>{words.dayAgo}</span>
        <span>{words.now}</span>
      </div>
    </figure>
  );
}

function barsOf(points: readonly TunnelPoint[], now: number) {
  const slowest = Math.max(1, ...points.map((point) => point.roundTripMs ?? 0));
  const end = now - (now % pointMs);
  return points.flatMap((point) => {
    const x = pointCount - 1 - (end - Date.parse(point.at)) / pointMs;
    if (x < 0) return [];
    const isFailed = point.failed > 0;
    const height =
      point.roundTripMs === undefined
        ? chartHeight
        : Math.max(3, (point.roundTripMs / slowest) * chartHeight);
    return [{ at: point.at, x, height, isFailed }];
  });
}

function Gaps({ gaps }: { gaps: readonly TunnelGap[] }) {
  if (gaps.length === 0) return <p className={styles.empty}>{words.noGaps}</p>;
  return (
    <section aria-label={words.gaps}>
      <h3 className={styles.title}>{words.gaps}</h3>
      <ul className={styles.gaps}>
        {gaps.slice(0, 10).map((gap) => (
          <li key={gap.from} className={styles.gap}>
            <span className={styles.when}>
              <RelativeTime at={gap.from} />
              {gap.to === undefined
                ? ` · ${words.lasts}`
                : ` · ${words.lasted(formatDuration(Date.parse(gap.to) - Date.parse(gap.from)))}`}
            </span>
            <span title={formatAbsolute(new Date(gap.from))}>{gap.reason}</span>
            {gap.sources.length > 0 && (
              <ul className={styles.lost}>
                {gap.sources.map((source) => (
                  <li key={source.dataSourceId}>{words.lost(source.name, source.why)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
