// The received calls of a data source, newest first, live.
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CaptureSummary, Outcome, Problem } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';

export interface Captures {
  rows: readonly CaptureSummary[] | undefined;
  problem: Problem | undefined;
  more(): void;
  refresh(): void;
}

export function useCaptures(dataSourceId: string, outcome?: Outcome): Captures {
  const client = useClient();
  const link = useLinkState();
  const list = useMemo(
    () =>
      createPagedList<CaptureSummary>(
        async (before, signal, limit) => {
          const page = await client.call(
            'captures.list',
            {
              dataSourceId,
              limit,
              ...(outcome && { outcome }),
              ...(before !== undefined && { before }),
            },
            { signal },
          );
          return { rows: page.captures, next: page.next };
        },
        (capture) => capture.id,
      ),
    [client, dataSourceId, outcome],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('captures.received', (event) => {
    if (event.dataSourceId === dataSourceId) list.refresh();
  });
  // Indexing changes what the rows say of their items.
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === dataSourceId) list.refresh();
  });
  const { rows, problem } = useStore(list.store);
  return { rows, problem, more: list.more, refresh: list.refresh };
}
