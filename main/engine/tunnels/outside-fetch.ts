// The HTTP client with which tunnels ask their servers and call the public address from outside. It never keeps a connection: each
// call looks the name up and connects anew, as a sender would, and nothing is left open after it.
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';

export interface OutsideAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly location?: string;
  /** The beginning of the body, at most `maxBytes` of it. */
  readonly text: string;
  /** The IP address that answered. */
  readonly address?: string;
}

/** One GET. Rejects as `fetch` does (unreachable, aborted); any status is an answer; redirects are not followed. */
export type OutsideFetch = (url: string, signal: AbortSignal) => Promise<OutsideAnswer>;

const maxBytes = 64 * 1024;

/** Names under `localhost` are this computer (RFC 6761, section 6.3), also where the system's resolver does not know that. */
export const lookupWithLocalhost: LookupFunction = (hostname, options, callback) => {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (name !== 'localhost' && !name.endsWith('.localhost')) return systemLookup(hostname, options, callback);
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  const first = addresses[options.family === 6 || options.family === 'IPv6' ? 1 : 0];
  process.nextTick(() => {
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? '127.0.0.1', first?.family ?? 4);
  });
};

export function createOutsideFetch(): OutsideFetch {
  const connect = buildConnector({ lookup: lookupWithLocalhost, timeout: 10_000 });
  return async (url, signal) => {
    let address: string | undefined;
    // One for each call, so that the address belongs to it.
    const dispatcher = new Agent({
      pipelining: 0,
      connect(options, callback) {
        connect(options, (...connected) => {
          address = connected[1]?.remoteAddress;
          callback(...connected);
        });
      },
    });
    const response = await fetch(url, {
      dispatcher,
      signal,
      redirect: 'manual',
      headers: { 'user-agent': 'Hookbench', accept: 'application/json, text/plain;q=0.9' },
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    if (response.body) {
      for await (const chunk of response.body) {
        chunks.push(chunk);
        size += chunk.byteLength;
        if (size >= maxBytes) break;
      }
    }
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      location: response.headers.get('location') ?? undefined,
      text: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'),
      address,
    };
  };
}
