// A worker that takes long to load, as a database driver does on a busy machine, and ends when it is told to, or never.
import { parentPort, workerData } from 'node:worker_threads';

const { loaded, closes } = workerData as { loaded: Int32Array; closes: boolean };
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
Atomics.store(loaded, 0, 1);
parentPort?.on('message', () => closes && parentPort?.close());
parentPort?.postMessage('ready');
