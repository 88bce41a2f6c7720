// A list that a call gives in pages, newest first, kept while it is shown: fetched anew after a reconnect and on `refresh`, older pages
// on `more`. What was read stays fresh up to the largest page that the engine gives.
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { CallInput, CallName, CallOutput } from '#contract';
import { createPagedList, type Page } from './paged-list.ts';
import { useClient, useLinkState } from './use-client.tsx';

const rowsPerPage = 100;
const freshRows = 500;

/** `pageOf` has to stay the same function; another `choice` is another list. */
export function usePagedCall<N extends CallName, Row extends { id: string }>(
  name: N,
  choice: Omit<CallInput<N>, 'limit' | 'before'>,
  pageOf: (output: CallOutput<N>) => Page<Row>,
) {
  const client = useClient();
  const link = useLinkState();
  const chosen = JSON.stringify(choice);
  const shown = useRef(0);
  const list = useMemo(
    () =>
      createPagedList<Row>(
        async (before, signal) => {
          const limit =
            before === undefined ? Math.min(freshRows, Math.max(rowsPerPage, shown.current)) : rowsPerPage;
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
  const { rows, problem } = useStore(list.store);
  useEffect(() => {
    shown.current = rows?.length ?? 0;
  }, [rows]);
  return { rows, problem, more: list.more, refresh: list.refresh };
}
