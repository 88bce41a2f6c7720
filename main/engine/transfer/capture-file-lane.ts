// Runs the reading of one file of captures in a fresh thread with bounded memory.
import { Worker } from 'node:worker_threads';
import { type CaptureFile, ProblemError } from '#contract';
import { threadOptions } from '../threads/thread-options.ts';
import type { CaptureRecord } from './capture-record.ts';

export interface CaptureFileTask {
  file: string;
  /** check: the whole file is read and counted. apply: its records are given out, too, the oldest first. */
  mode: 'check' | 'apply';
}

export type CaptureFileContent = NonNullable<CaptureFile['content']>;

export type CaptureFileReply =
  /** The worker waits for `next` before it goes on. */
  | { kind: 'part'; records: CaptureRecord[] }
  | { kind: 'done'; content: CaptureFileContent }
  /** A sentence for people. */
  | { kind: 'refused'; message: string }
  | { kind: 'failed'; message: string };

const maxMemoryMb = 2048;

/** @throws ProblemError captureFile.refused, the signal's reason, what `onPart` threw, or an unexpected error */
export function runCaptureFile(
  task: CaptureFileTask,
  onPart: (records: CaptureRecord[]) => Promise<void>,
  signal: AbortSignal,
): Promise<CaptureFileContent> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL(`./capture-file-worker.${extension}`, import.meta.url), {
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
    async function take(reply: CaptureFileReply): Promise<void> {
      switch (reply.kind) {
        case 'part':
          await onPart(reply.records);
          return worker.postMessage('next');
        case 'done':
          return end(() => resolve(reply.content));
        case 'refused':
          return end(() => reject(new ProblemError('captureFile.refused', reply.message)));
        case 'failed':
          return end(() => reject(new Error(`Reading a file of calls failed: ${reply.message}`)));
      }
    }
    worker.on('message', (reply: CaptureFileReply) => {
      take(reply).catch((error: unknown) => end(() => reject(error)));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const fault = 'The file needs more memory than an import may use. Export it as NDJSON.';
      end(() => reject(isMemory ? new ProblemError('captureFile.refused', fault) : error));
    });
    worker.on('exit', (code) => end(() => reject(new Error(`The worker ended with code ${code}.`))));
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
