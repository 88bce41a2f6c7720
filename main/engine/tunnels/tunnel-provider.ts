// The one interface of everything that can give the receiver a public address. A new provider is one file that implements it.
// A provider opens and closes; it does not judge whether the address works (the probe does) and does not retry (the supervisor does).
import type { TunnelSettings } from '#contract';

export interface TunnelRequest {
  /** The port of the receiver on 127.0.0.1; the only thing that a tunnel may expose. */
  readonly port: number;
  /** Ends the opening. The provider then leaves nothing behind and rejects. */
  readonly signal: AbortSignal;
  readonly settings: TunnelSettings;
}

export interface OpenTunnel {
  /** The public base URL, without a slash at its end. */
  readonly url: string;
  /** What the user should know about this address, for example that another one had been asked for. */
  readonly notice?: string;
  /** For how long after the opening the address may not be reachable yet, though all is well. */
  readonly settleMs?: number | undefined;
  /** Tells, at most once and never after `close`, that the tunnel is known to be gone, with the reason in plain words. */
  onLost(listener: (reason: string) => void): void;
  /** Ends it; settles when every socket, timer and process of it is gone. May be called again. */
  close(): Promise<void>;
}

export interface TunnelProvider {
  /** How long opening may take, where that is more than usual. */
  readonly openLimitMs?: number;
  /** Opens a tunnel; rejects with a `TunnelFailure`, or with the reason of `signal` when that is aborted. */
  open(request: TunnelRequest): Promise<OpenTunnel>;
}

/** Why a tunnel cannot be opened, in words for the user. `retry` is false where only other settings can help. */
export class TunnelFailure extends Error {
  readonly retry: boolean;
  constructor(message: string, more: { retry: boolean; cause?: unknown }) {
    super(message, { cause: more.cause });
    this.name = 'TunnelFailure';
    this.retry = more.retry;
  }
}

/** A public base URL without its trailing slash; undefined where the text is not an http or https URL that a sender can use. */
export function readPublicUrl(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username || url.password || url.search || url.hash) return undefined;
  return url.href.replace(/\/+$/, '');
}
