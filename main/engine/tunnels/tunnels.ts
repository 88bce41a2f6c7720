// Puts the tunnel together: supervisor, providers, what is kept of its past, and the cards. The one door of this folder for the engine.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Application, DataSource, TunnelProgram, TunnelSettings } from '#contract';
import type { Log } from '../../log/log.ts';
import type { Changes } from '../changes.ts';
import type { Vault } from '../secrets/vault.ts';
import type { Database } from '../store/database.ts';
import { type AddressCards, createAddressCards } from './address-cards.ts';
import { createLeftoverPrograms } from './leftover-program.ts';
import { createOutsideFetch } from './outside-fetch.ts';
import { createProbe } from './probe.ts';
import { createProviders, lookAtPrograms, type TunnelProviders } from './providers.ts';
import { createTunnelHistory, type TunnelHistory } from './tunnel-history.ts';
import { createTunnelSupervisor, type TunnelSupervisor } from './tunnel-supervisor.ts';
import { createTunnelTable } from './tunnel-table.ts';
import { createTunnelToken } from './tunnel-token.ts';

export interface Tunnels extends TunnelSupervisor {
  history: TunnelHistory['read'];
  cards: Pick<AddressCards, 'list' | 'tick'>;
  programs(): Promise<TunnelProgram[]>;
  /** Keeps the token of a named cloudflared tunnel; an empty one removes it. Throws `vault.unavailable`. */
  setToken(token: string): void;
  /** Ends the tunnel because Hookbench ends. */
  end(): Promise<void>;
}

const givenName = z.object({ host: z.string(), id: z.string() });

/** What an earlier Hookbench left running is ended before anything else; nothing is started. */
export async function createTunnels(deps: {
  dataDir: string;
  database: Database;
  changes: Changes;
  log: Log;
  port: number;
  readSettings: () => TunnelSettings;
  dataSources: () => readonly DataSource[];
  application: (id: string) => Application | undefined;
  vault: Vault;
  providers?: TunnelProviders;
}): Promise<Tunnels> {
  const { changes, log, dataSources, application } = deps;
  const folder = join(deps.dataDir, 'tunnel');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const leftovers = createLeftoverPrograms(join(folder, 'program.json'));
  const ended = await leftovers.end();
  if (ended !== undefined)
    log('warning', 'ended a tunnel program that an earlier run left behind', { program: ended });

  const now = () => Date.now();
  const table = createTunnelTable(deps.database);
  const token = createTunnelToken(table, deps.vault);
  const history = createTunnelHistory({ table, now, dataSources, application });
  const fetch = createOutsideFetch();
  const cards: AddressCards = createAddressCards({
    table,
    now,
    changes,
    dataSources,
    application,
    publicUrl: () => supervisor.publicUrl(),
    gapSince: history.gapSince,
  });
  const supervisor = createTunnelSupervisor({
    port: deps.port,
    readSettings: deps.readSettings,
    probe: createProbe({ fetch }),
    providers:
      deps.providers ??
      createProviders({
        fetch,
        folder,
        leftovers,
        token,
        names: {
          read: () => givenName.safeParse(table.fact('localtunnel')).data,
          write: (name) => table.setFact('localtunnel', name),
        },
      }),
    onProbe: (result) => keep(() => history.probed(result)),
    onChange(state) {
      keep(() => {
        cards.changed(state);
        history.changed(state);
      });
      changes.tell('tunnel.changed', { tunnel: state });
    },
  });

  /** The tunnel goes on while the store cannot be written; then a piece of its past is missing, and the log says so. */
  function keep(write: () => void): void {
    try {
      write();
    } catch (error) {
      log('warning', 'the past of the tunnel could not be kept', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return {
    ...supervisor,
    history: history.read,
    cards,
    async programs() {
      const programs = await lookAtPrograms(deps.readSettings());
      return programs.map((program) =>
        program.provider === 'cloudflared' ? { ...program, hasToken: token.isSet() } : program,
      );
    },
    setToken: token.set,
    async end() {
      history.ending();
      await supervisor.stop();
    },
  };
}
