// How long an answer asks to wait (RFC 9110, section 10.2.3): seconds, or a date. Pure.

/** Undefined where it does not say, or says nothing that can be read. Never negative. */
export function retryAfterOf(
  headers: readonly (readonly [string, string])[],
  now: number,
): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
