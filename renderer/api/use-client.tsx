// Hands the client and the cache of its answers to the components.
import { createContext, type ReactNode, use, useState, useSyncExternalStore } from 'react';
import { type CallCache, createCallCache } from './call-cache.ts';
import type { Client, LinkState } from './client.ts';

const ApiContext = createContext<{ client: Client; cache: CallCache } | undefined>(undefined);

export function ApiProvider({ client, children }: { client: Client; children: ReactNode }) {
  const [api] = useState(() => ({ client, cache: createCallCache(client) }));
  return <ApiContext value={api}>{children}</ApiContext>;
}

function useApi() {
  const api = use(ApiContext);
  if (!api) throw new Error('ApiProvider is missing above this component.');
  return api;
}

/** The client itself: for calls that answer a click. What a screen shows comes from `useCall`. */
export function useClient(): Client {
  return useApi().client;
}

export function useCallCache(): CallCache {
  return useApi().cache;
}

export function useLinkState(): LinkState {
  const client = useClient();
  return useSyncExternalStore(client.onState, client.state);
}
