// The table of providers: to add one, write its file, name it in the contract, and give it a line here.
import type { TunnelProvider as ProviderName, TunnelProgram, TunnelSettings } from '#contract';
import { cloudflaredFacts, createCloudflaredProvider } from './cloudflared.ts';
import { createFixedProvider } from './fixed.ts';
import type { LeftoverPrograms } from './leftover-program.ts';
import { createLocaltunnelProvider, type NameMemory } from './localtunnel.ts';
import { createNgrokProvider, ngrokFacts } from './ngrok.ts';
import type { OutsideFetch } from './outside-fetch.ts';
import { lookAtProgram } from './tunnel-program.ts';
import type { TunnelProvider } from './tunnel-provider.ts';
import type { TunnelToken } from './tunnel-token.ts';

export type TunnelProviders = Readonly<Record<ProviderName, TunnelProvider>>;

export function createProviders(deps: {
  fetch: OutsideFetch;
  /** A folder that is ours, for the files that programs read. */
  folder: string;
  names: NameMemory;
  leftovers: LeftoverPrograms;
  token: TunnelToken;
}): TunnelProviders {
  return {
    localtunnel: createLocaltunnelProvider(deps),
    cloudflared: createCloudflaredProvider(deps),
    ngrok: createNgrokProvider(deps),
    fixed: createFixedProvider(),
  };
}

/** The programs among them, as they stand on this computer now. */
export const lookAtPrograms = (settings: TunnelSettings): Promise<TunnelProgram[]> =>
  Promise.all([cloudflaredFacts, ngrokFacts].map((facts) => lookAtProgram(facts, settings)));
