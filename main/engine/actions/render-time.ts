// How long templates may be rendered in one piece, so that none holds the engine's loop for 50 ms: in processor time, because a busy
// machine is no fault of a template. Knows no templates.
import { createContext, Script } from 'node:vm';

/** For all renderings of one time together; a rendering that is too slow is tried once more with all of it, as what is cold warms up. */
export const renderLimitMs = 15;
/** The last of many gets so much in any case. */
const leastMs = 2;
/** Below this share of the limit the processor was somewhere else. */
const ownShare = 0.6;
const mostTries = 6;

export class RenderTimeout extends Error {
  constructor() {
    super(`Rendering took longer than ${renderLimitMs} ms and was stopped.`);
    this.name = 'RenderTimeout';
  }
}

export interface RenderTime {
  /**
   * Does work that ends by itself after about `limitMs`, throwing a `RenderTimeout`. With `cannotStop` it may fail to, and is interrupted
   * from outside; that costs a thread, so only what needs it says so. The work must leave nothing half done. Throws `RenderTimeout`.
   */
  spend<T>(work: (limitMs: number) => T, cannotStop: boolean): T;
}

export function createRenderTime(): RenderTime {
  let usedMs = 0;
  let isOver = false;
  return {
    spend(work, cannotStop) {
      let slow = 0;
      for (let tries = 1; !isOver; tries += 1) {
        const limitMs = slow > 0 ? renderLimitMs : Math.max(leastMs, Math.ceil(renderLimitMs - usedMs));
        const start = processorMs();
        try {
          return cannotStop ? interrupted(() => work(limitMs), limitMs) : work(limitMs);
        } catch (error) {
          if (!(error instanceof RenderTimeout)) throw error;
          if (processorMs() - start >= limitMs * ownShare) slow += 1;
          isOver = slow > 1 || tries >= mostTries;
        } finally {
          usedMs += processorMs() - start;
        }
      }
      throw new RenderTimeout();
    },
  };
}

/** Of this thread. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const inside: { work: (() => unknown) | undefined } = { work: undefined };
const sandbox = createContext(inside);
const callWork = new Script('work()');

/** The only means to stop a built-in function, such as the sorting of a list, on the thread that runs it. */
function interrupted<T>(work: () => T, limitMs: number): T {
  const outer = inside.work;
  inside.work = work;
  try {
    return callWork.runInContext(sandbox, { timeout: limitMs }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new RenderTimeout();
    throw error;
  } finally {
    inside.work = outer;
  }
}
