// The runs that fit a choice, newest first, live.
import type { CallInput, CallOutput } from '#contract';
import { useEvent } from '../../api/use-call.ts';
import { usePagedCall } from '../../api/use-paged-call.ts';

export type RunChoice = Omit<CallInput<'runs.list'>, 'limit' | 'before'>;

const pageOf = ({ runs, next }: CallOutput<'runs.list'>) => ({ rows: runs, next });

export function useRuns(choice: RunChoice) {
  const list = usePagedCall('runs.list', choice, pageOf);
  useEvent('runs.changed', (event) => {
    if (choice.moduleId === undefined || event.moduleId === choice.moduleId) list.refresh();
  });
  return list;
}
