// When a call that failed is tried again. Pure.
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Before each try, counted from the failure before it: ten tries over about three days. */
export const delaysMs: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** A delay is longer by up to this share, so that calls that failed together do not come back together. */
const jitterShare = 0.2;
/** An answer that asks for less waits this long; one that asks for more than the other, no longer than that. */
export const minRetryAfterMs = second;
export const maxRetryAfterMs = 24 * hour;
/** So often an answer may shorten the wait. After that it can only lengthen it: `Retry-After: 1` must not use up all tries in ten seconds. */
const shortenedTries = 3;
/** Added at most to a wait that was asked for. */
const maxAskedJitterMs = minute;

/** No due time lies further ahead than this. */
export const longestDelayMs = Math.round(24 * hour * (1 + jitterShare));

export interface Delay {
  ms: number;
  /** Whether `Retry-After` of the answer decided. */
  asked: boolean;
}

/**
 * The wait before the next try. `failures` counts tries that failed, from 1; `random` is from 0 to below 1. Undefined: all tries are used.
 */
export function nextDelay(
  failures: number,
  random: number,
  retryAfterMs: number | undefined,
): Delay | undefined {
  const delay = delaysMs[failures];
  if (delay === undefined) return undefined;
  const scheduled = Math.round(delay * (1 + jitterShare * random));
  if (retryAfterMs === undefined) return { ms: scheduled, asked: false };
  const asked = Math.min(Math.max(retryAfterMs, minRetryAfterMs), maxRetryAfterMs);
  const withJitter = Math.round(asked + Math.min(asked * 0.1, maxAskedJitterMs) * random);
  return failures > shortenedTries && withJitter < scheduled
    ? { ms: scheduled, asked: false }
    : { ms: withJitter, asked: true };
}
