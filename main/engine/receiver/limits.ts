// The limits of the receiver. Each one that a sender can meet is named with its value in the answer.
import { mostBodyBytes } from '#contract';

export const limits = {
  /** Bytes of a body as received and after decoding; a connection may take less. */
  maxBodyBytes: mostBodyBytes,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 10_000,
  /** How often Node looks for requests that are too slow. */
  timeoutCheckMs: 1_000,
  maxHeaderBytes: 32 * 1024,
  maxHeaders: 200,
  maxConnections: 20_000,
  /** Bytes of bodies that may be held in memory at once over all requests; beyond it calls get a 503. */
  maxBufferedBytes: 512 * 1024 * 1024,
  /** A rejected body is kept for reading up to this size. */
  maxRejectedBodyBytes: 1024 * 1024,
} as const;
