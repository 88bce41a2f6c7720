// Shows the replay window that is open, above whatever screen there is.
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { openReplayWindow, replayWindow } from './replay-window-store.ts';

const windows = () => import('./replay-window.tsx');
const EditAndReplayWindow = lazy(async () => ({ default: (await windows()).EditAndReplayWindow }));
const ReplayManyWindow = lazy(async () => ({ default: (await windows()).ReplayManyWindow }));
const ReplayByFilterWindow = lazy(async () => ({ default: (await windows()).ReplayByFilterWindow }));

const close = () => openReplayWindow({ kind: 'closed' });

export function ReplayHost() {
  const state = useStore(replayWindow);
  if (state.kind === 'closed') return null;
  return (
    <Suspense fallback={null}>
      {state.kind === 'edit' ? (
        <EditAndReplayWindow key={state.captureId} captureId={state.captureId} onClose={close} />
      ) : state.kind === 'many' ? (
        <ReplayManyWindow ids={state.ids} onClose={close} />
      ) : (
        <ReplayByFilterWindow filter={state.filter} onClose={close} />
      )}
    </Suspense>
  );
}
