// What senders write for a point in time, as ISO 8601 text. Knows ISO 8601, RFC 2822 and unix time; guesses nothing else.
import { ExactNumber, type PayloadValue } from '../parsing/payload-value.ts';

/**
 * ISO 8601 text, or undefined where the value is no date that we know.
 * Dates and times without an offset, and those in UTC, stay as written; other offsets are turned into UTC.
 * Numbers (and texts of digits) are unix seconds, milliseconds from 100,000,000,000 on; before 1973 they are no dates.
 */
export function toDateText(value: PayloadValue): string | undefined {
  if (typeof value === 'number' || value instanceof ExactNumber) return fromUnix(String(value));
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return fromIso(text) ?? fromMail(text) ?? fromUnix(text);
}

function fromIso(text: string): string | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, day = '', time, offset] = match;
  if (!isDay(day)) return undefined;
  if (time === undefined) return day;
  const plain = `${day}T${time.replace(',', '.')}`;
  if (offset === undefined) return Number.isNaN(Date.parse(`${plain}Z`)) ? undefined : plain;
  const digits = offset.slice(1).replace(':', '');
  const zone = /^[Zz]$|^[+-]0+(:?0+)?$/.test(offset)
    ? 'Z'
    : `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2) || '00'}`;
  const at = Date.parse(plain + zone);
  if (Number.isNaN(at)) return undefined;
  return zone === 'Z' ? `${plain}Z` : new Date(at).toISOString();
}

/** Refuses 2026-02-30, which Date.parse moves into March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const mailDate = new RegExp(
  `^(?:[a-z]{3},\\s*)?\\d{1,2}\\s+(?:${months})\\s+\\d{4}\\s+\\d{2}:\\d{2}(?::\\d{2})?\\s+(?:[+-]\\d{4}|gmt|utc?|z)$`,
  'i',
);

function fromMail(text: string): string | undefined {
  if (!mailDate.test(text)) return undefined;
  const at = Date.parse(text.replace(/\s(?:z|ut)$/i, ' GMT'));
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function fromUnix(text: string): string | undefined {
  if (!/^\d{9,14}(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (number < 1e8) return undefined;
  const ms = number < 1e11 ? number * 1000 : number;
  return new Date(Math.round(ms)).toISOString();
}
