// The client's end of the link: typed calls and events over any channel, with reconnection. No DOM, no React; the
// screens, the tests and the command line use it alike.
import {
  type CallInput,
  type CallName,
  type CallOutput,
  type Channel,
  calls,
  type EventData,
  type EventName,
  engineMessage,
  events,
  ProblemError,
} from '#contract';

export type LinkState = 'connecting' | 'open' | 'closed';

export interface Client {
  /** Throws `ProblemError`. Reads that were under way when the channel closed are repeated once it is open again. */
  call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options?: { signal?: AbortSignal },
  ): Promise<CallOutput<N>>;
  /** Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void;
  /** Tells each change of the link; after `open` following `connecting`, readers fetch again. */
  onState(listener: (state: LinkState) => void): () => void;
  state(): LinkState;
  close(): void;
}

interface Waiting {
  call: CallName;
  input: unknown;
  resolve(output: unknown): void;
  reject(error: Error): void;
}

const firstRetryMs = 250;
const lastRetryMs = 4000;

/** `open` makes a channel that is ready to send, or rejects; it is called again with backoff after a loss. */
export function createClient(open: () => Promise<Channel>): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  const stateListeners = new Set<(state: LinkState) => void>();
  let channel: Channel | undefined;
  let state: LinkState = 'connecting';
  let lastId = 0;
  let retryMs = firstRetryMs;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function become(next: LinkState): void {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function post(id: number, entry: Waiting): void {
    channel?.send({ t: 'call', id, call: entry.call, input: entry.input });
  }

  function receive(message: unknown): void {
    const parsed = engineMessage.safeParse(message);
    if (!parsed.success) return;
    const known = parsed.data;
    if (known.t === 'result' || known.t === 'problem') {
      const entry = waiting.get(known.id);
      waiting.delete(known.id);
      if (!entry) return;
      if (known.t === 'result') entry.resolve(known.output);
      else {
        const { code, message: text, ...more } = known.problem;
        entry.reject(new ProblemError(code, text, more));
      }
    } else if (known.t === 'event' && known.event in events) {
      for (const listener of listeners.get(known.event) ?? []) listener(known.data as never);
    }
  }

  function lost(): void {
    channel = undefined;
    if (state === 'closed') return;
    become('connecting');
    for (const [id, entry] of waiting) {
      if (calls[entry.call].kind === 'read') continue;
      waiting.delete(id);
      entry.reject(
        new ProblemError(
          'link.closed',
          'The connection to the engine was lost before it answered. Look whether the change was made, then try again.',
          { retry: true },
        ),
      );
    }
    retryTimer = setTimeout(() => void connect(), retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  }

  async function connect(): Promise<void> {
    let made: Channel;
    try {
      made = await open();
    } catch {
      // Not reachable now; `lost` tries again with backoff and the state tells the screens.
      lost();
      return;
    }
    if (state === 'closed') {
      made.close();
      return;
    }
    channel = made;
    made.onMessage(receive);
    made.onClose(lost);
    retryMs = firstRetryMs;
    for (const [id, entry] of waiting) post(id, entry);
    become('open');
  }

  void connect();

  return {
    call<N extends CallName>(name: N, input: CallInput<N>, options: { signal?: AbortSignal } = {}) {
      return new Promise<CallOutput<N>>((resolve, reject) => {
        const cancelled = () => new ProblemError('call.cancelled', 'The call was cancelled.');
        if (state === 'closed') {
          reject(new ProblemError('link.closed', 'The connection to the engine is closed.'));
          return;
        }
        if (options.signal?.aborted) {
          reject(cancelled());
          return;
        }
        lastId += 1;
        const id = lastId;
        const onAbort = () => {
          if (!waiting.delete(id)) return;
          channel?.send({ t: 'cancel', id });
          reject(cancelled());
        };
        const done = () => options.signal?.removeEventListener('abort', onAbort);
        options.signal?.addEventListener('abort', onAbort, { once: true });
        const entry: Waiting = {
          call: name,
          input,
          resolve(output) {
            done();
            resolve(output as CallOutput<N>);
          },
          reject(error) {
            done();
            reject(error);
          },
        };
        if (!channel && calls[name].kind === 'write') {
          done();
          reject(
            new ProblemError('link.closed', 'The engine cannot be reached right now. Nothing was changed.', {
              retry: true,
            }),
          );
          return;
        }
        waiting.set(id, entry);
        post(id, entry);
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (data: never) => void);
      return () => set.delete(listener as (data: never) => void);
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    state: () => state,
    close() {
      become('closed');
      clearTimeout(retryTimer);
      channel?.close();
      for (const entry of waiting.values()) {
        entry.reject(new ProblemError('link.closed', 'The connection to the engine is closed.'));
      }
      waiting.clear();
    },
  };
}
