// The page's end of the link in the desktop window: asks the preload for a port to the engine and makes a channel of it.
// The handshake is described in preload/preload.ts. It knows no call and no event.
import type { Channel } from '#contract';
import type { NativeAbilities } from '../../preload/native-abilities.ts';

declare global {
  interface Window {
    /** Only in the desktop window: what its preload offers. */
    hookbench?: NativeAbilities;
  }
}

const portMessage = 'hookbench:port';

/**
 * Resolves once the shell has handed a port over; meanwhile the engine may still be starting, and messages wait in the
 * port. Rejects where there is no desktop window.
 */
export function openDesktopChannel(): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const { hookbench } = window;
    if (!hookbench) {
      reject(new Error('This page does not run in the desktop window.'));
      return;
    }
    const take = (event: MessageEvent) => {
      // Only the preload of this very window may bring a port, never a frame or an opener.
      if (event.source !== window || event.data !== portMessage) return;
      const [port] = event.ports;
      if (!port) return;
      window.removeEventListener('message', take);
      resolve(createDomPortChannel(port));
    };
    window.addEventListener('message', take);
    hookbench.requestPort();
  });
}

/** A channel over a DOM message port. Its `close` event tells that the engine has gone. */
export function createDomPortChannel(port: MessagePort): Channel {
  let open = true;
  return {
    send(message) {
      if (open) port.postMessage(message);
    },
    onMessage(listener) {
      port.addEventListener('message', (event) => {
        if (open) listener(event.data);
      });
      port.start();
    },
    onClose(listener) {
      port.addEventListener('close', () => {
        if (!open) return;
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
