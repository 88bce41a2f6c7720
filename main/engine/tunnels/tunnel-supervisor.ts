// Keeps one tunnel in the state that the user asked for: performs what tunnel-states.ts decides, with real providers, probes and timers.
// Owns the open tunnel, the opening or probe in flight and one timer; after `stop` none of them is left. Decides nothing itself.
import { setTimeout as wait } from 'node:timers/promises';
import type { TunnelProvider as ProviderName, TunnelSettings, TunnelState } from '#contract';
import { createDisturbances } from './disturbances.ts';
import { createProbe, type Probe, type ProbeResult } from './probe.ts';
import type { TunnelProviders } from './providers.ts';
import { showTunnel } from './show-tunnel.ts';
import { type OpenTunnel, TunnelFailure } from './tunnel-provider.ts';
import {
  newCourse,
  stepTunnel,
  type TunnelEffect,
  type TunnelEvent,
  type TunnelPhase,
} from './tunnel-states.ts';

/** Time and chance, replaceable in tests. `after` runs once, does not keep the process alive, and returns its cancel. */
export interface Timers {
  now(): number;
  random(): number;
  after(ms: number, run: () => void): () => void;
}

export interface TunnelSupervisorDeps {
  /** The port of the receiver on 127.0.0.1. */
  readonly port: number;
  /** Read anew at every try. Must not throw. */
  readonly readSettings: () => TunnelSettings;
  /** Called after every change that the outside can see, with what `state()` then gives. */
  readonly onChange?: (state: TunnelState) => void;
  /** Called after every probe through the public side. */
  readonly onProbe?: (result: ProbeResult) => void;
  readonly providers: TunnelProviders;
  readonly probe?: Probe;
  readonly timers?: Timers;
  /** How long a provider may take to open, in ms, where it does not say so itself. */
  readonly openLimitMs?: number;
  readonly readNetwork?: () => string;
}

export interface TunnelSupervisor {
  /** Starts, or tries again at once when down. Resolves after the first try: up, or down with its reason; never rejects. */
  start(): Promise<TunnelState>;
  /** Ends the tunnel; resolves with the state `off` when nothing of it is left. */
  stop(): Promise<TunnelState>;
  state(): TunnelState;
  /** The public base URL while it is believed to be live, without a slash at its end. */
  publicUrl(): string | undefined;
  /** The values of `Host`, in small letters, under which the receiver is called through the tunnel; none while off. */
  hosts(): string[];
  /** The answer to `GET <path>` where that is a probe of ours: status 200, text/plain. */
  answerProbe(path: string): string | undefined;
}

const abandonedLimitMs = 5_000;

const realTimers: Timers = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};

