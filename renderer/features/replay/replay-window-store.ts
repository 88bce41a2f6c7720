// Which replay window is open. One at a time, above whatever screen is shown.
import { createStore } from 'zustand/vanilla';
import type { CaptureFilter } from '#contract';

export type ReplayWindowState =
  | { kind: 'closed' }
  | { kind: 'edit'; captureId: string }
  | { kind: 'many'; ids: readonly string[] }
  | { kind: 'filter'; filter: CaptureFilter };

export const replayWindow = createStore<ReplayWindowState>(() => ({ kind: 'closed' }));

export function openReplayWindow(state: ReplayWindowState): void {
  replayWindow.setState(state, true);
}
