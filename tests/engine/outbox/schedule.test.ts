// The schedule, what a try means, and when a destination is paused: pure, so days pass in a moment.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange, FailureCode } from '#contract';
import { failureCode } from '#contract';
import {
  afterFailure,
  afterGone,
  afterPause,
  afterSuccess,
  afterUndecided,
  failuresUntilPause,
  openBreaker,
  probeDelayMs,
} from '../../../main/engine/outbox/breaker.ts';
import { inWords, judgeAttempt } from '../../../main/engine/outbox/judge-attempt.ts';
import {
  delaysMs,
  longestDelayMs,
  maxRetryAfterMs,
  nextDelay,
} from '../../../main/engine/outbox/schedule.ts';

const hour = 3_600_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: 1, max: 9 });

describe('the schedule', () => {
  it('is 0, 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h', () => {
    const waits = delaysMs.slice(1).map((_, index) => nextDelay(index + 1, 0, undefined)?.ms);
    expect(delaysMs[0]).toBe(0);
    expect(waits).toEqual([
      5_000,
      300_000,
      1_800_000,
      ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
    ]);
    expect(nextDelay(10, 0, undefined)).toBeUndefined();
    expect(nextDelay(10, 0, 1_000)).toBeUndefined();
  });

  it('adds at most a fifth, and never comes early', () => {
    fc.assert(
      fc.property(failures, random, (count, chance) => {
        const { ms = 0 } = nextDelay(count, chance, undefined) ?? {};
        const planned = delaysMs[count] ?? 0;
        expect(ms).toBeGreaterThanOrEqual(planned);
        expect(ms).toBeLessThanOrEqual(planned * 1.2 + 1);
        expect(ms).toBeLessThanOrEqual(longestDelayMs);
      }),
    );
  });

  it('waits as long as the answer asks, up to a day', () => {
    fc.assert(
      fc.property(failures, random, fc.integer({ min: 0, max: 100 * hour }), (count, chance, asked) => {
        const { ms = 0 } = nextDelay(count, chance, asked) ?? {};
        expect(ms).toBeGreaterThanOrEqual(Math.min(asked, maxRetryAfterMs));
        expect(ms).toBeLessThanOrEqual(longestDelayMs);
      }),
    );
    expect(nextDelay(1, 0, 0)).toEqual({ ms: 1_000, asked: true });
    expect(nextDelay(2, 0, 30_000)).toEqual({ ms: 30_000, asked: true });
    expect(nextDelay(2, 0, 90 * hour)).toEqual({ ms: 24 * hour, asked: true });
  });

  it('does not let short waits use up all tries', () => {
    expect(nextDelay(3, 0, 1_000)).toEqual({ ms: 1_000, asked: true });
    expect(nextDelay(4, 0, 1_000)).toEqual({ ms: 2 * hour, asked: false });
    expect(nextDelay(4, 0, 3 * hour)).toEqual({ ms: 3 * hour, asked: true });
  });
});

function answered(status: number, failure?: FailureCode): Exchange {
  const code = failure ?? (status < 200 || status > 299 ? 'status' : undefined);
  return {
    request: { method: 'POST', url: 'https://a.test/', headers: [] },
    answer: { status, headers: [] },
    ...(code ? { failure: { code, message: `The answer was ${status}.` } } : {}),
    timing: { totalMs: 1 },
  };
}
function unanswered(code: FailureCode): Exchange {
  return { ...answered(200), answer: undefined, failure: { code, message: 'It went wrong.' } };
}
const judge = (exchange: Exchange, before = 0, retryAfterMs?: number) =>
  judgeAttempt(exchange, before, 0, retryAfterMs);

