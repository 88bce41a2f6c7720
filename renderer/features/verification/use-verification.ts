// How the calls of a connection are verified, kept fresh while it is shown.
import type { ConnectionVerification } from '#contract';
import { type CallResult, useCall, useEvent } from '../../api/use-call.ts';

export function useVerification(
  connectionId: string,
): CallResult<'connections.verification'> & { verification: ConnectionVerification | undefined } {
  const call = useCall('connections.verification', { id: connectionId });
  useEvent('connections.changed', (event) => {
    if (event.id === connectionId) call.refetch();
  });
  return { ...call, verification: call.data?.verification };
}
