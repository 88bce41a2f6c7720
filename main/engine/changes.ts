// The engine's bus of events: what happened, told to every channel. Holds no history.
import type { EventData, EventName } from '#contract';

export interface Changes {
  tell<N extends EventName>(event: N, data: EventData<N>): void;
  subscribe(listener: (event: EventName, data: unknown) => void): () => void;
}

export function createChanges(): Changes {
  const listeners = new Set<(event: EventName, data: unknown) => void>();
  return {
    tell(event, data) {
      for (const listener of listeners) listener(event, data);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
