// The way to pages of items: at once where an index answers, else in a worker thread that is started at the first need and
// ended when nobody asks any more. A query that is cancelled stops at the next items that it looks at.
import { ProblemError } from '#contract';
import type { Database } from '../store/database.ts';
import { type DatabaseWorker, startDatabaseWorker } from '../store/database-worker.ts';
import {
  CursorNotReadable,
  createItemQueryTable,
  type ItemQuery,
  type ItemQueryPage,
  isImmediate,
} from './item-query-table.ts';
import type { QueryReply, QueryRequest } from './item-query-worker.ts';

interface Waiting {
  stop: Int32Array;
  resolve(page: ItemQueryPage): void;
  reject(error: unknown): void;
}

export function createItemQueries(deps: { database: Database; timeLimitMs?: number; idleMs?: number }) {
  const { database, timeLimitMs = 20_000, idleMs = 60_000 } = deps;
  const table = createItemQueryTable(database);
  const waiting = new Map<number, Waiting>();
  let worker: DatabaseWorker | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let stopped = false;

  function start(): DatabaseWorker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const started = startDatabaseWorker<QueryReply>(
      new URL(`./item-query-worker.${extension}`, import.meta.url),
      { file: database.name },
      settle,
      (reason) => lose(started, reason),
    );
    return started;
  }

  function lose(lost: DatabaseWorker, reason: Error): void {
    if (worker !== lost) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  }

  function settle(reply: QueryReply): void {
    const query = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) rest();
    if (!query) return;
    if (reply.kind === 'page') query.resolve(reply.page);
    else query.reject(reasonOf(reply));
  }

  function reasonOf(reply: Exclude<QueryReply, { kind: 'page' }>): Error {
    switch (reply.kind) {
      case 'cursor':
        return wrongCursor();
      case 'slow':
        return new ProblemError(
          'items.slow',
          `Looking through the items took longer than ${timeLimitMs / 1000} seconds. Narrow the filters, or search for a word.`,
          { retry: true },
        );
      case 'failed':
        return new Error(`The worker of queries failed: ${reply.message}`);
      case 'stopped':
        return new ProblemError('call.cancelled', 'The call was cancelled.');
    }
  }

  function rest(): void {
    const idle = worker;
    idle?.thread.unref();
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      if (worker !== idle || waiting.size > 0) return;
      worker = undefined;
      void idle?.end();
    }, idleMs);
    idleTimer.unref();
  }

  function ask(query: ItemQuery, signal: AbortSignal): Promise<ItemQueryPage> {
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const onAbort = () => {
        Atomics.store(stop, 0, 1);
        waiting.delete(id);
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      const leave = () => signal.removeEventListener('abort', onAbort);
      waiting.set(id, {
        stop,
        resolve(page) {
          leave();
          resolve(page);
        },
        reject(error) {
          leave();
          reject(error);
        },
      });
      clearTimeout(idleTimer);
      worker ??= start();
      worker.thread.ref();
      worker.thread.postMessage({ id, query, stop, timeLimitMs } satisfies QueryRequest);
    });
  }

  return {
    /** @throws ProblemError input.invalid (`before`), items.slow, engine.stopping */
    async run(query: ItemQuery, signal: AbortSignal): Promise<ItemQueryPage> {
      if (stopped) throw new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true });
      if (!isImmediate(query)) return await ask(query, signal);
      try {
        return table.run(query, () => false);
      } catch (error) {
        if (error instanceof CursorNotReadable) throw wrongCursor();
        throw error;
      }
    },

    /** Ends the worker; the store may be closed afterwards. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(idleTimer);
      const ending = worker;
      worker = undefined;
      for (const { stop, reject } of waiting.values()) {
        Atomics.store(stop, 0, 1);
        reject(new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true }));
      }
      waiting.clear();
      await ending?.end();
    },
  };
}

export type ItemQueries = ReturnType<typeof createItemQueries>;

function wrongCursor(): ProblemError {
  return new ProblemError(
    'input.invalid',
    'before must be the "next" of an earlier page in the same order.',
    {
      path: 'before',
    },
  );
}