export function createTunnelSupervisor(deps: TunnelSupervisorDeps): TunnelSupervisor {
  const timers = deps.timers ?? realTimers;
  const probe = deps.probe ?? createProbe();
  const { providers } = deps;
  const disturbances = createDisturbances({
    timers,
    readNetwork: deps.readNetwork,
    onDisturbed: () => dispatch({ type: 'disturbed' }),
  });

  let phase: TunnelPhase = { status: 'off', since: timers.now(), course: newCourse };
  let tunnel: OpenTunnel | undefined;
  let lastUrl: string | undefined;
  /** Ends with the tunnel: the opening and the probe in flight. */
  let work = new AbortController();
  let cancelTimer: (() => void) | undefined;
  /** Settles when everything so far has been opened or given up, and what was closed is gone. */
  let closed: Promise<void> = Promise.resolve();
  /** Openings that may still leave something behind. */
  const abandoned = new Set<Promise<void>>();
  let waiting: Array<(state: TunnelState) => void> = [];

  function state(): TunnelState {
    return showTunnel(phase, choicesOf(deps.readSettings()));
  }

  function dispatch(event: TunnelEvent): void {
    const before = JSON.stringify(state());
    const settings = deps.readSettings();
    const step = stepTunnel(phase, event, {
      now: timers.now(),
      random: timers.random(),
      choices: choicesOf(settings).length,
      fallbackAfterMs: settings.fallbackAfterS * 1_000,
    });
    phase = step.phase;
    if (phase.status === 'off') disturbances.stop();
    else disturbances.start();
    for (const effect of step.effects) perform(effect);
    const after = state();
    if (JSON.stringify(after) !== before) deps.onChange?.(after);
    if (phase.status === 'connecting') return;
    const settled = waiting;
    waiting = [];
    for (const resolve of settled) resolve(after);
  }

  function perform(effect: TunnelEffect): void {
    switch (effect.do) {
      case 'close':
        close();
        return;
      case 'open':
        open(work.signal);
        return;
      case 'probe':
        void check(work.signal);
        return;
      case 'wait':
        cancelTimer?.();
        cancelTimer = timers.after(effect.ms, () => dispatch({ type: effect.event }));
    }
  }

  function close(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    work.abort(new Error('The tunnel was stopped.'));
    work = new AbortController();
    const ending = tunnel;
    tunnel = undefined;
    if (ending) closed = closed.then(() => ending.close());
  }

  function open(stopped: AbortSignal): void {
    const settings = deps.readSettings();
    const choices = choicesOf(settings);
    const provider = choices[phase.course.choice % choices.length] ?? settings.provider;
    closed = closed.then(() => attempt(provider, settings, stopped));
  }

  /** Never rejects. Whatever it opened is either the tunnel afterwards or closed. */
  async function attempt(
    provider: ProviderName,
    settings: TunnelSettings,
    stopped: AbortSignal,
  ): Promise<void> {
    if (stopped.aborted) return;
    const openLimitMs = providers[provider].openLimitMs ?? deps.openLimitMs ?? 15_000;
    const limit = new AbortController();
    const late = Promise.withResolvers<never>();
    const cancelLimit = timers.after(openLimitMs, () => {
      const failure = new TunnelFailure(`The tunnel did not open within ${openLimitMs / 1000} s.`, {
        retry: true,
      });
      limit.abort(failure);
      late.reject(failure);
    });
    try {
      const signal = AbortSignal.any([stopped, limit.signal]);
      const opening = providers[provider].open({ port: deps.port, settings, signal });
      const left = opening.then(
        (opened) => (limit.signal.aborted ? opened.close() : undefined),
        // Told by the race below; after the limit nobody needs it.
        () => undefined,
      );
      abandoned.add(left);
      void left.then(() => abandoned.delete(left));
      const opened = await Promise.race([opening, late.promise]);
      if (stopped.aborted) {
        await opened.close();
        return;
      }
      tunnel = opened;
      lastUrl = opened.url;
      opened.onLost((reason) => {
        if (tunnel === opened) dispatch({ type: 'lost', reason });
      });
      if (tunnel === opened) {
        dispatch({
          type: 'opened',
          url: opened.url,
          ...(opened.notice !== undefined && { notice: opened.notice }),
          ...(opened.settleMs !== undefined && { settleMs: opened.settleMs }),
        });
      }
    } catch (error) {
      if (stopped.aborted) return;
      const failure = error instanceof TunnelFailure ? error : undefined;
      const reason =
        failure?.message ?? `The tunnel failed: ${error instanceof Error ? error.message : String(error)}`;
      dispatch({ type: 'openFailed', reason, retry: failure?.retry ?? true });
    } finally {
      cancelLimit();
    }
  }

  async function check(stopped: AbortSignal): Promise<void> {
    if (!tunnel) return;
    const result = await probe.check(tunnel.url, stopped);
    if (stopped.aborted) return;
    deps.onProbe?.(result);
    if (result.ok) {
      const { roundTripMs, reach } = result;
      dispatch({ type: 'probeSucceeded', roundTripMs, reach });
    } else dispatch({ type: 'probeFailed', reason: result.reason });
  }

  return {
    start() {
      const first = Promise.withResolvers<TunnelState>();
      waiting.push(first.resolve);
      dispatch({ type: 'start' });
      return first.promise;
    },
    async stop() {
      dispatch({ type: 'stop' });
      await closed;
      // A provider that heeds no signal shall not keep us from ending.
      await Promise.race([Promise.all(abandoned), wait(abandonedLimitMs, undefined, { ref: false })]);
      return state();
    },
    state,
    publicUrl: () => state().publicUrl,
    hosts: () => (phase.status === 'off' || lastUrl === undefined ? [] : hostValues(lastUrl)),
    answerProbe: probe.answer,
  };
}

/** The providers in the order in which they take over, each once. */
function choicesOf(settings: TunnelSettings): ProviderName[] {
  return [...new Set([settings.provider, ...settings.fallbacks])];
}

/** A sender may or may not write the usual port behind the name. */
function hostValues(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  if (url.port !== '') return [url.host];
  return [url.host, `${url.host}:${url.protocol === 'https:' ? 443 : 80}`];
}
