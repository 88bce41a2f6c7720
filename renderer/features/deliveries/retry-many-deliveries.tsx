// Retries all failed deliveries that fit what the list shows, since a time.
import { useAction } from '../../api/use-action.ts';
import { text } from '../../text/en.ts';
import { RetryMany } from './retry-many.tsx';
import { type DeliveryChoice, useDeliveryCounts } from './use-deliveries.ts';

export function RetryManyDeliveries({ choice }: { choice: DeliveryChoice }) {
  const { state: _, ...fits } = choice;
  const retry = useAction('deliveries.retryMany');

  async function run(since: string | undefined) {
    const answer = await retry.run({ ...fits, ...(since !== undefined && { since }) });
    return answer?.retried;
  }

  function useCount(since: string | undefined, isAsked: boolean) {
    const counts = useDeliveryCounts(
      isAsked ? { ...fits, ...(since !== undefined && { since }) } : undefined,
    );
    return counts.previous ? undefined : counts.data?.failed;
  }

  return <RetryMany words={text.deliveries} useCount={useCount} onRetry={run} problem={retry.problem} />;
}
