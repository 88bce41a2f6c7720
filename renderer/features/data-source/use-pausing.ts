// Pausing and resuming a data source, with its problem told as a notification where no place on the screen fits.
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { DataSource } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { text } from '../../text/en.ts';

export function usePausing(source: Pick<DataSource, 'id' | 'name' | 'status'>) {
  const pause = useAction('dataSources.pause');
  const resume = useAction('dataSources.resume');
  const isPaused = source.status === 'paused';
  const action = isPaused ? resume : pause;

  const failed = pause.problem ?? resume.problem;
  const what = pause.problem ? text.care.notPaused : text.care.notResumed;
  useEffect(() => {
    if (failed) notifications.show({ title: what, message: failed.message, withBorder: true });
  }, [failed, what]);

  return {
    isPaused,
    running: pause.running || resume.running,
    /** Pauses what receives, resumes what is paused. */
    toggle: async (): Promise<boolean> => (await action.run({ id: source.id })) !== undefined,
  };
}
