// What any screen needs to send captures again: at once, edited first, or many with the choice of how.
import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import type { CaptureFilter } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useClient } from '../../api/use-client.tsx';
import { text } from '../../text/en.ts';
import { ReplayNews } from './replay-news.tsx';
import { openReplayWindow } from './replay-window-store.ts';

export interface Replay {
  /** To the receiver, signed again where a secret is set, as a new delivery, without modules; a notification tells the answers. */
  replayNow(captureIds: readonly string[]): Promise<void>;
  /** Opens the editor with one call. */
  editAndReplay(captureId: string): void;
  /** Opens the window with the choice of target, order and pace. */
  replayMany(captureIds: readonly string[]): void;
  replayByFilter(filter: CaptureFilter): void;
}

export function useReplay(): Replay {
  const client = useClient();
  return {
    async replayNow(captureIds) {
      if (captureIds.length === 0) return;
      try {
        const { job } = await client.call('replays.start', {
          captures: { ids: [...captureIds] },
          target: { kind: 'receiver' },
          options: { signing: 'again', deliveryIds: 'fresh' },
        });
        notifications.show({
          id: job.id,
          title: text.replay.started(captureIds.length),
          message: createElement(ReplayNews, { jobId: job.id }),
          autoClose: 8000,
          withBorder: true,
          closeButtonProps: { 'aria-label': text.window.close },
        });
      } catch (error) {
        notifications.show({
          title: text.replay.notStarted,
          message: asProblem(error).message,
          autoClose: 10_000,
          withBorder: true,
          closeButtonProps: { 'aria-label': text.window.close },
        });
      }
    },
    editAndReplay: (captureId) => openReplayWindow({ kind: 'edit', captureId }),
    replayMany(captureIds) {
      const [only] = captureIds;
      if (only === undefined) return;
      openReplayWindow(
        captureIds.length === 1 ? { kind: 'edit', captureId: only } : { kind: 'many', ids: captureIds },
      );
    },
    replayByFilter: (filter) => openReplayWindow({ kind: 'filter', filter }),
  };
}
