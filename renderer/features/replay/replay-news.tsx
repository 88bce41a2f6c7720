// What a replay that was sent with one key came to, inside its notification.
import { Link } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { text } from '../../text/en.ts';
import { useReplayJob } from './use-replay-job.ts';

const words = text.replay;

export function ReplayNews({ jobId }: { jobId: string }) {
  const { job } = useReplayJob(jobId);
  const ended = job !== undefined && job.state !== 'running';
  const single = useCall('replays.attempts', ended && job.total === 1 ? { id: jobId, limit: 1 } : undefined)
    .data?.attempts[0];
  const told = !ended
    ? words.sending
    : job.total === 1 && single
      ? (single.failure ?? words.goodAnswer(single.status))
      : job.failed > 0
        ? words.endedBadly(job.failed, job.done)
        : words.endedWell(job.done);
  return (
    <span>
      {told} <Link href={paths.replayJob(jobId)}>{words.results}</Link>
    </span>
  );
}
