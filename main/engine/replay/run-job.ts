// Runs one job: sends its calls one after the other, at a rate, or all at once; writes each attempt before and after it is sent; counts and
// tells. What it sends is the caller's matter. A stop ends it between two calls and leaves what is under way unanswered.
import type { ReplayOptions, ReplayState } from '#contract';
import { type Database, transactRepeatable } from '../store/database.ts';
import { type AttemptResult, isGood } from './attempt-result.ts';
import type { BegunAttempt, ReplayTable } from './replay-table.ts';

/** One call of the job; `send` is asked once, when its time has come. */
export interface PlannedCall {
  facts: Pick<BegunAttempt, 'data_source_id' | 'capture_id' | 'round' | 'label' | 'original' | 'due_ms'>;
  send(signal: AbortSignal): Promise<AttemptResult>;
}

export interface RunningJob {
  id: string;
  total: number;
  /** The call with this number, from 1; undefined ends the job before `total`. */
  planned(number: number, signal: AbortSignal): PlannedCall | Promise<PlannedCall | undefined> | undefined;
  pace: Pick<ReplayOptions, 'burst' | 'ratePerSecond'>;
}

/** Sockets that are open at once in a burst. */
const mostAtOnce = 500;
/** How many may wait for an answer at a rate, before the next one waits, too. */
const mostBehind = 200;
const tellEveryMs = 100;

const stoppedWhileSending = 'Stopped before the answer came. The call may have arrived.';

export function createRunJob(deps: {
  database: Database;
  table: ReplayTable;
  tell(
    id: string,
    facts: { state: ReplayState; total: number; done: number; failed: number; different: number },
  ): void;
  /** A fault of our own while one call was sent; gives the words for its row. */
  onFault(error: unknown): string;
}) {
  const { database, table } = deps;

  return async function runJob(
    job: RunningJob,
    signal: AbortSignal,
  ): Promise<{ state: 'done' | 'stopped'; done: number; total: number }> {
    const counts = { done: 0, failed: 0, different: 0, total: job.total };
    let toldAt = 0;
    let late: ReturnType<typeof setTimeout> | undefined;
    let started = 0;

    function tell(): void {
      late = undefined;
      toldAt = performance.now();
      deps.tell(job.id, { state: 'running', ...counts });
    }
    function tellSoon(): void {
      late ??= setTimeout(tell, Math.max(0, tellEveryMs - (performance.now() - toldAt)));
    }

    async function sendOne(number: number, planned: PlannedCall): Promise<void> {
      const sentAt = Date.now();
      transactRepeatable(database, () =>
        table.begin({ job_id: job.id, number, sent_at: sentAt, ...planned.facts }),
      );
      const start = process.hrtime.bigint();
      let result: AttemptResult;
      try {
        result = await planned.send(signal);
      } catch (error) {
        result = signal.aborted
          ? { state: 'unknown', failure: stoppedWhileSending }
          : { state: 'failed', failure: deps.onFault(error) };
      }
      const tookUs = Number((process.hrtime.bigint() - start) / 1000n);
      const isFailure =
        result.state !== 'answered' || (result.status !== undefined && !isGood(result.status));
      counts.done += 1;
      if (isFailure) counts.failed += 1;
      if ((result.differences?.length ?? 0) > 0) counts.different += 1;
      transactRepeatable(database, () => {
        table.finish(job.id, number, tookUs, result);
        table.count({ id: job.id, ...counts });
      });
      tellSoon();
    }

    const { burst = false, ratePerSecond } = job.pace;
    const most = burst ? mostAtOnce : ratePerSecond === undefined ? 1 : mostBehind;
    const underWay = new Set<Promise<void>>();
    /** The first fault of the store: no further call goes out, for its attempt could not be written down. */
    let broken: { error: unknown } | undefined;
    const beginning = performance.now();
    try {
      for (let number = 1; number <= job.total && !signal.aborted; number += 1) {
        const planned = await job.planned(number, signal);
        if (!planned) {
          counts.total = number - 1;
          break;
        }
        if (!burst && ratePerSecond !== undefined) {
          await pause(beginning + ((number - 1) * 1000) / ratePerSecond - performance.now(), signal);
        }
        while (underWay.size >= most) await Promise.race(underWay);
        if (signal.aborted || broken) break;
        started += 1;
        const sending: Promise<void> = sendOne(number, planned)
          .catch((error: unknown) => {
            broken ??= { error };
          })
          .finally(() => underWay.delete(sending));
        underWay.add(sending);
        if (most === 1) await sending;
        // A turn for everybody else, in bursts too.
        await new Promise(setImmediate);
      }
      await Promise.all(underWay);
      if (broken) throw broken.error;
    } finally {
      await Promise.allSettled(underWay);
      clearTimeout(late);
    }
    transactRepeatable(database, () => table.count({ id: job.id, ...counts }));
    return {
      state: started < counts.total || signal.aborted ? 'stopped' : 'done',
      done: counts.done,
      total: counts.total,
    };
  };
}

export type RunJob = ReturnType<typeof createRunJob>;

/** Ends early when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
