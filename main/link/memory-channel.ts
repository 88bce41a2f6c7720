// Two ends of a wire inside one process, for tests and for hosts that hold engine and client together. Messages are
// copied as JSON, like on every other wire, and arrive in order on a later turn.
import type { Channel } from '#contract';

export function createMemoryChannels(): [Channel, Channel] {
  const ends = [createEnd(), createEnd()] as const;
  let open = true;

  function createEnd() {
    return { messages: new Set<(message: unknown) => void>(), closes: new Set<() => void>() };
  }

  function channel(own: (typeof ends)[number], other: (typeof ends)[number]): Channel {
    return {
      send(message) {
        if (!open) return;
        const text = JSON.stringify(message);
        queueMicrotask(() => {
          if (!open) return;
          for (const listener of other.messages) listener(JSON.parse(text));
        });
      },
      onMessage: (listener) => void own.messages.add(listener),
      onClose: (listener) => void own.closes.add(listener),
      close() {
        if (!open) return;
        open = false;
        queueMicrotask(() => {
          for (const end of ends) for (const listener of end.closes) listener();
        });
      },
    };
  }

  return [channel(ends[0], ends[1]), channel(ends[1], ends[0])];
}
