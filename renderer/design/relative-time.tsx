// "3 minutes ago", kept current, with the absolute time on hover.
import { useSyncExternalStore } from 'react';
import { formatAbsolute, formatRelative } from './formats.ts';

const tickMs = 5000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all times on the screen; none while no time is shown. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time now, renewed every 5 s. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}

/** `at` is an ISO time. `ahead`: a time to come ("in 8 seconds"), which reads `now` once it has passed. */
export function RelativeTime({ at, ahead = false }: { at: string; ahead?: boolean }) {
  const shared = useNow();
  const date = new Date(at);
  // What has happened may be newer than the last tick, and what is to come may be older; both are now.
  const reference = date > shared === ahead ? shared : date;
  return (
    <time dateTime={at} title={formatAbsolute(date)}>
      {formatRelative(date, reference)}
    </time>
  );
}
