// What a tunnel does next, as a pure function: (state, event, moment) → state and effects. No timers, no sockets, no clock.
// The driver (tunnel-supervisor.ts) performs the effects in order and reports what came of them as events.
import type { Reach } from '#contract';

/** What outlives one try. */
export interface TunnelCourse {
  /** Which of the chosen providers has its turn, from 0. */
  readonly choice: number;
  /** Since when this one has failed without being up in between. */
  readonly failingSince?: number;
  /** Providers in a row that said that trying again cannot help. */
  readonly hopeless: number;
  /** When the tries of the last minute began. */
  readonly tries: readonly number[];
}

interface Phase {
  readonly since: number;
  readonly course: TunnelCourse;
}

export type TunnelPhase =
  | (Phase & { readonly status: 'off' })
  | (Phase & {
      readonly status: 'connecting';
      /** Tries that failed in a row before this one. */
      readonly failures: number;
      /** Present when the provider has opened; the first probes are under way. */
      readonly url?: string;
      readonly notice?: string;
      readonly probeFailures: number;
      /** Until then a failed probe only means that the address is not known everywhere yet. */
      readonly settlesAt?: number;
      /** Why the try before failed. */
      readonly reason?: string;
    })
  | (Phase & {
      readonly status: 'up';
      readonly failures: number;
      readonly url: string;
      readonly notice?: string;
      readonly roundTripMs: number;
      readonly reach: Reach;
      readonly probedAt: number;
    })
  | (Phase & {
      readonly status: 'degraded';
      readonly failures: number;
      readonly url: string;
      readonly notice?: string;
      readonly probedAt: number;
      readonly probeFailures: number;
      readonly reason: string;
    })
  | (Phase & {
      readonly status: 'down';
      readonly failures: number;
      readonly reason: string;
      /** Absent where trying again cannot help until the settings change. */
      readonly nextTryAt?: number;
    });

export type TunnelEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'opened'; readonly url: string; readonly notice?: string; readonly settleMs?: number }
  | { readonly type: 'openFailed'; readonly reason: string; readonly retry: boolean }
  | { readonly type: 'probeSucceeded'; readonly roundTripMs: number; readonly reach: Reach }
  | { readonly type: 'probeFailed'; readonly reason: string }
  | { readonly type: 'lost'; readonly reason: string }
  /** The computer slept, or its network is another one: what was known of the connection is worth nothing. */
  | { readonly type: 'disturbed' }
  | { readonly type: 'tryDue' }
  | { readonly type: 'probeDue' };

export type TunnelEffect =
  | { readonly do: 'open' }
  /** Ends the tunnel, an opening or probe in flight, and the timer. */
  | { readonly do: 'close' }
  | { readonly do: 'probe' }
  /** Replaces the one timer. */
  | { readonly do: 'wait'; readonly ms: number; readonly event: 'tryDue' | 'probeDue' };

/** The moment of an event: the clock in ms, a random number from 0 to below 1 for the jitter, and who may take over. */
export interface Moment {
  readonly now: number;
  readonly random: number;
  /** How many providers are chosen; 1 where there is no fall-back. */
  readonly choices?: number;
  /** How long one may stay down before the next takes over. */
  readonly fallbackAfterMs?: number;
}

export interface TunnelStep {
  readonly phase: TunnelPhase;
  readonly effects: readonly TunnelEffect[];
}

export const tunnelTimes = {
  probeEveryMs: 30_000,
  firstProbeAgainMs: 1_000,
  settlingProbeMs: 3_000,
  degradedProbeMs: 2_000,
  firstTryAgainMs: 1_000,
  longestTryAgainMs: 30_000,
  /** A tunnel that was up for so long starts the backoff anew when it fails. */
  stableMs: 60_000,
} as const;
export const maxTriesPerMinute = 10;
const minuteMs = 60_000;
const probesBeforeDown = 3;
const firstProbes = 2;

export const newCourse: TunnelCourse = { choice: 0, hopeless: 0, tries: [] };

