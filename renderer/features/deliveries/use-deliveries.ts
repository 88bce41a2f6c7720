// The deliveries that fit a choice, newest first, live; and how many of them wait or failed.
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { CallInput, Delivery } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';

export type DeliveryChoice = Omit<CallInput<'deliveries.list'>, 'limit' | 'before'>;

const deliveriesPerPage = 100;
/** What was read stays fresh up to here; the engine gives no larger pages. */
const freshRows = 500;

export function useDeliveries(choice: DeliveryChoice) {
  const client = useClient();
  const link = useLinkState();
  const chosen = JSON.stringify(choice);
  const shown = useRef(0);
  const list = useMemo(
    () =>
      createPagedList<Delivery>(
        async (before, signal) => {
          const limit =
            before === undefined
              ? Math.min(freshRows, Math.max(deliveriesPerPage, shown.current))
              : deliveriesPerPage;
          const page = await client.call(
            'deliveries.list',
            {
              ...(JSON.parse(chosen) as DeliveryChoice),
              limit,
              ...(before !== undefined && { before }),
            },
            { signal },
          );
          return { rows: page.deliveries, next: page.next };
        },
        (delivery) => delivery.id,
      ),
    [client, chosen],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('deliveries.changed', (event) => {
    if (choice.dataSourceId === undefined || event.dataSourceId === choice.dataSourceId) list.refresh();
  });
  const { rows, problem } = useStore(list.store);
  useEffect(() => {
    shown.current = rows?.length ?? 0;
  }, [rows]);
  return { rows, problem, more: list.more, refresh: list.refresh };
}

/** How many deliveries that fit wait, are being sent, or failed; kept current. */
export function useDeliveryCounts(choice: CallInput<'deliveries.count'> | undefined) {
  const counts = useCall('deliveries.count', choice, { keepPrevious: true });
  useEvent('deliveries.changed', counts.refetch);
  return counts;
}
