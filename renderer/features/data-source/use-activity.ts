// Calls over time, fetched again while calls come in (at most every two seconds) and as time goes on.
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Activity, ActivitySpan } from '#contract';
import { type CallResult, useCall, useEvent } from '../../api/use-call.ts';

const calmMs = 2_000;
const againMs = 60_000;

export function useActivity(
  dataSourceId: string,
  span: ActivitySpan,
): Omit<CallResult<'dataSources.activity'>, 'data'> & { data: Activity | undefined } {
  const { data, ...result } = useCall(
    'dataSources.activity',
    { id: dataSourceId, span },
    { keepPrevious: true },
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const fetchAgain = useEffectEvent(() => result.refetch());

  useEvent('captures.received', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      fetchAgain();
    }, calmMs);
  });
  useEffect(() => {
    const everySoOften = setInterval(() => fetchAgain(), againMs);
    return () => {
      clearInterval(everySoOften);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
  return { ...result, data: data?.activity };
}
