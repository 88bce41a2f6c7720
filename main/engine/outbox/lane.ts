// One destination as the worker sees it: how many calls may be under way, how fast they may start, and when to look at it again. Times
// are milliseconds since 1970. Keeps no jobs; what it knows can be read again from the store.
import { type BreakerState, openBreaker } from './breaker.ts';

/** Calls under way to one destination: at most, and as long as it has not answered lately; each call that arrives doubles them. */
export const mostAtOnce = 4;
const carefullyAtOnce = 1;
/** While catching up, calls start no faster than this: slower at first, a tenth faster with each that arrives. */
const slowestSpacingMs = 100;
const fastestSpacingMs = 20;
const spacingStep = 0.9;
/** An answer that asks to wait holds its own delivery for so long as it says, and the whole destination no longer than this. */
const maxHoldMs = 60_000;

export interface Lane {
  readonly destination: string;
  breaker: BreakerState;
  /** Calls under way, and calls that ended and are not settled yet. */
  open: number;
  settling: number;
  /** When the first of its waiting jobs is due; undefined where none waits. */
  nextDueAt: number | undefined;
  /** Something was written that may have changed `breaker` or `nextDueAt`. */
  stale: boolean;
  /** Jobs to be tried at once because somebody said so, by sequence. */
  byHand: Set<number>;
  allowed: number;
  /** What was due by then is sent slowly; undefined where nothing is overdue. */
  catchingUpTo: number | undefined;
  spacingMs: number;
  nextStartAt: number;
  heldUntil: number;
}

export function createLane(destination: string): Lane {
  return {
    destination,
    breaker: openBreaker,
    open: 0,
    settling: 0,
    nextDueAt: undefined,
    stale: true,
    byHand: new Set(),
    allowed: carefullyAtOnce,
    catchingUpTo: undefined,
    spacingMs: 0,
    nextStartAt: 0,
    heldUntil: 0,
  };
}

/** After a start, a sleep or a pause: what is overdue goes out slowly at first. */
export function catchUp(lane: Lane, now: number): void {
  lane.catchingUpTo = now;
  lane.allowed = carefullyAtOnce;
  lane.spacingMs = slowestSpacingMs;
  lane.nextStartAt = now;
}

/** Calls that may start now. At most one while its starts are spaced or it is probed. */
export function freeStarts(lane: Lane, now: number): number {
  if (lane.byHand.size > 0 && lane.breaker.pausedBy !== 'hand') return lane.open < mostAtOnce ? 1 : 0;
  if (lane.nextDueAt === undefined || lane.nextDueAt > now || startsAt(lane) > now) return 0;
  if (lane.breaker.pausedBy !== undefined) return underWay(lane) === 0 ? 1 : 0;
  const free = Math.max(0, lane.allowed - underWay(lane));
  return lane.catchingUpTo === undefined ? free : Math.min(free, 1);
}

/** When the lane is worth a look again, if nothing else happens; undefined where only an event can help it. */
export function nextLookAt(lane: Lane): number | undefined {
  if (lane.nextDueAt === undefined) return undefined;
  if (underWay(lane) >= (lane.breaker.pausedBy === undefined ? lane.allowed : 1)) return undefined;
  const at = Math.max(lane.nextDueAt, startsAt(lane));
  return at === Number.POSITIVE_INFINITY ? undefined : at;
}

/** As long as one must be careful, the result of a call is waited for, not only its end. */
const underWay = (lane: Lane): number =>
  lane.allowed < mostAtOnce || lane.breaker.pausedBy !== undefined ? lane.open + lane.settling : lane.open;

function startsAt(lane: Lane): number {
  const { pausedBy, nextProbeAt } = lane.breaker;
  const paused = pausedBy === undefined ? 0 : (nextProbeAt ?? Number.POSITIVE_INFINITY);
  return Math.max(paused, lane.nextStartAt, lane.heldUntil);
}

export function noteStart(lane: Lane, now: number): void {
  lane.open += 1;
  if (lane.catchingUpTo !== undefined) lane.nextStartAt = now + lane.spacingMs;
}

export function noteSuccess(lane: Lane): void {
  lane.allowed = Math.min(mostAtOnce, lane.allowed * 2);
  lane.spacingMs = Math.max(fastestSpacingMs, lane.spacingMs * spacingStep);
}

export function noteFailure(lane: Lane): void {
  lane.allowed = carefullyAtOnce;
}

export function hold(lane: Lane, now: number, ms: number): void {
  lane.heldUntil = Math.max(lane.heldUntil, now + Math.min(ms, maxHoldMs));
}

/** `nextDueAt` was read anew: nothing is overdue any more once what is due came after the catching up began. */
export function noteNextDue(lane: Lane, nextDueAt: number | undefined): void {
  lane.nextDueAt = nextDueAt;
  lane.stale = false;
  if (lane.catchingUpTo === undefined) return;
  if (nextDueAt !== undefined && nextDueAt <= lane.catchingUpTo) return;
  lane.catchingUpTo = undefined;
  lane.nextStartAt = 0;
}

/** The clock was set back: nothing that was meant for a moment may hold the lane for hours. */
export function forgetMoments(lane: Lane): void {
  lane.nextStartAt = 0;
  lane.heldUntil = 0;
}
