// The engine's bus of events: what happened, told to every channel. Holds no history. Events that only say "fetch again"
// are told at once and then at most ten times a second, however often they happen.
import type { EventData, EventName } from '#contract';

export interface Changes {
  tell<N extends EventName>(event: N, data: EventData<N>): void;
  subscribe(listener: (event: EventName, data: unknown) => void): () => void;
}

const coalesced = new Set<EventName>([
  'dataSources.changed',
  'items.changed',
  'status.changed',
  'forwards.changed',
  'deliveries.changed',
  'destinations.changed',
  'runs.changed',
]);
const everyMs = 100;

export function createChanges(): Changes {
  const listeners = new Set<(event: EventName, data: unknown) => void>();
  /** Told within the last moment, and whether it happened again since. */
  const recent = new Map<string, boolean>();

  function pass(event: EventName, data: unknown): void {
    for (const listener of listeners) listener(event, data);
  }

  function rest(key: string, event: EventName, data: unknown): void {
    recent.set(key, false);
    setTimeout(() => {
      const again = recent.get(key);
      recent.delete(key);
      if (!again) return;
      pass(event, data);
      rest(key, event, data);
    }, everyMs).unref();
  }

  return {
    tell(event, data) {
      if (!coalesced.has(event)) return pass(event, data);
      const key = `${event} ${JSON.stringify(data)}`;
      if (recent.has(key)) {
        recent.set(key, true);
        return;
      }
      pass(event, data);
      rest(key, event, data);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
