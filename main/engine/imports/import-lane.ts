// Runs import tasks in a worker, one after the other, each in a fresh thread with bounded memory. The next part is asked for
// when the one before is written, so that a large file never piles up in memory.
import { Worker } from 'node:worker_threads';
import type { ImportFacts } from '#contract';
import { threadOptions } from '../threads/thread-options.ts';
import type { ImportChunk, ImportReply, ImportTask } from './import-task.ts';
import { FileFault } from './rows/file-fault.ts';
import type { FailedRow } from './rows/row-batch.ts';

const maxMemoryMb = 1024;

export interface ImportListener {
  onBytes(bytes: number): void;
  onPart(chunk: ImportChunk | undefined, failed: FailedRow[]): Promise<void> | void;
}

export function createImportLane() {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workerUrl = new URL(`./import-worker.${extension}`, import.meta.url);
  let last: Promise<unknown> = Promise.resolve();

  function start(task: ImportTask, listener: ImportListener, signal: AbortSignal): Promise<ImportFacts> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerUrl, {
        workerData: task,
        resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb },
        ...threadOptions(),
      });
      const end = (act: () => void) => {
        signal.removeEventListener('abort', onAbort);
        worker.removeAllListeners('message');
        void worker.terminate();
        act();
      };
      const onAbort = () => end(() => reject(signal.reason));
      async function take(reply: ImportReply): Promise<void> {
        switch (reply.kind) {
          case 'progress':
            return listener.onBytes(reply.bytes);
          case 'part':
            await listener.onPart(reply.chunk, reply.failed);
            return worker.postMessage('next');
          case 'done':
            return end(() => resolve(reply.facts));
          case 'refused':
            return end(() => reject(new FileFault(reply.message, reply.facts)));
          case 'failed':
            return end(() => reject(new Error(`The import worker failed: ${reply.message}`)));
        }
      }
      worker.on('message', (reply: ImportReply) => {
        take(reply).catch((error: unknown) => end(() => reject(error)));
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        const fault = 'The file needs more memory than an import may use. Save it as CSV, or split it.';
        end(() => reject(isMemory ? new FileFault(fault) : error));
      });
      worker.on('exit', (code) => end(() => reject(new Error(`The import worker ended with code ${code}.`))));
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  return {
    /** Rejects with FileFault, the signal's reason, what the listener threw, or an unexpected error. */
    run(task: ImportTask, listener: ImportListener, signal: AbortSignal): Promise<ImportFacts> {
      const turn = last.then(() => {
        signal.throwIfAborted();
        return start(task, listener, signal);
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

export type ImportLane = ReturnType<typeof createImportLane>;
