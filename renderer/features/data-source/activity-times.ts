// The times of the bars of a chart, short below it and whole where they are read out. Pure.
import type { ActivitySpan } from '#contract';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

interface Bar {
  from: string;
  to: string;
}

export function barLabel({ from }: Bar, span: ActivitySpan): string {
  return span === 'hour' || span === 'day' ? clock.format(new Date(from)) : day.format(new Date(from));
}

export function barTime({ from, to }: Bar, span: ActivitySpan): string {
  const [start, end] = [new Date(from), new Date(to)];
  if (span === 'month') return weekday.format(start);
  if (span === 'hour') return clock.format(start);
  return `${weekday.format(start)}, ${clock.format(start)} to ${clock.format(end)}`;
}
