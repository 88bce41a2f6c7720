// What a tunnel does next, as a pure function: (state, event, moment) → state and effects. No timers, no sockets, no clock.
// The driver (tunnel-supervisor.ts) performs the effects in order and reports what came of them as events.

export type TunnelPhase =
  | { readonly status: 'off'; readonly since: number }
  | {
      readonly status: 'connecting';
      readonly since: number;
      /** Tries that failed in a row before this one. */
      readonly failures: number;
      /** Present when the provider has opened; the first probes are under way. */
      readonly url?: string;
      readonly notice?: string;
      readonly probeFailures: number;
      /** Why the try before failed. */
      readonly reason?: string;
    }
  | {
      readonly status: 'up';
      readonly since: number;
      readonly failures: number;
      readonly url: string;
      readonly notice?: string;
      readonly roundTripMs: number;
    }
  | {
      readonly status: 'degraded';
      readonly since: number;
      readonly failures: number;
      readonly url: string;
      readonly notice?: string;
      readonly probeFailures: number;
      readonly reason: string;
    }
  | {
      readonly status: 'down';
      readonly since: number;
      readonly failures: number;
      readonly reason: string;
      /** Absent where trying again cannot help until the settings change. */
      readonly nextTryAt?: number;
    };

export type TunnelEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'opened'; readonly url: string; readonly notice?: string }
  | { readonly type: 'openFailed'; readonly reason: string; readonly retry: boolean }
  | { readonly type: 'probeSucceeded'; readonly roundTripMs: number }
  | { readonly type: 'probeFailed'; readonly reason: string }
  | { readonly type: 'lost'; readonly reason: string }
  | { readonly type: 'tryDue' }
  | { readonly type: 'probeDue' };

export type TunnelEffect =
  | { readonly do: 'open' }
  /** Ends the tunnel, an opening or probe in flight, and the timer. */
  | { readonly do: 'close' }
  | { readonly do: 'probe' }
  /** Replaces the one timer. */
  | { readonly do: 'wait'; readonly ms: number; readonly event: 'tryDue' | 'probeDue' };

/** The moment of an event: the clock in ms and a random number from 0 to below 1 for the jitter. */
export interface Moment {
  readonly now: number;
  readonly random: number;
}

export interface TunnelStep {
  readonly phase: TunnelPhase;
  readonly effects: readonly TunnelEffect[];
}

export const tunnelTimes = {
  probeEveryMs: 30_000,
  firstProbeAgainMs: 1_000,
  degradedProbeMs: 2_000,
  firstTryAgainMs: 1_000,
  longestTryAgainMs: 60_000,
  /** A tunnel that was up for so long starts the backoff anew when it fails. */
  stableMs: 60_000,
} as const;
const probesBeforeDown = 3;
const firstProbes = 2;

/** The pause before the next try: doubles from 1 s to 60 s, of which a quarter is jitter. `failures` counts from 1. */
export function backoffMs(failures: number, random: number): number {
  const { firstTryAgainMs, longestTryAgainMs } = tunnelTimes;
  const full = Math.min(firstTryAgainMs * 2 ** Math.min(failures - 1, 10), longestTryAgainMs);
  return Math.max(firstTryAgainMs, Math.round(full * (0.75 + random * 0.25)));
}

export function stepTunnel(phase: TunnelPhase, event: TunnelEvent, moment: Moment): TunnelStep {
  const { now } = moment;
  const same: TunnelStep = { phase, effects: [] };

  if (event.type === 'stop') {
    return phase.status === 'off'
      ? same
      : { phase: { status: 'off', since: now }, effects: [{ do: 'close' }] };
  }
  if (event.type === 'start') {
    if (phase.status === 'up' || phase.status === 'connecting') return same;
    return connect(0, undefined, now);
  }

  switch (phase.status) {
    case 'off':
      return same;
    case 'down':
      return event.type === 'tryDue' ? connect(phase.failures, phase.reason, now) : same;
    case 'connecting':
      switch (event.type) {
        case 'opened':
          return {
            phase: { ...phase, url: event.url, notice: event.notice },
            effects: [{ do: 'probe' }],
          };
        case 'openFailed':
          return fail(phase.failures, event.reason, event.retry, moment);
        case 'lost':
          return fail(phase.failures, event.reason, true, moment);
        case 'probeDue':
          return { phase, effects: [{ do: 'probe' }] };
        case 'probeSucceeded':
          return phase.url === undefined ? same : rise({ ...phase, url: phase.url }, event.roundTripMs, now);
        case 'probeFailed': {
          const probeFailures = phase.probeFailures + 1;
          if (probeFailures >= firstProbes) return fail(phase.failures, event.reason, true, moment);
          return {
            phase: { ...phase, probeFailures },
            effects: [{ do: 'wait', ms: tunnelTimes.firstProbeAgainMs, event: 'probeDue' }],
          };
        }
        default:
          return same;
      }
    case 'up':
    case 'degraded': {
      const before = now - phase.since >= tunnelTimes.stableMs ? 0 : phase.failures;
      switch (event.type) {
        case 'lost':
          return fail(before, event.reason, true, moment);
        case 'probeDue':
          return { phase, effects: [{ do: 'probe' }] };
        case 'probeSucceeded':
          return rise(phase, event.roundTripMs, now);
        case 'probeFailed': {
          const probeFailures = phase.status === 'degraded' ? phase.probeFailures + 1 : 1;
          if (probeFailures >= probesBeforeDown) return fail(phase.failures, event.reason, true, moment);
          const { url, notice } = phase;
          const degraded: TunnelPhase = {
            status: 'degraded',
            since: phase.status === 'degraded' ? phase.since : now,
            failures: phase.status === 'degraded' ? phase.failures : before,
            url,
            notice,
            probeFailures,
            reason: event.reason,
          };
          return {
            phase: degraded,
            effects: [{ do: 'wait', ms: tunnelTimes.degradedProbeMs, event: 'probeDue' }],
          };
        }
        default:
          return same;
      }
    }
  }
}

function connect(failures: number, reason: string | undefined, now: number): TunnelStep {
  return {
    phase: { status: 'connecting', since: now, failures, probeFailures: 0, reason },
    effects: [{ do: 'close' }, { do: 'open' }],
  };
}

function rise(
  phase: Extract<TunnelPhase, { url?: string }> & { url: string },
  roundTripMs: number,
  now: number,
): TunnelStep {
  const { url, notice, failures } = phase;
  return {
    phase: {
      status: 'up',
      since: phase.status === 'up' ? phase.since : now,
      failures,
      url,
      notice,
      roundTripMs,
    },
    effects: [{ do: 'wait', ms: tunnelTimes.probeEveryMs, event: 'probeDue' }],
  };
}

function fail(failuresBefore: number, reason: string, retry: boolean, { now, random }: Moment): TunnelStep {
  const failures = failuresBefore + 1;
  if (!retry) return { phase: { status: 'down', since: now, failures, reason }, effects: [{ do: 'close' }] };
  const ms = backoffMs(failures, random);
  return {
    phase: { status: 'down', since: now, failures, reason, nextTryAt: now + ms },
    effects: [{ do: 'close' }, { do: 'wait', ms, event: 'tryDue' }],
  };
}
