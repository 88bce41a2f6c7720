// What a try means: it arrived, it is tried again, or it is given up; and whether the destination as a whole is to blame. Pure.
import type { Exchange, FailureCode } from '#contract';
import { delaysMs, nextDelay } from './schedule.ts';

export type Verdict = {
  /** In words, for people. */
  decision: string;
  /** healthy: it answers, if only to say no · failing: it did not work · undecided: says nothing of it. */
  destination: 'healthy' | 'failing' | 'undecided';
} & (
  | { kind: 'succeeded' }
  | { kind: 'later'; delayMs: number /** It asked to be left alone so long. */; holdMs?: number | undefined }
  | { kind: 'failed'; gone: boolean }
);

/**
 * These say that the very bytes of this call are wrong, or that its address is gone. The bytes are the same at every try, so no try can
 * end otherwise. All else may heal: a server that is mended, a secret or Base Url that is set right.
 */
const finalStatuses = new Set([400, 406, 410, 411, 413, 414, 415, 422, 431]);

/** Nothing was sent, and nothing will be until somebody changes the set-up. */
const finalFailures = new Set<FailureCode>([
  'invalidTemplate',
  'invalidUrl',
  'notConfigured',
  'targetForbidden',
  'loop',
  'noAccess',
]);

/** They tell of this call, or of ourselves, rather than of the destination. */
const ownFailures = new Set<FailureCode>(['secretUnreadable', 'cancelled', 'interrupted', 'unexpected']);

/** These make sense only together with a wait that the destination asks for. */
const askingStatuses = new Set([429, 503]);

export function judgeAttempt(
  exchange: Exchange,
  /** Tries that failed before this one. */
  failuresBefore: number,
  random: number,
  retryAfterMs: number | undefined,
): Verdict {
  const status = exchange.answer?.status;
  const { failure } = exchange;
  if (!failure && status !== undefined && status >= 200 && status < 300) {
    return { kind: 'succeeded', destination: 'healthy', decision: `Arrived: answered ${status}.` };
  }
  const why = status === undefined || isAboutTheAnswer(failure?.code) ? failure?.code : undefined;
  const what = why === undefined ? `answered ${status}` : (failure?.message ?? 'no answer came');
  const destination = blame(status, why);
  if (status === 410) {
    return {
      kind: 'failed',
      gone: true,
      destination,
      decision: 'Given up: answered 410, the address is gone.',
    };
  }
  if (why !== undefined ? finalFailures.has(why) : finalStatuses.has(status ?? 0)) {
    const reason =
      why === undefined ? `${what}, which the same bytes cannot change` : withoutFullStop(what, false);
    return { kind: 'failed', gone: false, destination, decision: `Given up: ${reason}.` };
  }
  const delay = nextDelay(failuresBefore + 1, random, retryAfterMs);
  if (!delay) {
    return {
      kind: 'failed',
      gone: false,
      destination,
      decision: `Given up after ${delaysMs.length} tries: ${withoutFullStop(what, false)}.`,
    };
  }
  const asked = delay.asked ? ` Retry-After of the answer: ${inWords(retryAfterMs ?? 0)}.` : '';
  return {
    kind: 'later',
    delayMs: delay.ms,
    holdMs: status !== undefined && askingStatuses.has(status) ? retryAfterMs : undefined,
    destination,
    decision: `${withoutFullStop(what, true)}; tried again in ${inWords(delay.ms)}.${asked}`,
  };
}

/** An answer came, and still something else was wrong: it broke off, it led elsewhere, it is one of our own rules. */
const isAboutTheAnswer = (code: FailureCode | undefined): boolean =>
  code !== undefined && !['status', 'authorizationFailed', 'redirected'].includes(code);

function blame(status: number | undefined, why: FailureCode | undefined): Verdict['destination'] {
  if (why !== undefined) return finalFailures.has(why) || ownFailures.has(why) ? 'undecided' : 'failing';
  if (status === undefined) return 'undecided';
  if (status >= 500 || (status >= 300 && status < 400)) return 'failing';
  if (status === 429 || status === 410) return 'undecided';
  // Without the right to call, every call fails; the others say only that this one is not wanted.
  return [401, 403, 407, 408].includes(status) ? 'failing' : 'healthy';
}

function withoutFullStop(sentence: string, capital: boolean): string {
  const text = sentence.replace(/\.+$/, '');
  return (capital ? text.charAt(0).toUpperCase() : text.charAt(0)) + text.slice(1);
}

/** «30 s», «5 min», «2 h 5 min». */
export function inWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
