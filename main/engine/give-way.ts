// Background work gives way to answers: between two of its slices it waits a turn, and longer while calls wait. The wait grows with the slice
// before it, so that on a slow or busy machine, where slices take longer than they mean to, answers keep the greater share all the same.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** How long a step waits at least and at most while calls are under way, looking again and again. */
const leastMs = 20;
const mostMs = 250;
/** Of the time in which calls are under way, background work takes at most one part in four. */
const restPerWork = 3;
const lookAgainMs = 2;

export type GiveWay = () => Promise<void>;

let line: Promise<void> = Promise.resolve();

/** A turn of the loop to oneself: of all background work of this thread one slice goes in each. */
function turnInLine(): Promise<void> {
  line = line.then(() => nextTurn());
  return line;
}

/**
 * Rejects with the reason of `stopping` once that has fired, so that long work ends between two slices. One for each worker: it takes the time
 * since its last return for the slice.
 */
export function createGiveWay(answersUnderWay: () => boolean, stopping: AbortSignal): GiveWay {
  let returnedAt = performance.now();
  return async function giveWay() {
    const workedMs = performance.now() - returnedAt;
    await turnInLine();
    const until = performance.now() + Math.min(mostMs, Math.max(leastMs, workedMs * restPerWork));
    if (answersUnderWay()) {
      while (answersUnderWay() && performance.now() < until) await pause(lookAgainMs);
      await turnInLine();
    }
    returnedAt = performance.now();
    stopping.throwIfAborted();
  };
}
