// Who must be told that the public address changed. The store keeps, for each connection, the address that its application has: the one
// that was live when it was first shown, then the one that the user ticked. A card stands wherever that is not the live one, so
// a later change supersedes a card and the return of the old address makes it needless.
import { z } from 'zod';
import type { AddressCard, Application, DataSource, TunnelState } from '#contract';
import type { Changes } from '../changes.ts';
import type { TunnelTable } from './tunnel-table.ts';

const liveAddress = z.object({ url: z.string(), since: z.number() });

export function createAddressCards(deps: {
  table: TunnelTable;
  now: () => number;
  changes: Pick<Changes, 'tell'>;
  dataSources: () => readonly DataSource[];
  application: (id: string) => Application | undefined;
  /** The public base address while it is live. */
  publicUrl: () => string | undefined;
  /** When the address before went away. */
  gapSince: () => number | undefined;
}) {
  const { table, now } = deps;
  const stored = liveAddress.safeParse(table.fact('address'));
  /** The address that a probe found live last; also while the tunnel is down. */
  let last = stored.success ? stored.data : undefined;

  const called = (): DataSource[] =>
    deps.dataSources().filter(({ kind, entry }) => kind !== 'file' && entry !== 'manual');

  /** Connections of which nothing is kept yet were shown what was live when they were made. */
  function giveNew(before: string, live: string): Map<string, string> {
    const given = table.given();
    const beforeUntil = deps.gapSince() ?? now();
    const present = new Set<string>();
    for (const source of called()) {
      const address = Date.parse(source.createdAt) < beforeUntil ? before : live;
      for (const { id } of source.connections) {
        present.add(id);
        if (given.has(id)) continue;
        table.give(id, address, now());
        given.set(id, address);
      }
    }
    for (const id of given.keys()) {
      if (present.has(id)) continue;
      table.forget(id);
      given.delete(id);
    }
    return given;
  }

  function list(): AddressCard[] {
    const live = last;
    if (!live) return [];
    const given = table.given();
    const publicUrl = deps.publicUrl();
    return called().flatMap((source) =>
      source.connections.flatMap((connection) => {
        const old = given.get(connection.id);
        if (old === undefined || old === live.url) return [];
        const path = new URL(connection.localUrl).pathname;
        const application = source.applicationId ? deps.application(source.applicationId) : undefined;
        return [
          {
            connectionId: connection.id,
            dataSourceId: source.id,
            dataSourceName: source.name,
            applicationName: application?.name,
            since: new Date(live.since).toISOString(),
            oldUrl: old + path,
            newUrl: publicUrl === live.url ? live.url + path : undefined,
            steps: application ? stepsToPaste(application) : [],
          },
        ];
      }),
    );
  }

  return {
    list,
    /** To be called before the gap is closed that ends with this state. */
    changed(state: TunnelState): void {
      if (state.status !== 'up' || state.publicUrl === undefined) return;
      const url = state.publicUrl;
      const previous = last?.url;
      giveNew(previous ?? url, url);
      if (previous === url) return;
      last = { url, since: now() };
      table.setFact('address', last);
      if (previous === undefined) return;
      deps.changes.tell('tunnel.addressChanged', {
        publicUrl: url,
        previousUrl: previous,
        cards: list().length,
      });
      deps.changes.tell('tunnel.addressCardsChanged', {});
    },
    /** The application of this connection has the live address now. Nothing happens where no card stands. */
    tick(connectionId: string): void {
      if (!last || !list().some((card) => card.connectionId === connectionId)) return;
      table.give(connectionId, last.url, now());
      deps.changes.tell('tunnel.addressCardsChanged', {});
    },
  };
}

/** The step in which the URL is pasted, with the way there before it. */
function stepsToPaste({ steps }: Application): AddressCard['steps'] {
  const pastes = steps.findIndex((step) => step.pastesUrl);
  if (pastes < 0) return [];
  const way = steps.findLastIndex((step, at) => at <= pastes && step.menu !== undefined);
  return steps.slice(way < 0 ? pastes : way, pastes + 1);
}

export type AddressCards = ReturnType<typeof createAddressCards>;
