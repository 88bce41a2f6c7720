// Dates in workbooks: which number formats mean a date or a time, and what a serial number is as ISO text.

export type DateKind = 'date' | 'dateTime' | 'time';

/** ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in East Asian versions. */
const builtIn = new Map<number, DateKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map(
    (id): [number, DateKind] => [id, 'date'],
  ),
  ...[18, 19, 20, 21, 32, 33, 45, 46, 47].map((id): [number, DateKind] => [id, 'time']),
  [22, 'dateTime'],
]);

/** @param code the format's own code, for ids from 164 on */
export function dateKindOf(id: number, code: string | undefined): DateKind | undefined {
  if (code === undefined) return builtIn.get(id);
  const [first = ''] = code
    .replace(/\\./g, '')
    .replace(/"[^"]*"/g, '')
    .replace(/_.|\*./g, '')
    .split(';');
  const elapsed = /\[(h+|m+|s+)\]/i.test(first);
  const plain = first.replace(/\[[^\]]*\]/g, '').replace(/AM\/PM|A\/P/gi, 'h');
  if (/general/i.test(plain)) return undefined;
  const hasTime = elapsed || /[hs]/i.test(plain);
  const hasDate = /[yd]/i.test(plain) || (/m/i.test(plain) && !hasTime);
  if (hasDate) return hasTime ? 'dateTime' : 'date';
  return hasTime ? 'time' : undefined;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Serial 0 of the 1900 system, with its day that never was (29 February 1900) left out from 61 on. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

/** `2026-11-24`, `2026-11-24T09:30:00` or `09:30:00`; undefined where the number is no date (negative, beyond 9999). */
export function dateText(serial: number, kind: DateKind, is1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return undefined;
  const ms = Math.round(serial * dayMs);
  if (kind === 'time') return timeText(ms);
  const shifted = !is1904 && serial < 60 ? ms + dayMs : ms;
  const iso = new Date((is1904 ? epoch1904 : epoch1900) + shifted).toISOString();
  const isWholeDay = ms % dayMs === 0;
  if (kind === 'date' && isWholeDay) return iso.slice(0, 10);
  return iso.endsWith('.000Z') ? iso.slice(0, 19) : iso.slice(0, 23);
}

/** More than 24 hours are kept: `27:30:00`. */
function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  const rest = ms % 1000;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}
