// Background work gives way to answers: between two of its slices it waits a turn, and a moment more while calls wait.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** How long a step waits at most, looking again and again. */
const giveWayMs = 20;
const lookAgainMs = 2;

export type GiveWay = () => Promise<void>;

/** Rejects with the reason of `stopping` once that has fired, so that long work ends between two slices. */
export function createGiveWay(answersUnderWay: () => boolean, stopping: AbortSignal): GiveWay {
  return async function giveWay() {
    await nextTurn();
    const until = performance.now() + giveWayMs;
    while (answersUnderWay() && performance.now() < until) await pause(lookAgainMs);
    stopping.throwIfAborted();
  };
}
