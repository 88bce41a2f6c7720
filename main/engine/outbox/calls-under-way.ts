// Calls that are under way: begun with a claimed job, ended by their answer, by their limit, by hand or by a stop. Knows no store beyond the
// body of a job; what came of a call is handed over.
import type { Exchange, ExchangeFailure } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import { unpackBody } from '../captures/body-packing.ts';
import type { Clock } from './clock.ts';
import type { JobRow, JobsTable } from './jobs-table.ts';
import { type Lane, noteStart } from './lane.ts';
import { exchangeWithout, type Tried } from './settle.ts';

/** What the outbox needs of a connection: sends one call and gives what came of it; resolves for failures, too. */
export type CallConnection = (call: {
  connectionId: string;
  method: JobRow['method'];
  target: string;
  headers: [string, string][];
  body?: Uint8Array | undefined;
  idempotencyKey: string;
  hops: number;
  signal: AbortSignal;
}) => Promise<{ exchange: Exchange; retryAfterMs?: number | undefined }>;

/** Calls under way in all. One that takes longer than `briskMs` counts only to the second limit: hanging hosts fill the first one never. */
const mostBrisk = 16;
const briskMs = 500;
const mostInAll = 256;
/** A call ends by its own time limit, which is shorter. */
const callLimitMs = 150_000;

interface Call {
  lane: Lane;
  job: JobRow;
  startedAt: number;
  stopper: AbortController;
  abortedBy: keyof typeof brokenOffFailures | undefined;
}

const brokenOffFailures = {
  stop: { code: 'interrupted', message: 'Hookbench was stopped during this call.' },
  hand: { code: 'cancelled', message: 'The delivery was cancelled during this call.' },
  limit: { code: 'timeout', message: `No answer came within ${callLimitMs / 1_000} s.` },
} as const satisfies Record<string, ExchangeFailure>;
const unexpected: ExchangeFailure = {
  code: 'unexpected',
  message: 'Something unexpected went wrong in Hookbench itself; its log says what.',
};

export function createCallsUnderWay(deps: {
  jobs: Pick<JobsTable, 'body'>;
  callConnection: CallConnection;
  clock: Clock;
  log: Log;
  onEnded(lane: Lane, tried: Tried): void;
}) {
  const { jobs, callConnection, clock, log, onEnded } = deps;
  const calls = new Set<Call>();
  let onIdle: (() => void) | undefined;

  async function send(call: Call): Promise<Tried> {
    const { job, startedAt } = call;
    try {
      const packed = jobs.body(job.sequence);
      const { exchange, retryAfterMs } = await callConnection({
        connectionId: job.connection_id,
        method: job.method,
        target: job.target,
        headers: JSON.parse(job.headers) as [string, string][],
        body: packed && (await unpackBody(packed)),
        idempotencyKey: job.idempotency_key,
        hops: job.hops,
        signal: call.stopper.signal,
      });
      const brokenOff = exchange.failure?.code === 'cancelled' ? call.abortedBy : undefined;
      const failure = brokenOff && brokenOffFailures[brokenOff];
      return {
        job,
        startedAt,
        exchange: failure ? { ...exchange, failure } : exchange,
        retryAfterMs,
        interrupted: brokenOff === 'stop',
      };
    } catch (error) {
      if (!call.abortedBy) {
        log('error', 'a delivery met a fault of our own', { deliveryId: job.id, ...errorFacts(error) });
      }
      const failure = call.abortedBy ? brokenOffFailures[call.abortedBy] : unexpected;
      const exchange = exchangeWithout(job, failure);
      return { job, startedAt, exchange, retryAfterMs: undefined, interrupted: call.abortedBy === 'stop' };
    }
  }

  function abort(call: Call, by: NonNullable<Call['abortedBy']>): void {
    call.abortedBy ??= by;
    call.stopper.abort(new Error('the call was broken off'));
  }

  return {
    begin(lane: Lane, job: JobRow): void {
      const startedAt = clock.now();
      const call: Call = { lane, job, startedAt, stopper: new AbortController(), abortedBy: undefined };
      calls.add(call);
      noteStart(lane, startedAt);
      const dropLimit = clock.after(callLimitMs, () => abort(call, 'limit'));
      void send(call).then((tried) => {
        dropLimit();
        calls.delete(call);
        onEnded(lane, tried);
        if (calls.size === 0) onIdle?.();
      });
    },

    freePlaces(now: number): number {
      let brisk = 0;
      for (const { startedAt } of calls) if (now - startedAt < briskMs) brisk += 1;
      return Math.max(0, Math.min(mostBrisk - brisk, mostInAll - calls.size));
    },

    /** While all places are taken: when the next one is free, if no call ends before. */
    placeFreeAt(now: number): number {
      let at = Number.POSITIVE_INFINITY;
      for (const { startedAt } of calls)
        if (now - startedAt < briskMs) at = Math.min(at, startedAt + briskMs);
      return at;
    },

    /** Breaks off the call of a job that was cancelled. */
    breakOff(sequence: number): void {
      for (const call of calls) if (call.job.sequence === sequence) abort(call, 'hand');
    },

    /** Breaks off all calls, for no fault of theirs. */
    stopAll(): void {
      for (const call of calls) abort(call, 'stop');
    },

    /** Resolves when no call is under way, or after a while. */
    async idleWithin(ms: number): Promise<void> {
      if (calls.size === 0) return;
      await new Promise<void>((resolve) => {
        const drop = clock.after(ms, resolve);
        onIdle = () => {
          drop();
          resolve();
        };
      });
      onIdle = undefined;
    },
  };
}

export type CallsUnderWay = ReturnType<typeof createCallsUnderWay>;
