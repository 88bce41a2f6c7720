// Which call about runs, buttons and modules that are being edited does what.
import { ProblemError } from '#contract';
import type { Handlers } from '../calls.ts';
import type { ModuleTrial } from './module-trial.ts';
import type { Runs } from './runs.ts';
import { readSchedule } from './schedule-times.ts';

const timesTold = 5;

export function createModulesHandlers(deps: {
  runs: Runs;
  trial: ModuleTrial;
  now(): number;
}): Pick<
  Handlers,
  | 'modules.press'
  | 'modules.preview'
  | 'modules.tryStep'
  | 'modules.dryRun'
  | 'modules.nextTimes'
  | 'runs.list'
  | 'runs.get'
  | 'runs.retry'
  | 'runs.retryMany'
  | 'runs.countRetryable'
  | 'runs.cancel'
> {
  const { runs, trial, now } = deps;
  return {
    'modules.press': ({ id, itemId }) => ({ run: runs.press(id, itemId) }),
    'modules.preview': (input, signal) => trial.preview(input, signal),
    'modules.tryStep': (input, signal) => trial.tryStep(input, signal),
    'modules.dryRun': (input, signal) => trial.dryRun(input, signal),
    'modules.nextTimes': ({ cron, timeZone }) => {
      const read = readSchedule(cron, timeZone);
      if (!read.ok) throw new ProblemError('module.invalid', read.message, { path: read.path });
      const times: string[] = [];
      for (let at = read.times.after(now()); at !== undefined; at = read.times.after(at)) {
        times.push(new Date(at).toISOString());
        if (times.length === timesTold) break;
      }
      return { times };
    },

    'runs.list': (input) => runs.list(input),
    'runs.get': ({ id }) => ({ run: runs.get(id) }),
    'runs.retry': ({ id }) => ({ run: runs.retry(id) }),
    'runs.retryMany': async (choice, signal) => ({ retried: await runs.retryMany(choice, signal) }),
    'runs.countRetryable': (choice) => ({ count: runs.countRetryable(choice) }),
    'runs.cancel': ({ id }) => {
      runs.cancel(id);
      return {};
    },
  };
}
