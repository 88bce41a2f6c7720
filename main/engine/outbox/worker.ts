// Sends what is due: claims jobs fairly over destinations and within limits, calls, and has the results settled in groups. A destination
// that is slow, dead or paused takes nothing away from another. What counts lies in the store; lanes can be forgotten at any time.
import type { Exchange, ExchangeFailure } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import { unpackBody } from '../captures/body-packing.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import { storeFaultOf } from '../store/store-fault.ts';
import type { Clock } from './clock.ts';
import { breakerOf, type DestinationsTable } from './destinations-table.ts';
import type { JobRow, JobsTable } from './jobs-table.ts';
import {
  catchUp,
  createLane,
  forgetMoments,
  freeStarts,
  hold,
  type Lane,
  nextLookAt,
  noteFailure,
  noteNextDue,
  noteStart,
  noteSuccess,
} from './lane.ts';
import { exchangeWithout, type Settlement, type Settling, type Tried } from './settle.ts';

/** What the worker needs of a connection: sends one call and gives what came of it; resolves for failures, too. */
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
/** Results wait so long for company, so that one wait for the disk serves many. */
const settleTogetherMs = 5;
const settleAtOnce = 32;
/** While the store cannot be written, it is tried again after so long. */
const storeAgainMs = 1_000;
const setAsideMs = 30_000;
/** The clock is looked at so often; a longer gap means that the machine slept. */
const beatMs = 30_000;
const sleptMs = 90_000;
const clockBackMs = 5_000;
/** At a stop, calls under way get this long; then they are broken off and get a moment more. */
const stopGraceMs = 2_000;
const breakOffMs = 1_000;

interface Call {
  lane: Lane;
  job: JobRow;
  startedAt: number;
  stopper: AbortController;
  abortedBy: 'stop' | 'hand' | 'limit' | undefined;
}

