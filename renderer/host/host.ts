// Which program the page runs in, and the way from it to the engine.
import type { Channel } from '#contract';
import { openBrowserChannel, tradeLaunchToken } from './browser-host.ts';
import { openDesktopChannel } from './desktop-channel.ts';

export interface Host {
  kind: 'desktop' | 'browser';
  /** Makes a channel that is ready to send, or rejects; called again with backoff after a loss. */
  open(): Promise<Channel>;
  /** Told when the host says that this page is not signed in; trying goes on. */
  onSignedOut(listener: (signedOut: boolean) => void): void;
}

/** The preload of the desktop window announces itself as `window.hookbench`; everything else is a browser. */
export async function chooseHost(): Promise<Host> {
  if (window.hookbench) {
    return { kind: 'desktop', open: openDesktopChannel, onSignedOut: () => {} };
  }
  let tell: (signedOut: boolean) => void = () => {};
  await tradeLaunchToken();
  return {
    kind: 'browser',
    open: () => openBrowserChannel((signedOut) => tell(signedOut)),
    onSignedOut(listener) {
      tell = listener;
    },
  };
}
