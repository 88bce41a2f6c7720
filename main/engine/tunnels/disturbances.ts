// Notices what a tunnel is not told: that the computer slept, and that its network is another one. Looks every few seconds while
// it is started; decides nothing.
import { networkInterfaces } from 'node:os';
import type { Timers } from './tunnel-supervisor.ts';

export interface Disturbances {
  start(): void;
  stop(): void;
}

const everyMs = 5_000;
/** A timer that comes so much too late was not late: the computer slept, or the process was stopped. */
const sleptMs = 15_000;

export function createDisturbances(deps: {
  timers: Timers;
  onDisturbed: (what: 'sleep' | 'network') => void;
  /** Says the same words while the network is the same. */
  readNetwork?: () => string;
}): Disturbances {
  const { timers, onDisturbed } = deps;
  const readNetwork = deps.readNetwork ?? readAddresses;
  let cancel: (() => void) | undefined;

  function watch(before: { at: number; network: string }): void {
    cancel = timers.after(everyMs, () => {
      const now = { at: timers.now(), network: readNetwork() };
      watch(now);
      if (now.at - before.at > everyMs + sleptMs) onDisturbed('sleep');
      else if (now.network !== before.network) onDisturbed('network');
    });
  }

  return {
    start() {
      if (cancel === undefined) watch({ at: timers.now(), network: readNetwork() });
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}

/** The addresses of this computer in its networks. */
function readAddresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, all]) => (all ?? []).map((each) => ({ name, ...each })))
    .filter((each) => !each.internal)
    .map((each) => `${each.name} ${each.address}`)
    .sort()
    .join('\n');
}
