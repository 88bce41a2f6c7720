// How long an answer asks to wait (RFC 9110, section 10.2.3): seconds, or a date. Pure.

/** No answer asks for more; who waits has a shorter limit of its own. */
export const longestAskedMs = 365 * 24 * 60 * 60 * 1000;

/** Undefined where it does not say, or says nothing that can be read. Never negative; a date that has passed asks for no wait. */
export function retryAfterOf(
  headers: readonly (readonly [string, string])[],
  now: number,
): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]?.trim();
  if (!value) return undefined;
  // The grammar knows whole seconds only; servers send others.
  const ms = /^\d+(\.\d+)?$/.test(value) ? Math.ceil(Number(value) * 1000) : untilDate(value, now);
  return ms === undefined ? undefined : Math.min(Math.max(0, ms), longestAskedMs);
}

/** The three forms of a date in HTTP (section 5.6.7), all in GMT. `Date.parse` alone would find a date in «try again 5». */
const dateForms = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function untilDate(text: string, now: number): number | undefined {
  const found = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!found) return undefined;
  const { day = '', month = '', year = '', time = '' } = found;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const at = Date.UTC(wholeYear(year, now), months.indexOf(month), Number(day), hours, minutes, seconds);
  const isReal =
    months.includes(month) && new Date(at).getUTCDate() === Number(day) && hours < 24 && minutes < 60;
  return isReal && seconds <= 60 ? at - now : undefined;
}

/** Two digits that seem to lie more than 50 years ahead are of the century before. */
function wholeYear(digits: string, now: number): number {
  if (digits.length > 2) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
