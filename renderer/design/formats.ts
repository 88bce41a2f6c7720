// Numbers and times as people read them. Pure; `now` comes in, so that tests and rows agree on it.

const byteUnits = ['KB', 'MB', 'GB'] as const;

/** 1 KB is 1,000 bytes, as in the receiver's limits. `0 B`, `999 B`, `1.2 KB`, `25 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let value = bytes;
  let unit = '';
  for (const next of byteUnits) {
    if (Number(value.toPrecision(3)) < 1000) break;
    value /= 1000;
    unit = next;
  }
  return `${shorten(value)} ${unit}`;
}

/** `0.4 ms`, `12 ms`, `1.2 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${Number((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return two(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.floor(seconds / 60);
  return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const counts = new Intl.NumberFormat('en');

/** `1,204`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `999`, `1.2K`, `3.4M`, where room is short and the digits stand elsewhere. */
export function formatCompact(count: number): string {
  return compact.format(count);
}

/** `1 item`, `1,204 items`. */
export function countOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const relative = new Intl.RelativeTimeFormat('en');
const nearDay = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const daySeconds = 86_400;
const weekSeconds = 7 * daySeconds;
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', weekSeconds],
  ['hour', 3600],
  ['minute', 60],
];

/** `now`, `12 seconds ago`, `3 minutes ago`, `yesterday`; a time that is ahead by a clock's drift is `now`. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = Math.trunc((at.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 5) return 'now';
  if (size >= daySeconds && size < weekSeconds) return nearDay.format(daysBetween(now, at), 'day');
  for (const [unit, length] of steps) {
    if (size >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return relative.format(seconds, 'second');
}

/** As the reader counts them: from Tuesday noon to Thursday morning are two, so that `tomorrow` is never the day after. */
function daysBetween(from: Date, to: Date): number {
  const dayOf = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / (1000 * daySeconds);
  return dayOf(to) - dayOf(from);
}

const absolute = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** `Mon, 23 Nov 2026, 14:03:22 CET`, in the reader's time zone. */
export function formatAbsolute(at: Date): string {
  return absolute.format(at);
}

const isoTime = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Times inside a sentence of the engine, which knows no time zone of a reader, as that reader writes them. */
export function withLocalTimes(sentence: string): string {
  return sentence.replace(isoTime, (time) => formatAbsolute(new Date(time)));
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** `14:03:22.417`, for lists that follow live. */
export function formatClock(at: Date): string {
  return clock.format(at);
}

function shorten(value: number): string {
  return value < 10 ? String(Number(value.toFixed(1))) : String(Math.round(value));
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
