// A channel over a message port: Electron's `MessagePortMain` in the utility process, or Node's `MessagePort`. Both
// emit `message` and `close` and start on `start()`; Electron wraps the value in an event with `data`, Node does not.
import type { Channel } from '#contract';

export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (value: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** `unwrap` is `(event) => event.data` for Electron's ports; Node's hand the value over as it is. */
export function createMessagePortChannel(
  port: PortLike,
  unwrap: (value: unknown) => unknown = (value) => value,
): Channel {
  let open = true;
  let started = false;
  return {
    send(message) {
      if (open) port.postMessage(message);
    },
    onMessage(listener) {
      port.on('message', (value) => {
        if (open) listener(unwrap(value));
      });
      if (!started) {
        started = true;
        port.start();
      }
    },
    onClose(listener) {
      port.on('close', () => {
        open = false;
        listener();
      });
    },
    close() {
      open = false;
      port.close();
    },
  };
}
