// Sends what is due: claims jobs fairly over destinations and within limits, and goes on until it is stopped. A destination that is slow,
// dead or paused takes nothing away from another. What counts lies in the store; lanes can be forgotten at any time.
import { errorFacts, type Log } from '../../log/log.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import { type CallConnection, createCallsUnderWay } from './calls-under-way.ts';
import type { Clock } from './clock.ts';
import { breakerOf, type DestinationsTable } from './destinations-table.ts';
import type { JobRow, JobsTable } from './jobs-table.ts';
import { catchUp, createLane, forgetMoments, type Lane, nextLookAt, noteNextDue } from './lane.ts';
import type { Settling } from './settle.ts';
import { createResults } from './settle-results.ts';
import { sharePlaces } from './share-places.ts';

/** While the store cannot be written, it is tried again after so long. */
const storeAgainMs = 1_000;
/** The clock is looked at so often; a longer gap means that the machine slept. */
const beatMs = 30_000;
const sleptMs = 90_000;
const clockBackMs = 5_000;
/** At a stop, calls under way get this long; then they are broken off and get a moment more. */
const stopGraceMs = 2_000;
const breakOffMs = 1_000;

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
  let state: 'asleep' | 'running' | 'stopping' = 'asleep';
  let turn = 0;
  let willLook = false;
  let storeFails = false;
  let lastLookAt = clock.now();
  let dropLookTimer: () => void = () => undefined;
  let dropBeat: () => void = () => undefined;

  const results = createResults({
    database,
    settling,
    clock,
    log,
    laneOf,
    onStoreFault: noteStoreFault,
    tellChanged,
    lookSoon,
  });
  const calls = createCallsUnderWay({
    jobs,
    callConnection,
    clock,
    log,
    onEnded(lane, tried) {
      results.add(lane, tried);
      lookSoon();
    },
  });

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
    // A call whose result cannot be kept would only be repeated.
    if (state !== 'running' || storeFails) return;
    try {
      noticeClock();
      for (const lane of lanes.values()) if (lane.stale) readLane(lane);
      const now = clock.now();
      const shared = sharePlaces([...lanes.values()], calls.freePlaces(now), turn, now);
      turn = shared.turn;
      if (shared.wanted.size > 0) {
        for (const { lane, job } of claim(shared.wanted)) calls.begin(lane, job);
        // What was cancelled meanwhile, or belongs to a deleted data source, left its place free.
        lookSoon();
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
    const isIdle = lane.nextDueAt === undefined && lane.open === 0 && lane.settling === 0;
    if (isIdle && lane.heldUntil < clock.now()) lanes.delete(lane.destination);
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

  function noteStoreFault(error: unknown): void {
    if (!storeFails) log('error', 'the outbox cannot write to the store and tries again', errorFacts(error));
    storeFails = true;
    clock.after(storeAgainMs, () => {
      if (state === 'stopping') return;
      storeFails = false;
      if (state === 'asleep') resume();
      results.settleNow();
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
    if (at <= now && calls.freePlaces(now) === 0) at = calls.placeFreeAt(now);
    if (at !== Number.POSITIVE_INFINITY) dropLookTimer = clock.after(Math.max(1, at - now), look);
  }

  function beat(): void {
    dropBeat = clock.after(beatMs, beat);
    touchAll();
    look();
  }

  function touchAll(): void {
    for (const lane of lanes.values()) lane.stale = true;
    lookSoon();
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
      if (interrupted > 0) {
        log('info', 'deliveries were interrupted by the last end of the program', { interrupted });
      }
    } catch (error) {
      noteStoreFault(error);
      return;
    }
    state = 'running';
    beat();
  }

  return {
    resume,
    /** Something of this destination was written: jobs, or its pause. */
    touch(destination: string): void {
      laneOf(destination).stale = true;
      lookSoon();
    },
    touchAll,
    /** The job goes next, also where its destination is paused by failures. */
    tryNext(destination: string, sequence: number): void {
      const lane = laneOf(destination);
      lane.byHand.add(sequence);
      lane.heldUntil = 0;
      lane.stale = true;
      lookSoon();
    },
    breakOff: calls.breakOff,
    /** Until when a destination is left alone because it asked for it. */
    heldUntil: (destination: string): number | undefined => lanes.get(destination)?.heldUntil || undefined,
    async stop(): Promise<void> {
      if (state === 'stopping') return;
      state = 'stopping';
      dropLookTimer();
      dropBeat();
      await calls.idleWithin(stopGraceMs);
      calls.stopAll();
      await calls.idleWithin(breakOffMs);
      results.settleNow();
    },
  };
}

export type Worker = ReturnType<typeof createWorker>;
