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
const portLostMessage = 'hookbench:port-lost';

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
      if (!isFromPreload(event, portMessage)) return;
      const [port] = event.ports;
      if (!port) return;
      window.removeEventListener('message', take);
      resolve(createDomPortChannel(port));
    };
    window.addEventListener('message', take);
    hookbench.requestPort();
  });
}

/** Only the preload of this very window may say so, never a frame or an opener. */
function isFromPreload(event: MessageEvent, what: string): boolean {
  return event.source === window && event.data === what;
}

/**
 * A channel over a DOM message port. That the engine has gone is told by the port's `close` event, which is Electron's own
 * and not the web's, and by the shell; whichever comes first counts.
 */
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
      const lost = () => {
        window.removeEventListener('message', hear);
        if (!open) return;
        open = false;
        port.close();
        listener();
      };
      const hear = (event: MessageEvent) => {
        if (isFromPreload(event, portLostMessage)) lost();
      };
      port.addEventListener('close', lost);
      window.addEventListener('message', hear);
    },
    close() {
      open = false;
      port.close();
    },
  };
}
