// Keeps one tunnel in the state that the user asked for: performs what tunnel-states.ts decides, with real providers, probes and timers.
// Owns the open tunnel, the opening or probe in flight and one timer; after `stop` none of them is left. Decides nothing itself.
import type { TunnelProvider as ProviderName, TunnelSettings, TunnelState } from '#contract';
import { createFixedProvider } from './fixed.ts';
import { createLocaltunnelProvider } from './localtunnel.ts';
import { createOutsideFetch, type OutsideFetch } from './outside-fetch.ts';
import { createProbe, type Probe } from './probe.ts';
import { type OpenTunnel, TunnelFailure, type TunnelProvider } from './tunnel-provider.ts';
import { stepTunnel, type TunnelEffect, type TunnelEvent, type TunnelPhase } from './tunnel-states.ts';

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
  readonly probe?: Probe;
  readonly fetch?: OutsideFetch;
  readonly timers?: Timers;
  readonly providers?: Readonly<Record<ProviderName, TunnelProvider>>;
  /** How long a provider may take to open, in ms. */
  readonly openLimitMs?: number;
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
  const outsideFetch = deps.fetch ?? createOutsideFetch();
  const probe = deps.probe ?? createProbe({ fetch: outsideFetch });
  const openLimitMs = deps.openLimitMs ?? 15_000;
  const providers = deps.providers ?? {
    localtunnel: createLocaltunnelProvider({ fetch: outsideFetch }),
    fixed: createFixedProvider(),
  };

  let phase: TunnelPhase = { status: 'off', since: timers.now() };
  let provider: ProviderName | undefined;
  let tunnel: OpenTunnel | undefined;
  let lastUrl: string | undefined;
  /** Ends with the tunnel: the opening and the probe in flight. */
  let work = new AbortController();
  let cancelTimer: (() => void) | undefined;
  /** Settles when everything so far has been opened or given up, and what was closed is gone. */
  let closed: Promise<void> = Promise.resolve();
  let waiting: Array<(state: TunnelState) => void> = [];

  function state(): TunnelState {
    return showTunnel(phase, provider ?? deps.readSettings().provider);
  }

  function dispatch(event: TunnelEvent): void {
    const before = JSON.stringify(state());
    const step = stepTunnel(phase, event, { now: timers.now(), random: timers.random() });
    phase = step.phase;
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
    provider = settings.provider;
    closed = closed.then(() => attempt(settings, stopped));
  }

  /** Never rejects. Whatever it opened is either the tunnel afterwards or closed. */
  async function attempt(settings: TunnelSettings, stopped: AbortSignal): Promise<void> {
    if (stopped.aborted) return;
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
      const opening = providers[settings.provider].open({ port: deps.port, settings, signal });
      opening.then(
        (opened) => (limit.signal.aborted ? opened.close() : undefined),
        // Told by the race below; after the limit nobody needs it.
        () => undefined,
      );
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
      if (tunnel === opened) dispatch({ type: 'opened', url: opened.url, notice: opened.notice });
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
    if (result.ok) dispatch({ type: 'probeSucceeded', roundTripMs: result.roundTripMs });
    else dispatch({ type: 'probeFailed', reason: result.reason });
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
      return state();
    },
    state,
    publicUrl: () => state().publicUrl,
    hosts: () => (phase.status === 'off' || lastUrl === undefined ? [] : hostValues(lastUrl)),
    answerProbe: probe.answer,
  };
}

/** What the outside sees of a phase. */
function showTunnel(phase: TunnelPhase, provider: ProviderName): TunnelState {
  const shown: TunnelState = { provider, status: phase.status, since: new Date(phase.since).toISOString() };
  if (phase.status === 'up' || phase.status === 'degraded') shown.publicUrl = phase.url;
  const reason = phase.status === 'off' ? undefined : phase.status === 'up' ? phase.notice : phase.reason;
  if (reason !== undefined) shown.reason = reason;
  if (phase.status === 'up') shown.roundTripMs = phase.roundTripMs;
  if (phase.status === 'down' && phase.nextTryAt !== undefined) {
    shown.nextTryAt = new Date(phase.nextTryAt).toISOString();
  }
  return shown;
}

/** A sender may or may not write the usual port behind the name. */
function hostValues(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  if (url.port !== '') return [url.host];
  return [url.host, `${url.host}:${url.protocol === 'https:' ? 443 : 80}`];
}
