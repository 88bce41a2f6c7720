// The page's end of the link in a browser tab. Threats: the launch token must not stay in the address, the history or a
// log, so it is traded for an HttpOnly cookie at once and removed whether or not the trade succeeds.
import type { Channel } from '#contract';

const launchKey = 'launch';

/**
 * `#launch=TOKEN` → POST /session {token} → cookie. Does nothing without a token. A refusal is not an error here: an
 * older cookie may still be good, and the link says when none is.
 */
export async function tradeLaunchToken(): Promise<void> {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const token = fragment.get(launchKey);
  if (!token) return;
  fragment.delete(launchKey);
  const rest = fragment.toString();
  const { pathname, search } = window.location;
  window.history.replaceState(null, '', `${pathname}${search}${rest && `#${rest}`}`);
  try {
    await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      credentials: 'same-origin',
    });
  } catch (error) {
    // The engine is away at this moment; the link is tried with backoff and shows it.
    console.warn('The launch token could not be traded.', error);
  }
}

/** `tell(true)` when the host refuses for want of a session. A browser hides the status of a refused socket, so it is asked for. */
export async function openBrowserChannel(tell: (signedOut: boolean) => void): Promise<Channel> {
  const address = new URL('/link', window.location.href);
  const socket = new WebSocket(address.href.replace(/^http/, 'ws'));
  try {
    await opened(socket);
  } catch (error) {
    const answer = await fetch('/session', { credentials: 'same-origin', cache: 'no-store' });
    tell(answer.status === 401);
    throw error;
  }
  tell(false);
  return channelOf(socket);
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(new Error('The link was refused.')), { once: true });
  });
}

function channelOf(socket: WebSocket): Channel {
  let open = true;
  // Frames that come before the client listens, such as the greeting, wait for it.
  let early: unknown[] | undefined = [];
  let listener: (message: unknown) => void = (message) => early?.push(message);
  socket.addEventListener('message', (event) => {
    if (!open || typeof event.data !== 'string') return;
    const message: unknown = JSON.parse(event.data);
    listener(message);
  });
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(next) {
      listener = next;
      for (const message of early ?? []) next(message);
      early = undefined;
    },
    onClose(closed) {
      socket.addEventListener('close', () => {
        if (!open) return;
        open = false;
        closed();
      });
    },
    close() {
      open = false;
      socket.close();
    },
  };
}