interface Result {
  lane: Lane;
  tried: Tried;
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

export function createWorker(deps: {
  database: Database;
  jobs: JobsTable;
  destinations: DestinationsTable;
  settling: Settling;
  callConnection: CallConnection;
  clock: Clock;
  log: Log;
  /** After the transaction: deliveries of these data sources changed. */
  tellChanged(dataSourceIds: Iterable<string>, destinationsToo: boolean): void;
}) {
  const { database, jobs, destinations, settling, callConnection, clock, log, tellChanged } = deps;
  const lanes = new Map<string, Lane>();
  const calls = new Set<Call>();
  let results: Result[] = [];
  let state: 'asleep' | 'running' | 'stopping' = 'asleep';
  let turn = 0;
  let willLook = false;
  let storeFails = false;
  let lastLookAt = clock.now();
  let dropLookTimer: () => void = () => undefined;
  let dropSettleTimer: (() => void) | undefined;
  let dropBeat: () => void = () => undefined;
  let onIdle: (() => void) | undefined;

  function laneOf(destination: string): Lane {
    let lane = lanes.get(destination);
    if (!lane) {
      lane = createLane(destination);
      lanes.set(destination, lane);
    }
    return lane;
  }

  /** Many reasons in one turn make one look, after the transaction that they stand in. */
  function lookSoon(): void {
    if (willLook || state !== 'running') return;
    willLook = true;
    setImmediate(() => {
      willLook = false;
      look();
    });
  }

  function look(): void {
    if (state !== 'running' || storeFails) return;
    noticeClock();
    try {
      for (const lane of lanes.values()) if (lane.stale) readLane(lane);
      const wanted = share();
      if (wanted.size > 0) {
        for (const { lane, job } of claim(wanted)) begin(lane, job);
        if (share().size > 0) lookSoon();
      }
    } catch (error) {
      noteStoreFault(error);
      return;
    }
    armLookTimer();
  }

  function readLane(lane: Lane): void {
    const wasPaused = lane.breaker.pausedBy !== undefined;
    lane.breaker = breakerOf(destinations.get(lane.destination));
    if (wasPaused && lane.breaker.pausedBy === undefined) catchUp(lane, clock.now());
    noteNextDue(lane, jobs.earliestDue(lane.destination));
    if (isForgettable(lane)) lanes.delete(lane.destination);
  }

  function isForgettable(lane: Lane): boolean {
    return (
      lane.nextDueAt === undefined && lane.open === 0 && lane.settling === 0 && lane.heldUntil < clock.now()
    );
  }

  /** Free places, one for each destination in turn until they are used up. */
  function share(): Map<Lane, number> {
    const now = clock.now();
    const wanted = new Map<Lane, number>();
    let places = Math.min(mostBrisk - briskCalls(now), mostInAll - calls.size);
    if (places <= 0) return wanted;
    const all = [...lanes.values()];
    const first = all.length === 0 ? 0 : turn % all.length;
    let ready = [...all.slice(first), ...all.slice(0, first)]
      .map((lane) => ({ lane, free: freeStarts(lane, now) }))
      .filter(({ free }) => free > 0);
    while (places > 0 && ready.length > 0) {
      for (const { lane } of ready) {
        if (places === 0) break;
        wanted.set(lane, (wanted.get(lane) ?? 0) + 1);
        places -= 1;
        turn = all.indexOf(lane) + 1;
      }
      ready = ready.filter(({ lane, free }) => (wanted.get(lane) ?? 0) < free);
    }
    return wanted;
  }

  function briskCalls(now: number): number {
    let count = 0;
    for (const { startedAt } of calls) if (now - startedAt < briskMs) count += 1;
    return count;
  }

  /** Not fsynced: what a power cut takes back waits again, and is sent again under the same key. */
  function claim(wanted: Map<Lane, number>): Array<{ lane: Lane; job: JobRow }> {
    const now = clock.now();
    return transactRepeatable(database, () => {
      const claimed: Array<{ lane: Lane; job: JobRow }> = [];
      for (const [lane, count] of wanted) {
        const sequences = [...lane.byHand, ...jobs.due(lane.destination, now, count)].slice(0, count);
        for (const sequence of sequences) {
          lane.byHand.delete(sequence);
          const job = jobs.claim(sequence);
          if (job) claimed.push({ lane, job });
        }
        noteNextDue(lane, jobs.earliestDue(lane.destination));
      }
      return claimed;
    });
  }

  function begin(lane: Lane, job: JobRow): void {
    const call: Call = {
      lane,
      job,
      startedAt: clock.now(),
      stopper: new AbortController(),
      abortedBy: undefined,
    };
    calls.add(call);
    noteStart(lane, call.startedAt);
    const dropLimit = clock.after(callLimitMs, () => abort(call, 'limit'));
    void send(call).then((tried) => {
      dropLimit();
      calls.delete(call);
      lane.open -= 1;
      lane.settling += 1;
      results.push({ lane, tried });
      settleSoon();
      lookSoon();
      if (calls.size === 0) onIdle?.();
    });
  }

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

  function settleSoon(): void {
    if (results.length >= settleAtOnce) settleNow();
    else dropSettleTimer ??= clock.after(settleTogetherMs, settleNow);
  }

  function settleNow(): void {
    dropSettleTimer?.();
    dropSettleTimer = undefined;
    const batch = results;
    results = [];
    settleTogether(batch);
  }

  /** What a call did is kept before anything else happens: with `synchronous=FULL`, all of a group or one after the other. */
  function settleTogether(batch: Result[]): void {
    if (batch.length === 0) return;
    let settlements: Array<Settlement | undefined>;
    try {
      settlements = transact(database, () => batch.map(({ tried }) => settling.settle(tried)));
    } catch (error) {
      // Nothing is lost: the results are here, and the store has the jobs as being sent.
      if (storeFaultOf(error)) {
        results.push(...batch);
        noteStoreFault(error);
      } else if (batch.length > 1) {
        for (const result of batch) settleTogether([result]);
      } else {
        setAside(batch, error);
      }
      return;
    }
    storeFails = false;
    const sources = new Set<string>();
    let destinationsToo = false;
    batch.forEach(({ lane, tried }, index) => {
      const settlement = settlements[index];
      lane.settling -= 1;
      lane.stale = true;
      sources.add(tried.job.data_source_id);
      if (!settlement) return;
      laneOf(settlement.destination).stale = true;
      noteVerdict(lane, settlement);
      destinationsToo ||= settlement.breakerChanged;
    });
    tellChanged(sources, destinationsToo);
    lookSoon();
  }

  /** One result that cannot be kept, by a fault of whoever listens, must not hold up the others. */
  function setAside(batch: Result[], error: unknown): void {
    for (const { lane, tried } of batch) {
      lane.settling -= 1;
      log('error', 'a result cannot be kept and is tried again', {
        deliveryId: tried.job.id,
        ...errorFacts(error),
      });
    }
    lookSoon();
    clock.after(setAsideMs, () => {
      for (const { lane } of batch) lane.settling += 1;
      results.push(...batch);
      settleSoon();
    });
  }

  function noteVerdict(lane: Lane, { verdict }: Settlement): void {
    if (verdict?.destination === 'healthy') noteSuccess(lane);
    if (verdict?.destination === 'failing') noteFailure(lane);
    if (verdict?.kind === 'later' && verdict.holdMs !== undefined) hold(lane, clock.now(), verdict.holdMs);
  }

  /** Nothing more is claimed until the store can be written again: a call whose result cannot be kept would only be repeated. */
  function noteStoreFault(error: unknown): void {
    if (!storeFails) log('error', 'the outbox cannot write to the store and tries again', errorFacts(error));
    storeFails = true;
    clock.after(storeAgainMs, () => {
      if (state === 'stopping') return;
      storeFails = false;
      if (state === 'asleep') resume();
      settleNow();
      look();
    });
  }

  function noticeClock(): void {
    const now = clock.now();
    const passedMs = now - lastLookAt;
    lastLookAt = now;
    if (passedMs > sleptMs) for (const lane of lanes.values()) catchUp(lane, now);
    if (passedMs < -clockBackMs) {
      transactRepeatable(database, () => {
        for (const lane of lanes.values()) setRight(lane);
      });
    }
  }

  /** Inside a transaction: nothing waits for a moment that a wrong clock made up. */
  function setRight(lane: Lane): void {
    settling.bringNear(lane.destination);
    forgetMoments(lane);
    lane.stale = true;
  }

  function armLookTimer(): void {
    dropLookTimer();
    const now = clock.now();
    let at = Number.POSITIVE_INFINITY;
    for (const lane of lanes.values()) at = Math.min(at, nextLookAt(lane) ?? at);
    // All places are taken: the next one is free when a call is no longer brisk, or has ended.
    if (at <= now)
      for (const { startedAt } of calls) at = Math.max(now + 1, Math.min(at, startedAt + briskMs));
    if (at !== Number.POSITIVE_INFINITY) dropLookTimer = clock.after(at - now, look);
  }

  function beat(): void {
    dropBeat = clock.after(beatMs, beat);
    for (const lane of lanes.values()) lane.stale = true;
    look();
  }

  function resume(): void {
    try {
      const now = clock.now();
      const interrupted = transact(database, () => {
        const count = settling.recover();
        for (const destination of destinations.withWork()) {
          const lane = laneOf(destination);
          setRight(lane);
          catchUp(lane, now);
        }
        return count;
      });
      if (interrupted > 0)
        log('info', 'deliveries were interrupted by the last end of the program', { interrupted });
    } catch (error) {
      noteStoreFault(error);
      return;
    }
    state = 'running';
    beat();
  }

  async function idleWithin(ms: number): Promise<void> {
    if (calls.size === 0) return;
    await new Promise<void>((resolve) => {
      const drop = clock.after(ms, resolve);
      onIdle = () => {
        drop();
        resolve();
      };
    });
    onIdle = undefined;
  }

  return {
    resume,
    /** Something of this destination was written: jobs, or its pause. */
    touch(destination: string): void {
      laneOf(destination).stale = true;
      lookSoon();
    },
    touchAll(): void {
      for (const lane of lanes.values()) lane.stale = true;
      lookSoon();
    },
    /** The job goes next, also where its destination is paused by failures. */
    tryNext(destination: string, sequence: number): void {
      const lane = laneOf(destination);
      lane.byHand.add(sequence);
      lane.heldUntil = 0;
      lane.stale = true;
      lookSoon();
    },
    /** Breaks off the calls of jobs that were cancelled. */
    breakOff(sequence: number): void {
      for (const call of calls) if (call.job.sequence === sequence) abort(call, 'hand');
    },
    /** Until when a destination is left alone because it asked for it. */
    heldUntil: (destination: string): number | undefined => lanes.get(destination)?.heldUntil || undefined,
    async stop(): Promise<void> {
      if (state === 'stopping') return;
      state = 'stopping';
      dropLookTimer();
      dropBeat();
      await idleWithin(stopGraceMs);
      for (const call of calls) abort(call, 'stop');
      await idleWithin(breakOffMs);
      settleNow();
    },
  };
}

export type Worker = ReturnType<typeof createWorker>;
