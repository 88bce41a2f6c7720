// Starting and stopping the tunnel, and what is known of it; used by the status bar, the settings and the palette.
import type { EngineStatus, Problem, TunnelState } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';

export interface TunnelSwitch {
  state: TunnelState | undefined;
  status: EngineStatus | undefined;
  /** It was started and not stopped, whether or not it is up. */
  running: boolean;
  changing: boolean;
  problem: Problem | undefined;
  /** Answers false where it failed; `problem` says why. */
  start(): Promise<boolean>;
  stop(): Promise<boolean>;
  toggle(): Promise<boolean>;
}

export function useTunnelSwitch(): TunnelSwitch {
  const status = useCall('status.get', {});
  const starting = useAction('tunnel.start');
  const stopping = useAction('tunnel.stop');
  useEvent('tunnel.changed', status.refetch);
  useEvent('status.changed', status.refetch);
  const state = status.data?.tunnel;
  const running = state !== undefined && state.status !== 'off';

  async function start() {
    stopping.clear();
    const answer = await starting.run({});
    status.refetch();
    return answer !== undefined;
  }

  async function stop() {
    starting.clear();
    const answer = await stopping.run({});
    status.refetch();
    return answer !== undefined;
  }

  return {
    state,
    status: status.data,
    running,
    changing: starting.running || stopping.running,
    problem: starting.problem ?? stopping.problem,
    start,
    stop,
    toggle: () => (running ? stop() : start()),
  };
}
