// When a destination is paused and opened again: by hand, by failures in a row, or because it says that it is gone. Pure.
import type { Destination } from '#contract';

export interface BreakerState {
  pausedBy: NonNullable<Destination['pausedBy']> | undefined;
  /** Why, in one sentence. */
  because: string | undefined;
  /** Milliseconds since 1970, like the next. */
  since: number | undefined;
  nextProbeAt: number | undefined;
  /** Probes that failed since the pause began. */
  probes: number;
  failuresInRow: number;
}

export const openBreaker: BreakerState = {
  pausedBy: undefined,
  because: undefined,
  since: undefined,
  nextProbeAt: undefined,
  probes: 0,
  failuresInRow: 0,
};

/** Failures in a row, over all deliveries of a destination, that pause it. */
export const failuresUntilPause = 5;

const probeDelaysMs = [30, 60, 120, 300, 600, 1_800, 3_600].map((seconds) => seconds * 1_000);
/** A probe comes later by up to this share. */
const jitterShare = 0.2;
/** No probe lies further ahead than this. */
export const longestProbeDelayMs = Math.round(3_600_000 * (1 + jitterShare));

export function probeDelayMs(probes: number, random: number): number {
  const delay = probeDelaysMs[Math.min(probes, probeDelaysMs.length - 1)] ?? 0;
  return Math.round(delay * (1 + jitterShare * random));
}

/** A call arrived. What was paused by hand stays so. */
export function afterSuccess(state: BreakerState): BreakerState {
  return state.pausedBy === 'hand' ? { ...state, failuresInRow: 0 } : openBreaker;
}

/** A call failed by fault of the destination. `what` says how, as a sentence. */
export function afterFailure(state: BreakerState, now: number, random: number, what: string): BreakerState {
  const failuresInRow = state.failuresInRow + 1;
  if (state.pausedBy === 'hand' || state.pausedBy === 'gone') return { ...state, failuresInRow };
  if (state.pausedBy === undefined && failuresInRow < failuresUntilPause) return { ...state, failuresInRow };
  const probes = state.pausedBy === undefined ? 0 : state.probes + 1;
  return {
    pausedBy: 'failures',
    because: `${failuresInRow} calls in a row failed. The last one: ${what}`,
    since: state.since ?? now,
    nextProbeAt: now + probeDelayMs(probes, random),
    probes,
    failuresInRow,
  };
}

/** A call ended without telling of the destination. If it was the probe of a pause, there must be another one. */
export function afterUndecided(state: BreakerState, now: number, random: number): BreakerState {
  if (state.pausedBy !== 'failures') return state;
  return { ...state, nextProbeAt: now + probeDelayMs(state.probes, random) };
}

/** It says that it is gone. Nothing is sent until it is resumed by hand. */
export function afterGone(state: BreakerState, now: number): BreakerState {
  if (state.pausedBy === 'hand') return state;
  return {
    ...state,
    pausedBy: 'gone',
    because: 'It answered 410: the address is gone. Set the Base Url right, or resume it.',
    since: now,
    nextProbeAt: undefined,
    probes: 0,
  };
}

export function afterPause(state: BreakerState, now: number): BreakerState {
  return { ...state, pausedBy: 'hand', because: 'Paused by hand.', since: now, nextProbeAt: undefined };
}
