// Keeps the write-ahead log short without holding up the engine's loop: after writes it looks how much of the log is not in the store's file
// yet, and has a worker thread copy it there. Left to SQLite the copying, with its fsyncs, falls to whichever commit comes next on the loop.
// Only the connection that writes can let the log begin anew, so the last few pages are copied here. SQLite brings the file onto the disk only
// when the whole log is copied, which would leave it all to that moment; so each copy of the thread is followed by an fsync of its own. Where the worker does not keep up or is lost,
// commits copy what is left once the log is as long as `openDatabase` allows.
import type { CheckpointReply } from './checkpoint-worker.ts';
import { copyLog, logState, onCommitted } from './database.ts';
import { type DatabaseWorker, startDatabaseWorker } from './database-worker.ts';
import type { Store } from './store.ts';

const lookEveryMs = 50;
/** Pages (of 4 KiB) that are worth the two fsyncs of a copy. */
const worthPages = 500;
/** From this many on the log shall begin anew. */
const longLogPages = 4_000;
/** So many are copied on the loop, for that; more of them where writes come so fast that the log grows on. */
const tailPages = 300;
const longestTailPages = 1_000;
const idleMs = 60_000;
const restAfterFaultMs = 5_000;

export interface Checkpoints {
  /** Ends the worker; the store may be closed afterwards. */
  stop(): Promise<void>;
}

/** `onFault` is told why the log could not be copied; commits will meet the same, so nothing more follows from it. */
export function createCheckpoints(
  { database, sync }: Pick<Store, 'database' | 'sync'>,
  onFault: (reason: string) => void,
): Checkpoints {
  let worker: DatabaseWorker | undefined;
  let ending: Promise<void> = Promise.resolve();
  let syncing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  /** Pages that had been copied when the worker was asked; undefined while it rests. */
  let asked: number | undefined;
  let lastFault: string | undefined;
  let restsUntil = 0;
  let isStopped = false;

  function noteWrite(): void {
    if (asked !== undefined || performance.now() < restsUntil) return;
    timer ??= setTimeout(look, lookEveryMs).unref();
  }

  function look(): void {
    timer = undefined;
    try {
      const { pages, uncopied } = logState(database);
      const isLong = pages >= longLogPages;
      const tail = pages >= 2 * longLogPages ? longestTailPages : tailPages;
      if (isLong && uncopied > 0 && uncopied <= tail) copyLog(database);
      else if (uncopied >= (isLong ? tail : worthPages)) ask(pages - uncopied);
    } catch (error) {
      failed(errorWords(error));
    }
  }

  function ask(copiedPages: number): void {
    asked = copiedPages;
    clearTimeout(idleTimer);
    worker ??= start();
    worker.thread.postMessage('copy');
  }

  async function copied(pages: number): Promise<void> {
    const before = asked;
    try {
      await sync();
      asked = undefined;
      if (isStopped) return;
      lastFault = undefined;
      idleTimer = setTimeout(() => void end(), idleMs).unref();
      // Where a reader needs the former pages nothing was copied: then the next write looks again.
      if (pages !== before) look();
    } catch (error) {
      failed(errorWords(error));
    }
  }

  function failed(reason: string): void {
    asked = undefined;
    restsUntil = performance.now() + restAfterFaultMs;
    if (reason !== lastFault) onFault(reason);
    lastFault = reason;
  }

  function start(): DatabaseWorker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const started = startDatabaseWorker<CheckpointReply>(
      new URL(`./checkpoint-worker.${extension}`, import.meta.url),
      { file: database.name },
      (reply) => {
        if ('copied' in reply) syncing = copied(reply.copied);
        else failed(reply.fault);
      },
      ({ message }) => {
        if (worker !== started) return;
        worker = undefined;
        failed(message);
      },
    );
    started.thread.unref();
    return started;
  }

  async function end(): Promise<void> {
    const leaving = worker;
    worker = undefined;
    if (leaving) ending = leaving.end();
    await ending;
  }

  onCommitted(database, noteWrite);
  return {
    async stop() {
      isStopped = true;
      onCommitted(database, undefined);
      clearTimeout(timer);
      clearTimeout(idleTimer);
      await end();
      await syncing;
    },
  };
}

const errorWords = (error: unknown) => (error instanceof Error ? error.message : String(error));