describe('a try', () => {
  it.each([200, 201, 202, 204, 299])('that is answered %i has arrived', (status) => {
    expect(judge(answered(status))).toMatchObject({ kind: 'succeeded', destination: 'healthy' });
  });

  it.each([400, 406, 411, 413, 414, 415, 422, 431])(
    'that is answered %i is given up: the bytes stay the same',
    (status) => {
      const verdict = judge(answered(status));
      expect(verdict).toMatchObject({ kind: 'failed', gone: false, destination: 'healthy' });
      expect(verdict.decision).toContain(String(status));
    },
  );

  it.each([404, 405, 409, 423, 425])(
    'that is answered %i is tried again, and the destination is well',
    (status) => {
      expect(judge(answered(status))).toMatchObject({ kind: 'later', destination: 'healthy' });
    },
  );

  it.each([301, 302, 307, 308, 401, 403, 408, 500, 501, 502, 503, 504])(
    'that is answered %i is tried again, and counts against the destination',
    (status) => {
      const code = status < 400 ? 'redirected' : status === 401 ? 'authorizationFailed' : 'status';
      expect(judge(answered(status, code))).toMatchObject({ kind: 'later', destination: 'failing' });
    },
  );

  it('that is answered 410 is given up, and its address is gone', () => {
    expect(judge(answered(410))).toMatchObject({ kind: 'failed', gone: true });
  });

  it('that is answered 429 or 503 with a wait holds the destination', () => {
    expect(judge(answered(429), 0, 7_000)).toMatchObject({
      kind: 'later',
      delayMs: 7_000,
      holdMs: 7_000,
      destination: 'undecided',
    });
    expect(judge(answered(503), 0, 7_000)).toMatchObject({ holdMs: 7_000 });
    expect(judge(answered(500), 0, 7_000)).toMatchObject({ delayMs: 7_000, holdMs: undefined });
  });

  it('whose success broke off in the middle is tried again', () => {
    expect(judge(answered(200, 'answerBroken'))).toMatchObject({ kind: 'later', destination: 'failing' });
  });

  it('that can never work is given up at once', () => {
    for (const code of [
      'invalidTemplate',
      'invalidUrl',
      'notConfigured',
      'targetForbidden',
      'loop',
      'noAccess',
    ] as const) {
      expect(judge(unanswered(code))).toMatchObject({ kind: 'failed', destination: 'undecided' });
    }
  });

  it('is never called arrived without a 2xx, whatever failed, and always says why in words', () => {
    for (const code of failureCode.options) {
      for (const before of [0, 5, 9]) {
        const verdict = judge(unanswered(code), before);
        expect(verdict.kind).not.toBe('succeeded');
        expect(verdict.decision).toMatch(/^[A-Z].*\.$/);
      }
      expect(judge(unanswered(code), 9).kind).toBe('failed');
    }
  });

  it('says what comes next', () => {
    expect(judge(answered(500), 1).decision).toBe('Answered 500; tried again in 5 min.');
    expect(judge(answered(500), 9).decision).toBe('Given up after 10 tries: answered 500.');
    expect(judge(unanswered('refused')).decision).toBe('It went wrong; tried again in 5 s.');
    expect([1_000, 119_000, 120_000, 7_200_000, 7_500_000].map(inWords)).toEqual([
      '1 s',
      '119 s',
      '2 min',
      '2 h',
      '2 h 5 min',
    ]);
  });
});

describe('a destination', () => {
  it('is paused by failures in a row, probed ever later, and opened by a success', () => {
    let state = openBreaker;
    for (let count = 1; count < failuresUntilPause; count += 1) state = afterFailure(state, 0, 0, 'why');
    expect(state.pausedBy).toBeUndefined();
    state = afterFailure(state, 1_000, 0, 'The connection was refused.');
    expect(state).toMatchObject({ pausedBy: 'failures', since: 1_000, nextProbeAt: 31_000 });
    expect(state.because).toBe('5 calls in a row failed. The last one: The connection was refused.');
    const probes = Array.from({ length: 8 }, () => {
      state = afterFailure(state, 0, 0, 'why');
      return state.nextProbeAt;
    });
    expect(probes).toEqual([60, 120, 300, 600, 1_800, 3_600, 3_600, 3_600].map((seconds) => seconds * 1_000));
    expect(state.since).toBe(1_000);
    expect(afterSuccess(state)).toEqual(openBreaker);
  });

  it('counts failures in a row only', () => {
    let state = openBreaker;
    for (let count = 0; count < 20; count += 1) {
      state = afterFailure(state, 0, 0, 'why');
      if (count % 4 === 3) state = afterSuccess(state);
    }
    expect(state).toEqual(openBreaker);
  });

  it('gets another probe when one told nothing', () => {
    let state = openBreaker;
    for (let count = 0; count < 6; count += 1) state = afterFailure(state, 0, 0, 'why');
    expect(afterUndecided(state, 5_000, 0)).toMatchObject({ nextProbeAt: 65_000, probes: 1 });
    expect(afterUndecided(openBreaker, 5_000, 0)).toEqual(openBreaker);
  });

  it('that was paused by hand stays so, and one that is gone is not probed', () => {
    const paused = afterPause(openBreaker, 7);
    expect(afterSuccess(paused).pausedBy).toBe('hand');
    expect(afterFailure(paused, 8, 0, 'why')).toMatchObject({ pausedBy: 'hand', nextProbeAt: undefined });
    expect(afterGone(paused, 8)).toEqual(paused);
    const gone = afterGone(openBreaker, 7);
    expect(gone).toMatchObject({ pausedBy: 'gone', since: 7, nextProbeAt: undefined });
    expect(afterFailure(gone, 8, 0, 'why').pausedBy).toBe('gone');
    expect(afterSuccess(gone)).toEqual(openBreaker);
  });

  it('is probed after half a minute to an hour and a bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), random, (probes, chance) => {
        const ms = probeDelayMs(probes, chance);
        expect(ms).toBeGreaterThanOrEqual(30_000);
        expect(ms).toBeLessThanOrEqual(1.2 * hour);
      }),
    );
  });
});
