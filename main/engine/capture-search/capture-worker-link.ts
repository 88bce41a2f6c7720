// The engine's end of the worker of captures: started at the first need, ended when nobody asks any more. What is cancelled stops at the
// next call that the worker looks at.
import { ProblemError } from '#contract';
import { type DatabaseWorker, startDatabaseWorker } from '../store/database-worker.ts';
import type { TaskMessage, TaskReply, WorkerResults, WorkerTask } from './capture-worker.ts';

/** The worker cannot do what was asked; `position` in the query. */
export class TaskRefused extends Error {
  readonly position: number | undefined;
  /** What was asked about is not there any more. */
  readonly isMissing: boolean;
  constructor(message: string, position: number | undefined, isMissing: boolean) {
    super(message);
    this.position = position;
    this.isMissing = isMissing;
  }
}

interface Waiting {
  stop: Int32Array;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export function createCaptureWorkerLink(deps: { file: string; wordsFile: string; idleMs?: number }) {
  const { file, wordsFile, idleMs = 300_000 } = deps;
  const waiting = new Map<number, Waiting>();
  let worker: DatabaseWorker | undefined;
  let ending: Promise<void> = Promise.resolve();
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let stopped = false;

  function start(): DatabaseWorker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const started = startDatabaseWorker<TaskReply>(
      new URL(`./capture-worker.${extension}`, import.meta.url),
      { file, wordsFile },
      settle,
      (reason) => lose(started, reason),
    );
    return started;
  }

  function lose(lost: DatabaseWorker, reason: Error): void {
    if (worker !== lost) return;
    worker = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const { reject } of all) reject(reason);
  }

  function settle(reply: TaskReply): void {
    const task = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) rest();
    if (!task) return;
    switch (reply.kind) {
      case 'done':
        task.resolve(reply.result);
        break;
      case 'stopped':
        task.reject(new ProblemError('call.cancelled', 'The call was cancelled.'));
        break;
      case 'refused':
        task.reject(new TaskRefused(reply.message, reply.position, reply.isMissing === true));
        break;
      case 'failed':
        task.reject(new Error(`The worker of captures failed: ${reply.message}`));
        break;
    }
  }

  function rest(): void {
    const idle = worker;
    idle?.thread.unref();
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      if (worker === idle && waiting.size === 0) void close();
    }, idleMs);
    idleTimer.unref();
  }

  /** The index of words is given free before another worker may open it. */
  async function close(): Promise<void> {
    clearTimeout(idleTimer);
    const leaving = worker;
    worker = undefined;
    if (!leaving) return;
    ending = leaving.end();
    await ending;
  }

  return {
    /** Rejects with TaskRefused, the signal's reason, or ProblemError engine.stopping. */
    async run<T extends WorkerTask>(task: T, signal?: AbortSignal): Promise<WorkerResults[T['kind']]> {
      await ending;
      if (stopped) throw stopping();
      signal?.throwIfAborted();
      return await new Promise((resolve, reject) => {
        const id = ++lastId;
        const stop = new Int32Array(new SharedArrayBuffer(4));
        const leave = () => signal?.removeEventListener('abort', onAbort);
        const onAbort = () => {
          Atomics.store(stop, 0, 1);
          waiting.get(id)?.reject(signal?.reason);
        };
        waiting.set(id, {
          stop,
          resolve(result) {
            leave();
            resolve(result as WorkerResults[T['kind']]);
          },
          reject(error) {
            leave();
            reject(error);
          },
        });
        signal?.addEventListener('abort', onAbort, { once: true });
        clearTimeout(idleTimer);
        worker ??= start();
        worker.thread.ref();
        worker.thread.postMessage({ id, task, stop } satisfies TaskMessage);
      });
    },

    /** Ends the worker; the store may be closed afterwards. */
    async stop(): Promise<void> {
      stopped = true;
      const all = [...waiting.values()];
      waiting.clear();
      for (const { stop, reject } of all) {
        Atomics.store(stop, 0, 1);
        reject(stopping());
      }
      await close();
    },
  };
}

export type CaptureWorkerLink = ReturnType<typeof createCaptureWorkerLink>;

function stopping(): ProblemError {
  return new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true });
}
