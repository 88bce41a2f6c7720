// Reads from the engine inside a component: the answer, its problem, whether it is under way.

import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CallInput, CallName, CallOutput, EventData, EventName } from '#contract';
import type { CallState } from './call-cache.ts';
import { useCallCache, useClient } from './use-client.tsx';

export interface CallResult<N extends CallName> extends CallState<N> {
  refetch(): void;
  /** True where `data` answers an input before this one (`keepPrevious`). */
  previous: boolean;
}

const idle = createStore(() => ({ data: undefined, problem: undefined, loading: false }));
const doNothing = () => {};

/**
 * `input` undefined: nothing is asked. Fetched at mount and after every reconnect; components with the same call and
 * input share one answer. `keepPrevious` shows the last answer while a new input is fetched (search, live preview).
 */
export function useCall<N extends CallName>(
  name: N,
  input: CallInput<N> | undefined,
  options: { keepPrevious?: boolean } = {},
): CallResult<N> {
  const cache = useCallCache();
  const entry = input === undefined ? undefined : cache.entry(name, input);
  useEffect(() => entry?.retain(), [entry]);
  const state: CallState<N> = useStore(entry?.store ?? idle);

  const [previous, setPrevious] = useState<CallOutput<N>>();
  if (options.keepPrevious && state.data !== undefined && state.data !== previous) setPrevious(state.data);

  const kept = state.data === undefined && options.keepPrevious && entry ? previous : undefined;
  return {
    data: state.data ?? kept,
    previous: kept !== undefined,
    problem: state.problem,
    loading: state.loading,
    refetch: entry?.refetch ?? doNothing,
  };
}

/** Calls `listener` for each event while the component is mounted; always the newest closure. */
export function useEvent<N extends EventName>(name: N, listener: (data: EventData<N>) => void): void {
  const client = useClient();
  const notify = useEffectEvent(listener);
  useEffect(() => client.on(name, (data) => notify(data)), [client, name]);
}
