// Which received call the mapping is made from.
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useCall, useEvent } from '../../api/use-call.ts';

const callsToChooseFrom = 50;

/** The calls to choose from, live; the chosen one stays until another is chosen. */
export function useChosenCall(dataSourceId: string) {
  const { data, refetch } = useCall('captures.list', {
    dataSourceId,
    outcome: 'accepted',
    limit: callsToChooseFrom,
  });
  useEvent('captures.received', (event) => {
    if (event.dataSourceId === dataSourceId) refetch();
  });
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('call') ?? undefined;
  const [first, setFirst] = useState<string>();
  const newest = data?.captures[0]?.id;
  if (first === undefined && newest !== undefined) setFirst(newest);
  return {
    calls: data?.captures,
    chosen: wanted ?? first,
    choose(captureId: string) {
      setSearch(
        (before) => {
          before.set('call', captureId);
          return before;
        },
        { replace: true },
      );
    },
  };
}
