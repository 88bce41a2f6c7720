// Part of the Electron double: what runs inside the child process that stands for a utility process. It gives `process` the
// parent's port and then runs the entry, as Electron does. Messages wait until the entry listens, as documented; a port
// that was handed over is one end of a channel here, whose other end is carried over to the parent.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { MessagePortDouble } from './electron-double-ports.ts';

/** What travels between the two processes. `id` names a port that was handed over. */
export type Wire =
  | { t: 'message'; message: unknown; ids: number[] }
  | { t: 'port'; id: number; data: unknown }
  | { t: 'portClosed'; id: number };

class ParentPortDouble extends EventEmitter {
  postMessage(message: unknown): void {
    send({ t: 'message', message, ids: [] });
  }
}

function send(wire: Wire): void {
  if (process.connected) process.send?.(wire);
}

const ports = new Map<number, MessagePort>();
const parentPort = new ParentPortDouble();

function receivePort(id: number): MessagePortDouble {
  const { port1, port2 } = new MessageChannel();
  ports.set(id, port2);
  port2.on('message', (data: unknown) => send({ t: 'port', id, data }));
  port2.on('close', () => {
    ports.delete(id);
    send({ t: 'portClosed', id });
  });
  return new MessagePortDouble(port1);
}

function receive(wire: Wire): void {
  if (wire.t === 'port') ports.get(wire.id)?.postMessage(wire.data);
  else if (wire.t === 'portClosed') ports.get(wire.id)?.close();
  else parentPort.emit('message', { data: wire.message, ports: wire.ids.map(receivePort) });
}

parentPort.once('newListener', (event) => {
  if (event === 'message') process.on('message', receive);
});
Object.defineProperty(process, 'parentPort', { value: parentPort });

await import(pathToFileURL(process.argv[2] ?? '').href);
