// The whole engine: opens the store, starts the receiver, answers calls. A plain Node program that knows no host; the
// hosts give it a folder, a port and a log, and attach channels.
import type { Channel, EngineStatus } from '#contract';
import { openLocalSocket } from '../link/local-socket.ts';
import { type Dispatcher, serveChannel } from '../link/serve-channel.ts';
import { errorFacts, type Log } from '../log/log.ts';
import { createDispatch } from './calls.ts';
import { createCaptures } from './captures/captures.ts';
import { createCapturesTable } from './captures/captures-table.ts';
import { createWaitForCapture } from './captures/wait-for-capture.ts';
import { createCatalog } from './catalog/catalog.ts';
import { createChanges } from './changes.ts';
import { createDataSources } from './data-sources/data-sources.ts';
import { createSendTest } from './data-sources/send-test.ts';
import { createHandlers } from './handlers.ts';
import { createIndexer } from './indexing/indexer.ts';
import { createMappings } from './indexing/mappings.ts';
import { createRevisionsTable } from './indexing/revisions-table.ts';
import { createItems } from './items/items.ts';
import { createItemsTable } from './items/items-table.ts';
import { createPayloadReader } from './payloads/payload-reader.ts';
import { createArrivals } from './receiver/arrivals.ts';
import { createGroupCommit } from './receiver/group-commit.ts';
import { limits } from './receiver/limits.ts';
import { createBodyBudget } from './receiver/read-body.ts';
import { createCallReceiver } from './receiver/receive-call.ts';
import { startReceiver } from './receiver/receiver.ts';
import { createSettings } from './settings/settings.ts';
import { openStore } from './store/store.ts';
import { createTunnelSupervisor, type TunnelSupervisor } from './tunnels/tunnel-supervisor.ts';

export { EngineStartError } from './store/engine-start-error.ts';

export interface EngineOptions {
  dataDir: string;
  /** 0 takes any free port. */
  receiverPort: number;
  version: string;
  log: Log;
  /** Opens sealed secrets; the host keeps it in the store of the operating system. */
  vaultKey?: Uint8Array;
}

export interface Engine extends Dispatcher {
  facts: { receiver: { host: string; port: number; url: string } };
  /** Serves one client until its channel closes. */
  attach(channel: Channel): void;
  /** Finishes answers under way, stops the tunnel and indexing, closes the store. Safe to call twice. */
  stop(): Promise<void>;
}

/** Answers that are under way get this long at a stop. */
const answerGraceMs = 2_000;

/** Throws `EngineStartError` and leaves nothing open. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log, version } = options;
  const store = openStore(options.dataDir);
  const undo: (() => void | Promise<void>)[] = [() => store.close()];
  try {
    return await assemble();
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }

  async function assemble(): Promise<Engine> {
    const { database } = store;
    const changes = createChanges();
    const catalog = createCatalog();
    const settings = createSettings(database, changes);
    const reader = createPayloadReader();
    undo.push(() => reader.stop());

    // What starts later and is asked for earlier.
    let tunnel: TunnelSupervisor | undefined;
    let receiverUrl = '';
    let isAnswering = () => false;
    const dataSources = createDataSources({
      database,
      catalog,
      changes,
      addresses: { local: () => receiverUrl, public: () => tunnel?.publicUrl() },
    });

    const capturesTable = createCapturesTable(database);
    const captures = createCaptures({ table: capturesTable, reader });
    const itemsTable = createItemsTable(database);
    const items = createItems(itemsTable);
    const revisions = createRevisionsTable(database);
    const indexer = createIndexer({
      database,
      captures,
      capturesTable,
      items,
      itemsTable,
      revisions,
      reader,
      changes,
      log,
      answersUnderWay: () => isAnswering(),
    });
    undo.push(() => indexer.stop());
    const mappings = createMappings({ dataSources, catalog, captures, reader, revisions, indexer });

    const arrivals = createArrivals({
      database,
      table: capturesTable,
      changes,
      log,
      onArrived: indexer.wake,
    });
    let storeFault: string | undefined;
    const receiver = await startReceiver({
      port: options.receiverPort,
      receive: createCallReceiver({
        reader,
        commit: createGroupCommit(database, capturesTable),
        catalog,
        budget: createBodyBudget(limits.maxBufferedBytes),
        splitOf: mappings.splitOf,
      }),
      byToken: dataSources.byToken,
      arrivals,
      tunnelHosts: () => tunnel?.hosts() ?? [],
      answerProbe: (path) => tunnel?.answerProbe(path),
      onStoreFault(fault) {
        if (fault === storeFault) return;
        storeFault = fault;
        changes.tell('status.changed', {});
      },
      log,
    });
    receiverUrl = receiver.url;
    isAnswering = receiver.isAnswering;
    undo.push(() => receiver.stop(0));

    const supervisor = createTunnelSupervisor({
      port: receiver.port,
      readSettings: () => settings.get().tunnel,
      onChange: (state) => changes.tell('tunnel.changed', { tunnel: state }),
    });
    tunnel = supervisor;
    undo.push(async () => void (await supervisor.stop()));

    const status = (): EngineStatus => ({
      version,
      receiver: { host: receiver.host, port: receiver.port, url: receiver.url },
      tunnel: supervisor.state(),
      callsPerMinute: arrivals.perMinute(),
      waiting: revisions.waitingInAll(),
      storeFault,
    });
    const dispatch = createDispatch(
      createHandlers({
        status,
        settings,
        catalog,
        dataSources,
        sendTest: createSendTest({ dataSources, catalog }),
        captures,
        waitForCapture: createWaitForCapture({ captures, reader, subscribe: changes.subscribe }),
        mappings,
        items,
        tunnel: supervisor,
      }),
      log,
    );
    const socket = await openLocalSocket(options.dataDir, { dispatch });
    undo.push(() => socket.stop());

    indexer.resume();
    if (settings.get().tunnel.autoStart) void supervisor.start();
    log('info', 'the engine is ready', { port: receiver.port, version });

    let stopped: Promise<void> | undefined;
    async function stop(): Promise<void> {
      socket.stop();
      await receiver.stop(answerGraceMs);
      arrivals.flush();
      await Promise.all([supervisor.stop(), indexer.stop()]);
      await reader.stop();
      store.close();
      log('info', 'the engine has stopped');
    }

    const engine: Engine = {
      version,
      dispatch,
      subscribe: changes.subscribe,
      facts: { receiver: { host: receiver.host, port: receiver.port, url: receiver.url } },
      attach: (channel) => serveChannel(channel, engine),
      stop() {
        stopped ??= stop().catch((error: unknown) => {
          log('error', 'the engine did not stop cleanly', errorFacts(error));
          throw error;
        });
        return stopped;
      },
    };
    return engine;
  }
}
