// Name → addresses, as the system resolves names.
import { lookup as systemLookup } from 'node:dns/promises';
import type { ResolvedAddress } from './target-guard.ts';

/** All addresses of a name. Rejects with the system's error (`ENOTFOUND`, …). */
export type ResolveName = (host: string) => Promise<ResolvedAddress[]>;

/** Names under `localhost` are this computer (RFC 6761, section 6.3), also where the system's resolver does not know that. */
export const resolveName: ResolveName = async (host) => {
  const name = host.toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) {
    return [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
  }
  return await systemLookup(host, { all: true });
};
