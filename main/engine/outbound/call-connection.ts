// Calls the application behind a connection: Base Url, configured headers, authorization, signature; and gives the exchange with every
// secret concealed.
import type { ActionMethod, Exchange } from '#contract';

export interface ConnectionCall {
  connectionId: string;
  method: ActionMethod;
  /** Path and query behind the Base Url: empty, or starts with `/` or `?`. It cannot change the host. */
  target: string;
  headers: readonly (readonly [string, string])[];
  body?: Uint8Array | undefined;
  /** The same over all tries: `Idempotency-Key` and `webhook-id`. */
  idempotencyKey?: string | undefined;
  /** Rounds through our own receiver that led to this call: `hopsOf(headers of the capture)`. */
  hops?: number | undefined;
  signal: AbortSignal;
}

export interface CalledConnection {
  exchange: Exchange;
  /** What `Retry-After` of the answer asks for. */
  retryAfterMs?: number | undefined;
}

/** Resolves for failures too, with `exchange.failure`; also where the connection has no outgoing configuration (`notConfigured`). */
export type CallConnection = (call: ConnectionCall) => Promise<CalledConnection>;
