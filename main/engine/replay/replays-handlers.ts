// Which call of replays does what.
import type { Handlers } from '../calls.ts';
import type { CompareAttempts } from './answer-comparison.ts';
import type { ReplayJobs } from './replay-jobs.ts';
import type { Replays } from './replays.ts';

type Own = Pick<Handlers, Extract<keyof Handlers, `replays.${string}`>>;

export function createReplaysHandlers({
  replays,
  jobs,
  compare,
}: {
  replays: Replays;
  jobs: ReplayJobs;
  compare: CompareAttempts;
}): Own {
  return {
    'replays.start': async (input, signal) => ({ job: await replays.start(input, signal) }),
    'replays.count': async ({ captures }, signal) => ({ count: await replays.count(captures, signal) }),
    'replays.draft': async ({ captureId }) => ({ draft: await replays.draft(captureId) }),
    'replays.stop': async ({ id }) => ({ job: await jobs.stop(id) }),
    'replays.list': (input) => jobs.list(input),
    'replays.get': ({ id }) => ({ job: jobs.get(id) }),
    'replays.wait': async ({ id, timeoutMs }, signal) => ({ job: await jobs.wait(id, timeoutMs, signal) }),
    'replays.attempts': (input) => jobs.attempts(input),
    'replays.attempt': ({ id, number }) => ({ attempt: jobs.attempt(id, number) }),
    'replays.compare': (input) => compare(input),
    'replays.remove': async ({ id }) => {
      await jobs.remove(id);
      return {};
    },
  };
}
