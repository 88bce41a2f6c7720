// One job of sending again, as it is now: fetched again whenever it goes on.
import { useCall, useEvent } from '../../api/use-call.ts';

export function useReplayJob(jobId: string) {
  const answer = useCall('replays.get', { id: jobId });
  useEvent('replays.changed', (event) => {
    if (event.id === jobId) answer.refetch();
  });
  return { job: answer.data?.job, problem: answer.problem, refetch: answer.refetch };
}
