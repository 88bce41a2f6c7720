// The deliveries that fit a choice, newest first, live; and how many of them wait or failed.
import type { CallInput, CallOutput } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { usePagedCall } from '../../api/use-paged-call.ts';

export type DeliveryChoice = Omit<CallInput<'deliveries.list'>, 'limit' | 'before'>;

const pageOf = ({ deliveries, next }: CallOutput<'deliveries.list'>) => ({ rows: deliveries, next });

export function useDeliveries(choice: DeliveryChoice) {
  const list = usePagedCall('deliveries.list', choice, pageOf);
  useEvent('deliveries.changed', (event) => {
    if (choice.dataSourceId === undefined || event.dataSourceId === choice.dataSourceId) list.refresh();
  });
  return list;
}

/** How many deliveries that fit wait, are being sent, or failed; kept current. */
export function useDeliveryCounts(choice: CallInput<'deliveries.count'> | undefined) {
  const counts = useCall('deliveries.count', choice, { keepPrevious: true });
  useEvent('deliveries.changed', counts.refetch);
  return counts;
}
