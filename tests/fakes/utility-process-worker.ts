// Part of the Electron double: what runs inside the thread that stands for a utility process. It gives `process` the
// parent's port and then runs the entry, as Electron does. Messages wait until the entry listens, as documented.
import { EventEmitter } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openWire } from './electron-double-ports.ts';

class ParentPortDouble extends EventEmitter {
  postMessage(message: unknown): void {
    parentPort?.postMessage(message);
  }
}

const port = new ParentPortDouble();
port.once('newListener', (event) => {
  if (event !== 'message') return;
  parentPort?.on('message', (wire: unknown) => port.emit('message', openWire(wire)));
});
Object.defineProperty(process, 'parentPort', { value: port });

await import(workerData as string);
