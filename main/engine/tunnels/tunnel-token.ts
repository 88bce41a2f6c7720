// The token of the user's own cloudflared tunnel: sealed in the store, opened only to be handed to that program.
import { z } from 'zod';
import { ProblemError } from '#contract';
import type { Vault } from '../secrets/vault.ts';
import type { TunnelTable } from './tunnel-table.ts';

export interface TunnelToken {
  isSet(): boolean;
  /** Undefined where none is set, or it cannot be opened with the present key. */
  open(): string | undefined;
  /** An empty one removes it. Throws `vault.unavailable`. */
  set(token: string): void;
}

const factName = 'cloudflaredToken';
const place = 'tunnel cloudflared token';

export function createTunnelToken(table: TunnelTable, vault: Vault): TunnelToken {
  const read = (): string => z.string().catch('').parse(table.fact(factName));
  return {
    isSet: () => read() !== '',
    open() {
      const sealed = read();
      return sealed === '' ? undefined : vault.open(Buffer.from(sealed, 'base64'), place);
    },
    set(token) {
      if (token !== '' && vault.fault !== undefined) throw new ProblemError('vault.unavailable', vault.fault);
      table.setFact(factName, token === '' ? '' : Buffer.from(vault.seal(token, place)).toString('base64'));
    },
  };
}
