// A worker thread with a connection of its own to the store: its start, and an end that is safe at any moment.
//
// A thread that is terminated while it loads the database driver takes the whole program along: the driver's initialisation meets a thread
// that is ending, and aborts. So the first message of such a worker is `ready`, and none is terminated before it.
import { Worker } from 'node:worker_threads';
import { threadOptions } from '../threads/thread-options.ts';

const closeGraceMs = 2_000;

export interface DatabaseWorker {
  thread: Worker;
  /** Asks it to close and waits; once it is loaded it has `graceMs` for that. The store may be closed then. */
  end(graceMs?: number): Promise<void>;
}

/** `onReply` gets what comes after `ready`. `onLost` is called when it fails, and when it has ended for whatever reason. */
export function startDatabaseWorker<Reply>(
  program: URL,
  workerData: object,
  onReply: (reply: Reply) => void,
  onLost: (reason: Error) => void,
): DatabaseWorker {
  const thread = new Worker(program, { workerData, ...threadOptions() });
  const loaded = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  thread.on('message', (message: 'ready' | Reply) => {
    if (message === 'ready') loaded.resolve();
    else onReply(message as Reply);
  });
  thread.on('error', onLost);
  thread.on('exit', (code) => {
    loaded.resolve();
    ended.resolve();
    onLost(new Error(`The worker thread ended with code ${code}.`));
  });
  return {
    thread,
    async end(graceMs = closeGraceMs) {
      thread.ref();
      thread.postMessage('close');
      await loaded.promise;
      const timer = setTimeout(() => void thread.terminate(), graceMs);
      await ended.promise;
      clearTimeout(timer);
    },
  };
}
