// The worker thread of one import task. It reads the file and nothing else, and may be killed at any moment.
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportReply, ImportTask } from './import-task.ts';
import { FileFault } from './rows/file-fault.ts';
import { runImport } from './run-import.ts';

const progressEveryMs = 100;

const port = parentPort;
if (!port) throw new Error('import-worker.ts runs as a worker thread only.');
const reply = (message: ImportReply): void => port.postMessage(message);

let goOn: (() => void) | undefined;
port.on('message', () => goOn?.());

let toldAt = 0;
try {
  const facts = await runImport(workerData as ImportTask, {
    onBytes(bytes) {
      const now = performance.now();
      if (now - toldAt < progressEveryMs) return;
      toldAt = now;
      reply({ kind: 'progress', bytes });
    },
    part(chunk, failed) {
      return new Promise((resolve) => {
        goOn = resolve;
        reply({ kind: 'part', chunk, failed });
      });
    },
  });
  reply({ kind: 'done', facts });
} catch (error) {
  if (error instanceof FileFault) reply({ kind: 'refused', message: error.message, facts: error.facts });
  else
    reply({
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
} finally {
  port.close();
}
