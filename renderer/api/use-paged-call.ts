// A list that a call gives in pages, newest first, kept while it is shown: fetched anew after a reconnect and on `refresh`, older pages
// on `more`.
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CallInput, CallName, CallOutput } from '#contract';
import { createPagedList, type Page } from './paged-list.ts';
import { useClient, useLinkState } from './use-client.tsx';

/** `pageOf` has to stay the same function; another `choice` is another list. */
export function usePagedCall<N extends CallName, Row extends { id: string }>(
  name: N,
  choice: Omit<CallInput<N>, 'limit' | 'before'>,
  pageOf: (output: CallOutput<N>) => Page<Row>,
) {
  const client = useClient();
  const link = useLinkState();
  const chosen = JSON.stringify(choice);
  const list = useMemo(
    () =>
      createPagedList<Row>(
        async (before, signal, limit) => {
          const input = { ...JSON.parse(chosen), limit, ...(before !== undefined && { before }) };
          return pageOf(await client.call(name, input as CallInput<N>, { signal }));
        },
        ({ id }) => id,
      ),
    [client, name, chosen, pageOf],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  const { rows, problem, isHeld } = useStore(list.store);
  return { rows, problem, isHeld, more: list.more, refresh: list.refresh, setAway: list.setAway };
}
