// Puts the receiver together and starts it: what judges a call, commits it, and tells of its arrival.
import type { Log } from '../log/log.ts';
import type { Sources } from './assemble-sources.ts';
import type { CapturesTable } from './captures/captures-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Changes } from './changes.ts';
import type { Addresses } from './data-sources/data-sources.ts';
import type { PayloadReader, Splitting } from './payloads/payload-reader.ts';
import { createArrivals } from './receiver/arrivals.ts';
import { createGroupCommit } from './receiver/group-commit.ts';
import { limits } from './receiver/limits.ts';
import { createMissedCalls } from './receiver/missed-calls.ts';
import { createOwnCalls } from './receiver/own-calls.ts';
import { createBodyBudget } from './receiver/read-body.ts';
import { createCallReceiver } from './receiver/receive-call.ts';
import { startReceiver } from './receiver/receiver.ts';
import { createVerifyCall } from './receiver/verify-call.ts';
import type { Database } from './store/database.ts';
import { proveWritable } from './store/write-proof.ts';

/** Secrets of other connections that are tried to explain a wrong signature. */
const mostOtherSecrets = 20;

/** Throws `EngineStartError` portTaken. */
export async function assembleReceiver(deps: {
  /** 0 takes any free port. */
  port: number;
  database: Database;
  catalog: Catalog;
  changes: Changes;
  log: Log;
  reader: PayloadReader;
  sources: Sources;
  capturesTable: CapturesTable;
  splittingOf(dataSourceId: string): Splitting | undefined;
  addresses: Addresses;
  tunnel: {
    /** Names under which the tunnel reaches us. */
    hosts(): string[];
    answerProbe(path: string): string | undefined;
  };
  /** Calls of this data source are stored and answered. */
  onArrived(dataSourceId: string): void;
}) {
  const { database, catalog, changes, log, reader, capturesTable, addresses, tunnel } = deps;
  const { dataSources, verifications, secrets, checker, probeCalls, rates } = deps.sources;

  const arrivals = createArrivals({
    database,
    table: capturesTable,
    changes,
    log,
    onArrived: deps.onArrived,
  });
  const ownCalls = createOwnCalls();
  const commit = createGroupCommit(database, capturesTable);
  const missedCalls = createMissedCalls({
    sourceOf: (token) => dataSources.byToken(token)?.dataSourceId,
    onNoted: () => changes.tell('status.changed', {}),
  });
  let storeFault: string | undefined;
  const receiver = await startReceiver({
    port: deps.port,
    receive: createCallReceiver({
      reader,
      commit,
      catalog,
      budget: createBodyBudget(limits.maxBufferedBytes),
      splittingOf: deps.splittingOf,
      verifyCall: createVerifyCall({
        of: verifications.of,
        checker,
        otherSecrets: (connectionId) => secrets.others(connectionId, mostOtherSecrets),
        keepFound: verifications.keepFound,
        addresses,
      }),
      probeCalls,
      ownCalls,
      rates,
    }),
    byToken: dataSources.byToken,
    arrivals,
    missedCalls,
    tunnelHosts: tunnel.hosts,
    answerProbe: tunnel.answerProbe,
    tryWrite: () => proveWritable(database),
    onStoreFault(fault) {
      if (fault === storeFault) return;
      storeFault = fault;
      changes.tell('status.changed', {});
    },
    log,
  });

  return {
    receiver,
    arrivals,
    ownCalls,
    commit,
    missedCalls,
    /** Why calls cannot be stored; undefined while they can. */
    storeFault: () => storeFault,
  };
}
