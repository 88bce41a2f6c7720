// The worker thread that copies the write-ahead log into the store's file. The engine's loop goes on writing beside it and never waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { copyLog, openBeside } from './database.ts';

/** `copied`: how many pages of the log are in the file. */
export type CheckpointReply = { copied: number } | { fault: string };

const port = parentPort;
if (!port) throw new Error('checkpoint-worker.ts runs as a worker thread only.');

const database = openBeside((workerData as { file: string }).file);

port.on('message', (request: 'copy' | 'close') => {
  if (request === 'close') {
    database.close();
    port.close();
    return;
  }
  port.postMessage(copy());
});

port.postMessage('ready');

function copy(): CheckpointReply {
  try {
    return { copied: copyLog(database) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
