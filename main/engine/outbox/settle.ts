// What a try leaves behind: the attempt, the job's next state, the destination's state, and whoever waits for the end. Everything of one
// try is written in one transaction with the caller's; nothing here is kept in memory.
import type { Exchange } from '#contract';
import { packAtOnce } from '../captures/body-packing.ts';
import type { AttemptsTable } from './attempts-table.ts';
import {
  afterFailure,
  afterGone,
  afterSuccess,
  afterUndecided,
  type BreakerState,
  longestProbeDelayMs,
} from './breaker.ts';
import type { Clock } from './clock.ts';
import { breakerOf, type DestinationsTable } from './destinations-table.ts';
import type { JobRow, JobsTable } from './jobs-table.ts';
import { judgeAttempt, type Verdict } from './judge-attempt.ts';
import type { Settled } from './outbox.ts';
import { longestDelayMs, nextDelay } from './schedule.ts';

/** A try that has ended. */
export interface Tried {
  /** As it was claimed. */
  job: JobRow;
  startedAt: number;
  exchange: Exchange;
  retryAfterMs: number | undefined;
  /** Hookbench broke it off itself, for no fault of the call. */
  interrupted: boolean;
}

/** What the worker must know once the transaction is done. */
export interface Settlement {
  job: JobRow;
  verdict: Verdict | undefined;
  /** Where the job waits now. */
  destination: string;
  breakerChanged: boolean;
}

/** So many interrupted tries in a row count as a failure, so that a call that ends the program cannot do so for ever. */
const interruptionsInRow = 3;

