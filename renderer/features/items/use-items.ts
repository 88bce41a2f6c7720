// The items of a data source, last updated first, live.
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Item } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';

const itemsPerPage = 100;

export function useItems(dataSourceId: string) {
  const client = useClient();
  const link = useLinkState();
  const list = useMemo(
    () =>
      createPagedList<Item>(
        async (before, signal) => {
          const page = await client.call(
            'items.list',
            { dataSourceId, limit: itemsPerPage, ...(before !== undefined && { before }) },
            { signal },
          );
          return { rows: page.items, next: page.next };
        },
        (item) => item.id,
      ),
    [client, dataSourceId],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === dataSourceId) list.refresh();
  });
  const { rows, problem } = useStore(list.store);
  return { rows, problem, more: list.more, refresh: list.refresh };
}
