// The bars of a chart of calls: which stretches of time they stand for, by this computer's clock. Pure.
import type { ActivitySpan } from '#contract';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface Bar {
  from: number;
  to: number;
}

/** Counts come in steps of this length; every bar begins at one where the clock's offset is whole hours. */
export const stepOf: Record<ActivitySpan, number> = {
  hour: minuteMs,
  day: minuteMs,
  week: hourMs,
  month: hourMs,
};

/** Oldest first, without gaps, the last one holds `now`: 60 minutes, 48 half hours, 56 times 3 hours, 30 days. */
export function barsOf(span: ActivitySpan, now: number): Bar[] {
  switch (span) {
    case 'hour':
      return evenBars(now, minuteMs, 60);
    case 'day':
      return evenBars(now, 30 * minuteMs, 48);
    case 'week':
      return localBars(now, 7, 8);
    case 'month':
      return localBars(now, 30, 1);
  }
}

function evenBars(now: number, length: number, count: number): Bar[] {
  const last = Math.floor(now / length) * length;
  return Array.from({ length: count }, (_, index) => {
    const from = last - (count - 1 - index) * length;
    return { from, to: from + length };
  });
}

/** Whole days of the calendar, each in `parts`; a day on which the clock changes has a longer or a shorter part. */
function localBars(now: number, days: number, parts: number): Bar[] {
  const edges: number[] = [];
  for (let day = 1 - days; day <= 1; day += 1) {
    for (let part = 0; part < (day === 1 ? 1 : parts); part += 1) {
      const date = new Date(now);
      date.setDate(date.getDate() + day);
      date.setHours((24 / parts) * part, 0, 0, 0);
      edges.push(date.getTime());
    }
  }
  return edges
    .slice(0, -1)
    .map((from, index) => ({ from, to: edges[index + 1] ?? from }))
    .filter((bar) => bar.from <= now);
}

/** The bar in which a moment lies, by halving; -1 before the first. */
export function barAt(bars: readonly Bar[], at: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