export function createSettling(deps: {
  jobs: JobsTable;
  attempts: AttemptsTable;
  destinations: DestinationsTable;
  clock: Clock;
  /** Where a connection leads now. */
  destinationOf(connectionId: string): string;
  tellSettled(settled: Settled): void;
}) {
  const { jobs, attempts, destinations, clock, destinationOf, tellSettled } = deps;

  function keepAttempt(tried: Tried, decision: string): void {
    attempts.insert(tried.job.sequence, {
      number: tried.job.attempts,
      at: tried.startedAt,
      interrupted: tried.interrupted,
      decision,
      exchange: packAtOnce(Buffer.from(JSON.stringify(tried.exchange))),
    });
  }

  /** Writes the next state of a job; gives where it waits. */
  function move(
    row: JobRow,
    exchange: Exchange,
    next: Pick<JobRow, 'state' | 'failures'> & { dueAt?: number },
  ): string {
    const waits = next.state === 'waiting';
    const destination = waits ? destinationOf(row.connection_id) : row.destination;
    jobs.tried({
      sequence: row.sequence,
      state: next.state,
      url: exchange.request.url,
      destination,
      due_at: next.dueAt ?? null,
      ended_at: waits ? null : clock.now(),
      failures: next.failures,
      last_status: exchange.answer?.status ?? null,
      last_failure: exchange.failure ? JSON.stringify(exchange.failure) : null,
    });
    if (!waits) {
      tellSettled({
        deliveryId: row.id,
        runId: row.run_id ?? undefined,
        stepId: row.step_id ?? undefined,
        state: next.state === 'succeeded' ? 'succeeded' : 'failed',
        exchange,
      });
    }
    return destination;
  }

  function updateBreaker(row: JobRow, verdict: Verdict, exchange: Exchange): boolean {
    const before = breakerOf(destinations.get(row.destination));
    const now = clock.now();
    const after = nextBreaker(before);
    const changed = JSON.stringify(after) !== JSON.stringify(before);
    if (changed) destinations.putBreaker(row.destination, after);
    return changed;

    function nextBreaker(state: BreakerState): BreakerState {
      if (verdict.kind === 'failed' && verdict.gone) {
        return jobs.otherTargetTaken(row.destination, row.target) ? state : afterGone(state, now);
      }
      if (verdict.destination === 'healthy') return afterSuccess(state);
      if (verdict.destination === 'undecided') return afterUndecided(state, now, clock.random());
      const what = exchange.failure?.message ?? `It answered ${exchange.answer?.status}.`;
      return afterFailure(state, now, clock.random(), what);
    }
  }

  /** A try of no fault waits again at once; only where that happens again and again does it move the schedule on. */
  function putBack(row: JobRow, tried: Tried, why: string): string {
    const inRow = attempts.interruptedAfter(row.sequence, row.attempts - interruptionsInRow) + 1;
    const isCounted = inRow >= interruptionsInRow;
    const delay = isCounted ? nextDelay(row.failures + 1, clock.random(), undefined) : undefined;
    if (isCounted && !delay) {
      keepAttempt(tried, `${why} Given up, because no try is left.`);
      return move(row, tried.exchange, { state: 'failed', failures: row.failures + 1 });
    }
    keepAttempt(tried, `${why} Whether it arrived is not known; it is sent again.`);
    return move(row, tried.exchange, {
      state: 'waiting',
      failures: row.failures + (isCounted ? 1 : 0),
      dueAt: clock.now() + (delay?.ms ?? 0),
    });
  }

  return {
    /** Inside a transaction. Undefined where the job was removed meanwhile, with its data source. */
    settle(tried: Tried): Settlement | undefined {
      const { job, exchange } = tried;
      const row = jobs.get(job.sequence);
      if (!row) return undefined;
      if (row.state !== 'sending' || row.attempts !== job.attempts) {
        const came = exchange.answer ? ` The answer came all the same: ${exchange.answer.status}.` : '';
        keepAttempt(tried, `Cancelled during this try.${came}`);
        return { job, verdict: undefined, destination: row.destination, breakerChanged: false };
      }
      if (tried.interrupted) {
        const destination = putBack(row, tried, 'Hookbench was stopped during this try.');
        return { job, verdict: undefined, destination, breakerChanged: false };
      }
      const verdict = judgeAttempt(exchange, row.failures, clock.random(), tried.retryAfterMs);
      keepAttempt(tried, verdict.decision);
      const breakerChanged = updateBreaker(row, verdict, exchange);
      const destination = move(row, exchange, nextOf(row, verdict));
      return { job, verdict, destination, breakerChanged };
    },

    /** At start, inside a transaction: what was being sent when the program ended waits again. Gives how many. */
    recover(): number {
      const rows = jobs.sending();
      for (const row of rows) {
        const exchange = exchangeWithout(row, {
          code: 'interrupted',
          message: 'Hookbench ended during this call.',
        });
        putBack(
          row,
          { job: row, startedAt: clock.now(), exchange, retryAfterMs: undefined, interrupted: true },
          'Hookbench ended during this try.',
        );
      }
      return rows.length;
    },

    /** Inside a transaction: no job waits longer than the schedule ever asks for, however the clock was set meanwhile. */
    bringNear(destination: string): void {
      const now = clock.now();
      jobs.bringNear(destination, now + longestDelayMs);
      const breaker = breakerOf(destinations.get(destination));
      if ((breaker.nextProbeAt ?? 0) > now + longestProbeDelayMs) {
        destinations.putBreaker(destination, { ...breaker, nextProbeAt: now });
      }
    },
  };

  function nextOf(row: JobRow, verdict: Verdict): Pick<JobRow, 'state' | 'failures'> & { dueAt?: number } {
    if (verdict.kind === 'succeeded') return { state: 'succeeded', failures: row.failures };
    const failures = row.failures + 1;
    if (verdict.kind === 'failed') return { state: 'failed', failures };
    return { state: 'waiting', failures, dueAt: clock.now() + verdict.delayMs };
  }
}

export type Settling = ReturnType<typeof createSettling>;

/** The exchange of a call of which nothing else is known. */
export function exchangeWithout(job: JobRow, failure: NonNullable<Exchange['failure']>): Exchange {
  return {
    request: { method: job.method, url: job.url, headers: JSON.parse(job.headers) as [string, string][] },
    failure,
    timing: { totalMs: 0 },
  };
}
