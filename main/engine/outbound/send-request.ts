// One outbound HTTP request and what came of it. Resolves for failures too; rejects only for faults of our own.
import type { ExchangeFailure } from '#contract';

export interface OutboundRequest {
  method: string;
  url: string;
  /** In order; names may repeat. `Host` and `Content-Length` are set here. */
  headers: readonly (readonly [string, string])[];
  body?: Uint8Array | undefined;
}

export interface SendOptions {
  /** For the whole call, from the look-up of the name to the last byte. */
  timeoutMs: number;
  /** Private and loopback targets that may be called, `host:port`. */
  allowedTargets: readonly string[];
  signal?: AbortSignal | undefined;
}

export interface SentAnswer {
  status: number;
  headers: [string, string][];
  /** The first 64 KiB. */
  body: Uint8Array;
  /** Bytes that came; where `cut` and the answer was endless, those until we hung up. */
  size: number;
  /** True where `body` is not the whole one. */
  cut: boolean;
}

export interface SentTiming {
  nameMs?: number | undefined;
  connectMs?: number | undefined;
  tlsMs?: number | undefined;
  /** From the last byte of the request (connected) to the first of the answer. */
  firstByteMs?: number | undefined;
  totalMs: number;
}

export interface SentRequest {
  answer?: SentAnswer | undefined;
  /** Also where the status is no 2xx. */
  failure?: ExchangeFailure | undefined;
  /** The address that was connected to, with the port. */
  address?: string | undefined;
  timing: SentTiming;
}

export type SendRequest = (request: OutboundRequest, options: SendOptions) => Promise<SentRequest>;
