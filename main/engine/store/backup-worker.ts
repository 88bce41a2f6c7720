// The thread that copies the store while it is used: one read transaction, so that the copy is the store of one moment, a few pages at a time.
// The copy is checked before it gets its name.
import { closeSync, fdatasyncSync, openSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { finish } from './backup-files.ts';
import { copyOfMoment, firstFault } from './database.ts';

export interface BackupTask {
  file: string;
  fresh: string;
  whole: string;
}
export type BackupReply =
  | { kind: 'progress'; share: number }
  | { kind: 'done' }
  | { kind: 'failed'; reason: string };

/** 1 MiB; between two steps the thread hears whether it shall end. */
const pagesAtOnce = 256;
/** The copy is flushed as it grows: one flush of gigabytes at its end would hold up the flushes of calls. */
const flushEvery = 32;
const tellEveryMs = 250;

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const { file, fresh, whole } = workerData as BackupTask;
let closing = false;
port.on('message', () => {
  closing = true;
});
port.postMessage('ready');

let steps = 0;
let toldAt = 0;
let handle: number | undefined;

function onStep(share: number): number {
  if (closing) throw new Error('the backup was broken off');
  steps += 1;
  if (steps % flushEvery === 0) {
    // For writing: Windows flushes nothing else.
    handle ??= openSync(fresh, 'r+');
    fdatasyncSync(handle);
  }
  const now = performance.now();
  if (now - toldAt > tellEveryMs) {
    toldAt = now;
    port?.postMessage({ kind: 'progress', share } satisfies BackupReply);
  }
  return pagesAtOnce;
}

try {
  await copyOfMoment(file, fresh, onStep);
  const fault = firstFault(fresh);
  if (fault !== undefined) throw new Error(`the copy is not whole: ${fault}`);
  finish(fresh, whole);
  port.postMessage({ kind: 'done' } satisfies BackupReply);
} catch (error) {
  rmSync(fresh, { force: true });
  rmSync(`${fresh}-journal`, { force: true });
  const reason = error instanceof Error ? error.message : String(error);
  port.postMessage({ kind: 'failed', reason } satisfies BackupReply);
} finally {
  if (handle !== undefined) closeSync(handle);
  port.close();
}
