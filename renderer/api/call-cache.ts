// What was read from the engine, shared by all components that ask the same question. Owns: one zustand store for each
// (call, input), fetching it, and fetching again after a reconnect. Decided against one hand-written store a feature: the
// screens mostly show what a read call answers, and a cache by question keeps them fresh without code of their own.
// A feature makes its own vanilla store only for state that is not an answer (a filter, a draft, a live list).

import { createStore, type StoreApi } from 'zustand/vanilla';
import { type CallInput, type CallName, type CallOutput, type Problem, ProblemError } from '#contract';
import type { Client } from './client.ts';

export interface CallState<N extends CallName> {
  /** The last answer; stays while it is fetched again and when that fails. */
  data: CallOutput<N> | undefined;
  /** Why the last try failed. */
  problem: Problem | undefined;
  /** True while a fetch is under way; a skeleton is right only when `data` is missing too. */
  loading: boolean;
}

export interface CallEntry<N extends CallName> {
  readonly store: StoreApi<CallState<N>>;
  /** Fetches; remembers to fetch once more where one is under way, or was begun a moment ago: events come by the dozen a second. */
  refetch(): void;
  /** Keeps the entry alive and fresh; returns the function that lets go. */
  retain(): () => void;
}

/** Lives as long as its client. */
export interface CallCache {
  entry<N extends CallName>(name: N, input: CallInput<N>): CallEntry<N>;
}

/** How long an answer that nobody shows is kept, so that going back shows it at once. */
const keptMs = 60_000;
/** Between the beginnings of two fetches of the same answer: what changes more often cannot be read anyway. */
const calmMs = 200;

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

export function createCallCache(client: Client): CallCache {
  const entries = new Map<string, { refetchWhenUsed(): void }>();
  let wasOpen = client.state() === 'open';

  client.onState((state) => {
    if (state !== 'open') return;
    // The first opening needs nothing: calls made before it were kept by the client and are sent now.
    if (wasOpen) for (const entry of entries.values()) entry.refetchWhenUsed();
    wasOpen = true;
  });

  function create<N extends CallName>(key: string, name: N, input: CallInput<N>) {
    const store = createStore<CallState<N>>(() => ({ data: undefined, problem: undefined, loading: false }));
    let users = 0;
    let running: AbortController | undefined;
    let again = false;
    let stale = true;
    let dropTimer: ReturnType<typeof setTimeout> | undefined;
    let calmTimer: ReturnType<typeof setTimeout> | undefined;
    let begunAt = Number.NEGATIVE_INFINITY;

    function refetch(): void {
      if (running) {
        again = true;
        return;
      }
      if (calmTimer !== undefined) return;
      const restMs = begunAt + calmMs - performance.now();
      if (restMs <= 0) fetchNow();
      else {
        calmTimer = setTimeout(() => {
          calmTimer = undefined;
          if (users > 0) refetch();
          else stale = true;
        }, restMs);
      }
    }

    function fetchNow(): void {
      begunAt = performance.now();
      const controller = new AbortController();
      running = controller;
      stale = false;
      store.setState({ loading: true });
      client
        .call(name, input, { signal: controller.signal })
        .then(
          // One change of the state and no second one after it: each makes its readers render.
          (data) => store.setState({ data, problem: undefined, loading: false }),
          (error: unknown) =>
            store.setState({
              loading: false,
              ...(!controller.signal.aborted && { problem: asProblem(error) }),
            }),
        )
        .finally(() => {
          running = undefined;
          if (again && users > 0) {
            again = false;
            refetch();
          }
        });
    }

    return {
      store,
      refetch,
      retain() {
        users += 1;
        clearTimeout(dropTimer);
        // Another reader may have arrived long after the answer: show the old one at once and fetch behind it.
        if (users === 1 || stale) refetch();
        return () => {
          users -= 1;
          if (users === 0) dropTimer = setTimeout(this.drop, keptMs);
        };
      },
      refetchWhenUsed() {
        if (users > 0) refetch();
        else stale = true;
      },
      drop() {
        clearTimeout(dropTimer);
        clearTimeout(calmTimer);
        running?.abort();
        entries.delete(key);
      },
    };
  }

  return {
    entry<N extends CallName>(name: N, input: CallInput<N>) {
      const key = `${name} ${JSON.stringify(input)}`;
      const known = entries.get(key);
      // The key holds the call's name, so what was kept under it is an entry of that call.
      if (known) return known as unknown as CallEntry<N>;
      const made = create(key, name, input);
      entries.set(key, made);
      return made;
    },
  };
}
