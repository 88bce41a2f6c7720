// Part of the Electron double: message ports. `MessagePortMain` over Node's own `MessagePort`, with the documented
// behaviour: messages arrive as an event with `data` and `ports`, only after `start()`; `close` when the other end goes.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';

export class MessagePortDouble extends EventEmitter {
  readonly port: MessagePort;
  /** A port that was transferred is dead at its old place, as on the web. */
  transferred = false;
  constructor(port: MessagePort) {
    super();
    this.port = port;
    port.on('close', () => {
      if (!this.transferred) this.emit('close');
    });
  }
  postMessage(message: unknown, transfer: readonly MessagePortDouble[] = []): void {
    const ports = takePorts(transfer);
    // Alone, a value travels as it is, since the other end may be a page's plain DOM port.
    if (ports.length === 0) this.port.postMessage(message);
    else this.port.postMessage({ data: message, ports }, ports);
  }
  start(): void {
    this.port.on('message', (wire: { data: unknown; ports: MessagePort[] } | unknown) => {
      this.emit('message', openWire(wire));
    });
  }
  close(): void {
    this.port.close();
  }
}

export class MessageChannelDouble {
  readonly port1: MessagePortDouble;
  readonly port2: MessagePortDouble;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortDouble(port1);
    this.port2 = new MessagePortDouble(port2);
  }
}

/** Takes the ports out of their wrappers for a transfer; a port can be given away once. */
export function takePorts(ports: readonly MessagePortDouble[]): (MessagePort & Transferable)[] {
  return ports.map((wrapped) => {
    if (wrapped.transferred)
      throw new Error('An object could not be cloned: the port was transferred already.');
    wrapped.transferred = true;
    return wrapped.port;
  });
}

/**
 * What came over a port: an end in the shell or the engine wraps values together with ports, the page's end (a plain DOM
 * port) sends the value as it is.
 */
export function openWire(wire: unknown): { data: unknown; ports: MessagePortDouble[] } {
  if (
    typeof wire === 'object' &&
    wire !== null &&
    'data' in wire &&
    'ports' in wire &&
    Array.isArray(wire.ports)
  ) {
    return { data: wire.data, ports: wire.ports.map((port: MessagePort) => new MessagePortDouble(port)) };
  }
  return { data: wire, ports: [] };
}
