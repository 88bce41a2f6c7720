// The items of a data source that fit a choice, in its order, live.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { CallOutput, Item } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';
import { type ItemChoice, isNarrowed } from './item-choice.ts';

/** Lists that look at many items are not fetched anew at every change. */
const calmMs = 1_500;

type Facts = Pick<CallOutput<'items.list'>, 'total' | 'unsearched'>;

export function useItems(dataSourceId: string, choice: ItemChoice) {
  const client = useClient();
  const link = useLinkState();
  const [facts, setFacts] = useState<Facts>({});
  const { search } = choice;
  const filters = JSON.stringify(choice.filters);
  const sort = choice.sort && `${choice.sort.direction} ${choice.sort.column}`;
  const list = useMemo(() => {
    const [direction, ...column] = sort?.split(' ') ?? [];
    return createPagedList<Item>(
      async (before, signal, limit) => {
        const page = await client.call(
          'items.list',
          {
            dataSourceId,
            limit,
            ...(search.trim() !== '' && { search }),
            filters: JSON.parse(filters) as ItemChoice['filters'],
            ...(direction && {
              sort: {
                column: column.join(' '),
                direction: direction === 'ascending' ? ('ascending' as const) : ('descending' as const),
              },
            }),
            ...(before !== undefined && { before }),
          },
          { signal },
        );
        if (before === undefined) setFacts({ total: page.total, unsearched: page.unsearched });
        return { rows: page.items, next: page.next };
      },
      (item) => item.id,
    );
  }, [client, dataSourceId, search, filters, sort]);
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);

  const isHeavy = isNarrowed(choice) || choice.sort?.column.startsWith('fields.') === true;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  function later() {
    clearTimeout(timer.current);
    timer.current = setTimeout(list.refresh, calmMs);
  }
  useEvent('items.changed', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    if (isHeavy) later();
    else list.refresh();
  });
  const unsearched = facts.unsearched ?? 0;
  useEffect(() => {
    if (unsearched === 0) return;
    const again = setTimeout(list.refresh, calmMs);
    return () => clearTimeout(again);
  }, [list, unsearched]);

  const { rows, problem, isHeld } = useStore(list.store);
  return { rows, problem, isHeld, more: list.more, refresh: list.refresh, setAway: list.setAway, ...facts };
}