/** The pause before the next try: doubles from 1 s to 30 s, of which a quarter is jitter. `failures` counts from 1. */
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
      : { phase: { status: 'off', since: now, course: phase.course }, effects: [{ do: 'close' }] };
  }
  if (event.type === 'start') {
    if (phase.status === 'up' || phase.status === 'connecting') return same;
    // Whoever starts it by hand wants the provider that he chose first.
    const course = { ...newCourse, tries: phase.course.tries };
    return connect({ course, failures: 0, reason: undefined }, moment);
  }

  switch (phase.status) {
    case 'off':
      return same;
    case 'down':
      if (event.type === 'tryDue') return connect(phase, moment);
      if (event.type === 'disturbed' && phase.nextTryAt !== undefined) {
        return connect({ ...phase, failures: 0 }, moment);
      }
      return same;
    case 'connecting':
      switch (event.type) {
        case 'opened':
          return {
            phase: {
              ...phase,
              url: event.url,
              notice: event.notice,
              settlesAt: event.settleMs && now + event.settleMs,
            },
            effects: [{ do: 'probe' }],
          };
        case 'openFailed':
          return fail(phase, phase.failures, event.reason, event.retry, moment);
        case 'lost':
          return fail(phase, phase.failures, event.reason, true, moment);
        case 'disturbed':
          return connect(phase, moment);
        case 'probeDue':
          return { phase, effects: [{ do: 'probe' }] };
        case 'probeSucceeded':
          return phase.url === undefined ? same : rise({ ...phase, url: phase.url }, event, now);
        case 'probeFailed': {
          if (phase.settlesAt !== undefined && now < phase.settlesAt) {
            return {
              phase: { ...phase, reason: event.reason },
              effects: [{ do: 'wait', ms: tunnelTimes.settlingProbeMs, event: 'probeDue' }],
            };
          }
          const probeFailures = phase.probeFailures + 1;
          if (probeFailures >= firstProbes) return fail(phase, phase.failures, event.reason, true, moment);
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
          return fail(phase, before, event.reason, true, moment);
        case 'disturbed':
        case 'probeDue':
          return { phase, effects: [{ do: 'probe' }] };
        case 'probeSucceeded':
          return rise(phase, event, now);
        case 'probeFailed': {
          const probeFailures = phase.status === 'degraded' ? phase.probeFailures + 1 : 1;
          if (probeFailures >= probesBeforeDown) {
            return fail(phase, phase.failures, event.reason, true, moment);
          }
          const { url, notice, probedAt, course } = phase;
          const degraded: TunnelPhase = {
            status: 'degraded',
            since: phase.status === 'degraded' ? phase.since : now,
            course,
            failures: phase.status === 'degraded' ? phase.failures : before,
            url,
            notice,
            probedAt,
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

/** A try, or the wait until one is allowed again. */
function connect(
  from: {
    readonly course: TunnelCourse;
    readonly failures: number;
    readonly reason?: string | undefined;
  },
  { now }: Moment,
): TunnelStep {
  const { failures, reason } = from;
  const recent = from.course.tries.filter((at) => at > now - minuteMs && at <= now);
  const [oldest] = recent;
  if (oldest !== undefined && recent.length >= maxTriesPerMinute) {
    const course = { ...from.course, tries: recent };
    const nextTryAt = oldest + minuteMs;
    const waits = `There were ${recent.length} tries in the last minute; the next one waits, so that the provider does not shut us out.`;
    return {
      phase: {
        status: 'down',
        since: now,
        course,
        failures,
        reason: reason === undefined ? waits : `${reason} ${waits}`,
        nextTryAt,
      },
      effects: [{ do: 'close' }, { do: 'wait', ms: Math.max(1, nextTryAt - now), event: 'tryDue' }],
    };
  }
  const course = { ...from.course, tries: [...recent, now] };
  return {
    phase: { status: 'connecting', since: now, course, failures, probeFailures: 0, reason },
    effects: [{ do: 'close' }, { do: 'open' }],
  };
}

function rise(
  phase: Extract<TunnelPhase, { url?: string }> & { url: string },
  probed: { readonly roundTripMs: number; readonly reach: Reach },
  now: number,
): TunnelStep {
  const { url, notice, failures, course } = phase;
  return {
    phase: {
      status: 'up',
      since: phase.status === 'up' ? phase.since : now,
      course: { choice: course.choice, hopeless: 0, tries: course.tries },
      failures,
      url,
      notice,
      roundTripMs: probed.roundTripMs,
      reach: probed.reach,
      probedAt: now,
    },
    effects: [{ do: 'wait', ms: tunnelTimes.probeEveryMs, event: 'probeDue' }],
  };
}

function fail(
  phase: { readonly course: TunnelCourse },
  failuresBefore: number,
  reason: string,
  retry: boolean,
  moment: Moment,
): TunnelStep {
  const { now, random, choices = 1, fallbackAfterMs = Number.POSITIVE_INFINITY } = moment;
  const { choice, hopeless: hopelessBefore, tries } = phase.course;
  const failingSince = phase.course.failingSince ?? now;
  const hopeless = retry ? 0 : hopelessBefore + 1;
  const failures = failuresBefore + 1;
  const givesUp = retry ? now - failingSince >= fallbackAfterMs : hopeless < choices;
  if (choices > 1 && givesUp) {
    const course: TunnelCourse = { choice: (choice + 1) % choices, hopeless, tries };
    return connect({ course, failures: 0, reason }, moment);
  }
  const course: TunnelCourse = { choice, failingSince, hopeless, tries };
  const down = { status: 'down', since: now, course, failures, reason } as const;
  if (!retry) return { phase: down, effects: [{ do: 'close' }] };
  const ms = backoffMs(failures, random);
  return {
    phase: { ...down, nextTryAt: now + ms },
    effects: [{ do: 'close' }, { do: 'wait', ms, event: 'tryDue' }],
  };
}
