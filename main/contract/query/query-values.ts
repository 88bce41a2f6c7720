// What stands behind a colon of a query: sizes, durations, counts, times. Pure; a fault is a sentence with a hint.

export interface Amount {
  min?: number;
  max?: number;
  /** The bound itself does not count. */
  minOpen?: boolean;
  maxOpen?: boolean;
}

export type ValueResult<T> = { ok: true; value: T } | { ok: false; message: string; hint: string };

/** 1 kb is 1,000 bytes, as everywhere on the screens; 1 kib is 1,024. */
const sizes: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1000,
  kib: 1024,
  m: 1_000_000,
  mb: 1_000_000,
  mib: 1_048_576,
};
const durations: Record<string, number> = { '': 1, ms: 1, s: 1000, m: 60_000, min: 60_000 };
const counts: Record<string, number> = { '': 1 };
export type AmountUnit = 'bytes' | 'milliseconds' | 'count';
const units: Record<AmountUnit, Record<string, number>> = {
  bytes: sizes,
  milliseconds: durations,
  count: counts,
};
const hints: Record<AmountUnit, string> = {
  bytes: 'Write a size such as >100kb, <=2mb, 512 or 1kb..5kb.',
  milliseconds: 'Write a time such as >500ms, <2s or 1s..3s.',
  count: 'Write a number such as 0, >1 or 2..5.',
};

/** `>100kb`, `<=2s`, `5`, `1kb..5kb`. */
export function readAmount(text: string, unit: AmountUnit): ValueResult<Amount> {
  const fault = (message: string): ValueResult<Amount> => ({ ok: false, message, hint: hints[unit] });
  const single = (part: string): number | undefined => {
    const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(part);
    const factor =
      match && Object.hasOwn(units[unit], (match[2] ?? '').toLowerCase())
        ? units[unit][(match[2] ?? '').toLowerCase()]
        : undefined;
    if (!match || factor === undefined) return undefined;
    const amount = Number(match[1]) * factor;
    return Number.isFinite(amount) && amount <= Number.MAX_SAFE_INTEGER ? amount : undefined;
  };
  if (text === '') return fault('The amount is missing.');
  const range = text.split('..');
  if (range.length === 2) {
    const [min, max] = range.map((part) => (part === '' ? undefined : single(part)));
    const isOff = range.some((part, i) => part !== '' && (i === 0 ? min : max) === undefined);
    if (isOff || (min === undefined && max === undefined)) return fault(`"${text}" is no range.`);
    if (min !== undefined && max !== undefined && min > max) return fault('The range ends before it begins.');
    return { ok: true, value: { ...(min !== undefined && { min }), ...(max !== undefined && { max }) } };
  }
  const [, operator = '', rest = ''] = /^(>=|<=|>|<|=|)(.*)$/s.exec(text) ?? [];
  const amount = single(rest);
  if (amount === undefined) return fault(rest === '' ? 'The amount is missing.' : `"${rest}" is no amount.`);
  switch (operator) {
    case '>':
      return { ok: true, value: { min: amount, minOpen: true } };
    case '>=':
      return { ok: true, value: { min: amount } };
    case '<':
      return { ok: true, value: { max: amount, maxOpen: true } };
    case '<=':
      return { ok: true, value: { max: amount } };
    default:
      return { ok: true, value: { min: amount, max: amount } };
  }
}

export function isInAmount(value: number, { min, max, minOpen, maxOpen }: Amount): boolean {
  if (min !== undefined && (minOpen ? value <= min : value < min)) return false;
  return max === undefined || (maxOpen ? value < max : value <= max);
}

const timeHint =
  'Write a day (2026-11-01), a time (2026-11-01T08:30), today, yesterday, or how long ago: 30m, 12h, 7d.';
const ago: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds since 1970. Days and times without a zone are those of this computer. */
export function readTime(text: string, now: number): ValueResult<number> {
  const fault = (message: string): ValueResult<number> => ({ ok: false, message, hint: timeHint });
  const word = text.toLowerCase();
  const today = new Date(now);
  if (word === 'now') return { ok: true, value: now };
  if (word === 'today') return { ok: true, value: startOfDay(today, 0) };
  if (word === 'yesterday') return { ok: true, value: startOfDay(today, -1) };
  const span = /^(\d{1,6})([smhdw])$/.exec(word);
  if (span) return { ok: true, value: now - Number(span[1]) * (ago[span[2] ?? ''] ?? 0) };
  const parts =
    /^(\d{4})-(\d{2})(?:-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(z|[+-]\d{2}:\d{2})?)?)?$/.exec(
      word,
    );
  if (!parts) return fault(text === '' ? 'The time is missing.' : `"${text}" is no time.`);
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone] = parts;
  const numbers = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [y, m, d, h, min, s] = numbers;
  const check = new Date(Date.UTC(y, m - 1, d, h, min, s));
  check.setUTCFullYear(y);
  const isReal = check.getUTCMonth() === m - 1 && check.getUTCDate() === d && h < 24 && min < 60 && s < 60;
  if (!isReal) return fault(`There is no ${text}.`);
  const ms = Number(fraction.padEnd(3, '0'));
  if (zone !== undefined) {
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone.toUpperCase()}`);
    return Number.isNaN(at) ? fault(`There is no ${text}.`) : { ok: true, value: at + ms };
  }
  const local = new Date(y, m - 1, d, h, min, s, ms);
  local.setFullYear(y);
  return { ok: true, value: local.getTime() };
}

function startOfDay(of: Date, days: number): number {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate() + days).getTime();
}
