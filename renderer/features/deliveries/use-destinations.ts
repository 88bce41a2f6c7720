// Where deliveries go, kept current: all destinations, one, those that are paused, and when a delivery to one is tried next.
import type { Destination } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';

export function useDestinations(): readonly Destination[] {
  const list = useCall('destinations.list', {});
  useEvent('destinations.changed', list.refetch);
  useEvent('deliveries.changed', list.refetch);
  return list.data?.destinations ?? [];
}

export function useDestination(name: string): Destination | undefined {
  return useDestinations().find(({ destination }) => destination === name);
}

export function usePausedDestinations(): readonly Destination[] {
  return useDestinations().filter(({ state }) => state === 'paused');
}

/** What is due while the destination asked to wait (`Retry-After`) goes out when that is over. Pure. */
export function nextTryAt(nextAttemptAt: string | undefined, heldUntil: string | undefined) {
  const times = [nextAttemptAt, heldUntil].filter((at) => at !== undefined);
  return times.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
}
