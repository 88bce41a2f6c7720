// The whole engine: opens the store, starts the receiver, answers calls. A plain Node program that knows no host; the
// hosts give it a folder, a port and a log, and attach channels.
import type { Caller, Channel, EngineStatus } from '#contract';
import { openLocalSocket } from '../link/local-socket.ts';
import { type Dispatcher, serveChannel } from '../link/serve-channel.ts';
import { errorFacts, type Log } from '../log/log.ts';
import { createActivity } from './activity/activity.ts';
import { assembleActions } from './assemble-actions.ts';
import { assembleCaptures } from './assemble-captures.ts';
import { assembleItems } from './assemble-items.ts';
import { assembleLists } from './assemble-lists.ts';
import { assembleOutbound } from './assemble-outbound.ts';
import { assembleOutbox } from './assemble-outbox.ts';
import { assembleReceiver } from './assemble-receiver.ts';
import { assembleReplay } from './assemble-replay.ts';
import { assembleSolutions, type SolutionParts } from './assemble-solutions.ts';
import { assembleSources } from './assemble-sources.ts';
import { assembleTransfer } from './assemble-transfer.ts';
import { assembleUpkeep } from './assemble-upkeep.ts';
import { createAudit } from './audit/audit.ts';
import { callPartsOf } from './call-parts.ts';
import { createDispatch, type Dispatch, type Handlers } from './calls.ts';
import { createWaitForCapture } from './captures/wait-for-capture.ts';
import { createCatalog } from './catalog/catalog.ts';
import { createChanges } from './changes.ts';
import { createProbeEndpoint } from './connections/probe-endpoint.ts';
import { createSendTest } from './connections/send-test.ts';
import type { Download } from './downloads/downloads.ts';
import { createGiveWay } from './give-way.ts';
import { createHandlers } from './handlers.ts';
import { createImportFaults } from './imports/import-faults.ts';
import { createEventTypesOfHistory } from './indexing/event-types-of-history.ts';
import { createManualItems } from './manual/manual-items.ts';
import { createManualTable } from './manual/manual-table.ts';
import { createSendRequest } from './outbound/send-request.ts';
import { createPayloadReader } from './payloads/payload-reader.ts';
import { createSettings } from './settings/settings.ts';
import { createCheckpoints } from './store/checkpoints.ts';
import { openStore } from './store/store.ts';
import { createTunnels, type Tunnels } from './tunnels/tunnels.ts';
import { createBackups } from './upkeep/backups.ts';
import type { Upkeep } from './upkeep/upkeep.ts';

export { EngineStartError } from './store/engine-start-error.ts';

export interface EngineOptions {
  dataDir: string;
  /** 0 takes any free port. */
  receiverPort: number;
  version: string;
  log: Log;
  /** Opens sealed secrets; the host keeps it in the store of the operating system. */
  vaultKey?: Uint8Array;
  /** The host keeps the key in a store that protects weakly: screens say so before a secret is given. */
  weakKeyStore?: boolean | undefined;
  /** How long the deletion of a data source can be undone. */
  undoMs?: number;
  /** Put this backup (its file name, or `newest`) in the place of the store first; what lies there is kept aside. */
  restoreBackup?: string | undefined;
}

export interface Engine extends Dispatcher {
  facts: {
    receiver: { host: string; port: number; url: string };
    /** What was done to the store at this start that people may want to know. */
    notes: readonly string[];
  };
  /** Serves one client until its channel closes. */
  attach(channel: Channel, caller?: Caller): void;
  /** The file of a download ticket, once; undefined for a ticket that is unknown, used or too old. */
  openDownload(ticket: string): Download | undefined;
  /** Writes the file of a download ticket to `path`, whole or not at all. Rejects with why not. */
  saveDownload(ticket: string, path: string): Promise<void>;
  /** Finishes answers under way, stops the tunnel and indexing, closes the store. Safe to call twice. */
  stop(): Promise<void>;
}

/** Answers that are under way get this long at a stop. */
const answerGraceMs = 2_000;

/** Throws `EngineStartError` and leaves nothing open. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log, version } = options;
  const store = openStore(options.dataDir, options);
  for (const note of store.notes) log('warning', note);
  const undo: (() => void | Promise<void>)[] = [() => store.close()];
  try {
    return await assemble();
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }

  async function assemble(): Promise<Engine> {
    const { database } = store;
    const checkpoints = createCheckpoints(store, (reason) =>
      log('warning', 'the write-ahead log could not be copied into the store', { reason }),
    );
    undo.push(() => checkpoints.stop());
    const changes = createChanges();
    const catalog = createCatalog();
    const settings = createSettings(database, changes);
    const reader = createPayloadReader();
    undo.push(() => reader.stop());

    // What starts later and is asked for earlier.
    let tunnel: Tunnels | undefined;
    let receiverUrl = '';
    let isAnswering = () => false;
    let upkeep: Upkeep | undefined;
    let solutionParts: SolutionParts | undefined;
    const audit = createAudit(database, changes);
    const recordAudit = audit.record;
    const addresses = {
      local: () => receiverUrl,
      public: () => tunnel?.publicUrl(),
      reach: () => tunnel?.state().reach ?? 'computer',
    };
    const sources = assembleSources({
      database,
      catalog,
      changes,
      addresses,
      recordAudit,
      vaultKey: options.vaultKey,
      undoMs: options.undoMs,
      onDeleted: (at) => upkeep?.removeAt(at),
      onEventTypeMoved: (connection) => readEventTypes(connection),
    });
    const { dataSources, care, vault, secrets, verifications, checker, probeCalls } = sources;
    undo.push(() => checker.stop());

    const itemParts = assembleItems({
      database,
      catalog,
      changes,
      log,
      reader,
      dataSources,
      conceal: secrets.conceal,
      recordAudit,
      answersUnderWay: () => isAnswering(),
      watch: {
        watches: (capture) => solutionParts?.triggers.watches(capture) ?? false,
        written: (item, of) => solutionParts?.triggers.written(item, of),
      },
    });
    const { capturesTable, captures, items, revisions, drift, indexer, mappings } = itemParts;
    undo.push(() => indexer.stop());

    const stopping = new AbortController();
    const giveWay = createGiveWay(() => isAnswering(), stopping.signal);
    const readEventTypes = createEventTypesOfHistory({
      database,
      captures,
      table: capturesTable,
      reader,
      changes,
      giveWay,
      stopping,
      log,
    });
    const background = { database, changes, log, recordAudit, giveWay, stopping };
    const outbound = assembleOutbound({
      database,
      changes,
      recordAudit,
      addresses,
      sources,
      usesOf: (connection) => [
        ...actionParts.actions.callersOf(connection),
        ...(solutionParts?.usesOf(connection) ?? []),
      ],
    });
    const actionParts = assembleActions({
      database,
      changes,
      recordAudit,
      undoMs: options.undoMs,
      sources,
      items: itemParts,
      outbound,
      usesOf: (actionId) => solutionParts?.usesOfAction(actionId) ?? [],
    });

    const { outbox, sweepDeliveries, deliveriesHandlers } = assembleOutbox({
      ...background,
      callConnection: outbound.callConnection,
      baseUrlOf: outbound.baseUrlOf,
      dataSources,
      callDaysOf: (id) => retention.rulesOf(id).accepted.days,
    });
    undo.push(() => outbox.stop());

    const modules = assembleSolutions({
      ...background,
      undoMs: options.undoMs,
      sources,
      capturesTable,
      readBody: (capture, signal) => captures.value(capture.id, '$', signal),
      chainOf: () => [],
      parts: callPartsOf({ sources, outbound, actions: actionParts.actions }),
      outbox,
      answerFieldsOf: itemParts.itemAnswers.fieldsOf,
      applyAnswer: actionParts.applyAnswer,
    });
    solutionParts = modules;
    undo.push(() => modules.stop());

    const upkeepParts = assembleUpkeep({
      ...background,
      reader,
      sources,
      items: itemParts,
      sweepDeliveries,
    });
    const { counts, dryRun, retention } = upkeepParts;
    upkeep = upkeepParts.upkeep;
    const { upkeep: housekeeper } = upkeepParts;
    undo.push(() => {
      stopping.abort(new Error('the engine stops'));
      return housekeeper.stop();
    });

    const backups = createBackups({
      dataDir: options.dataDir,
      file: database.name,
      settings: () => settings.get().backups,
      changes,
      log,
    });
    undo.push(() => backups.stop());

    const lists = assembleLists({ ...background, dataDir: options.dataDir, dataSources, items: itemParts });
    const { importsTable, imports, itemWords, itemQueries, itemLists, downloads, itemDownloads } = lists;
    undo.push(() => imports.stop());
    undo.push(() => itemWords.stop());
    undo.push(() => itemQueries.stop());
    undo.push(() => downloads.stop());

    const captureParts = assembleCaptures({
      ...background,
      items: itemParts,
      dataSources,
      catalog,
      conceal: secrets.conceal,
    });
    undo.push(() => captureParts.search.stop());
    const transferParts = assembleTransfer({
      dataDir: options.dataDir,
      database,
      catalog,
      changes,
      log,
      reader,
      giveWay,
      downloads,
      counts,
      sources,
      items: itemParts,
      listCaptures: captureParts.handlers['captures.list'],
      dispatch: (...call) => dispatch(...call),
    });
    undo.push(() => transferParts.captureImports.stop());

    const receiverParts = await assembleReceiver({
      port: options.receiverPort,
      database,
      catalog,
      changes,
      log,
      reader,
      sources,
      capturesTable,
      splittingOf: mappings.splittingOf,
      addresses,
      tunnel: {
        hosts: () => tunnel?.hosts() ?? [],
        answerProbe: (path) => tunnel?.answerProbe(path),
      },
      onArrived(dataSourceId) {
        indexer.wake(dataSourceId);
        upkeep?.noteArrivals(dataSourceId);
      },
    });
    const { receiver, arrivals, commit, missedCalls, ownCalls } = receiverParts;
    receiverUrl = receiver.url;
    isAnswering = receiver.isAnswering;
    undo.push(() => receiver.stop(0));

    const tunnels = await createTunnels({
      dataDir: options.dataDir,
      database,
      changes,
      log,
      port: receiver.port,
      readSettings: () => settings.get().tunnel,
      dataSources: dataSources.list,
      application: catalog.get,
      vault,
    });
    tunnel = tunnels;
    undo.push(() => tunnels.end());

    const replayParts = assembleReplay({
      ...background,
      catalog,
      reader,
      sources,
      items: itemParts,
      arrivals,
      commit,
      ownCalls,
      sendRequest: createSendRequest(),
      search: captureParts.search,
      addresses,
      undoMs: options.undoMs,
    });
    undo.push(() => replayParts.stop());

    const status = (): EngineStatus => ({
      version,
      receiver: { host: receiver.host, port: receiver.port, url: receiver.url },
      tunnel: tunnels.state(),
      callsPerMinute: arrivals.perMinute(),
      waiting: revisions.waitingInAll(),
      deliveriesWaiting: outbox.deliveriesWaiting(),
      ...(options.weakKeyStore ? { weakKeyStore: true } : {}),
      storeFault: receiverParts.storeFault(),
    });
    // Every subject brings its handlers; together they are all of the contract's.
    const handlers: Handlers = {
      ...createHandlers({
        status,
        settings,
        catalog,
        dataSources,
        care,
        activity: createActivity({ dataSources, catalog, counts, capturesTable }),
        retention,
        audit,
        sendTest: createSendTest({ dataSources, catalog, verifications }),
        verifications,
        receiving: sources.receiving,
        probeEndpoint: createProbeEndpoint({ dataSources, catalog, verifications, probeCalls }),
        missedCalls,
        captures,
        waitForCapture: createWaitForCapture({ captures, reader, subscribe: changes.subscribe }),
        mappings,
        drift,
        recentCalls: itemParts.recentCalls,
        dryRun,
        items,
        imports,
        manualItems: createManualItems({
          database,
          table: createManualTable(database),
          capturesTable,
          dataSources,
          mappings,
          revisions,
          indexer,
          items,
          itemsTable: itemParts.itemsTable,
          changes,
        }),
        importFaults: createImportFaults({ table: importsTable, captures, capturesTable, mappings, reader }),
        itemLists,
        downloads,
        itemDownloads,
        backups,
        tunnel: tunnels,
      }),
      ...outbound.handlers,
      ...actionParts.handlers,
      ...deliveriesHandlers,
      ...modules.handlers,
      ...captureParts.handlers,
      ...transferParts.handlers,
      ...replayParts.handlers,
    };
    const refusing = new AbortController();
    const dispatch: Dispatch = createDispatch(handlers, log, refusing.signal);
    const socket = await openLocalSocket(options.dataDir, { dispatch });
    undo.push(() => socket.stop());

    replayParts.resume();
    outbox.resume();
    indexer.resume();
    modules.resume();
    housekeeper.wake();
    imports.resume();
    itemWords.resume();
    captureParts.search.wake();
    captureParts.search.sweep();
    if (settings.get().tunnel.autoStart) void tunnels.start();
    log('info', 'the engine is ready', { port: receiver.port, version });

    let stopped: Promise<void> | undefined;
    async function stop(): Promise<void> {
      refusing.abort();
      socket.stop();
      await Promise.all([outbox.stop(), replayParts.stop().then(() => receiver.stop(answerGraceMs))]);
      arrivals.flush();
      downloads.stop();
      stopping.abort(new Error('the engine stops'));
      await Promise.all([tunnels.end(), indexer.stop(), housekeeper.stop(), imports.stop(), modules.stop()]);
      await Promise.all([itemWords.stop(), itemQueries.stop(), captureParts.search.stop()]);
      await transferParts.captureImports.stop();
      await Promise.all([reader.stop(), checker.stop(), checkpoints.stop(), backups.stop()]);
      store.close();
      log('info', 'the engine has stopped');
    }

    const engine: Engine = {
      version,
      dispatch,
      subscribe: changes.subscribe,
      openDownload: downloads.open,
      saveDownload: downloads.save,
      facts: {
        receiver: { host: receiver.host, port: receiver.port, url: receiver.url },
        notes: store.notes,
      },
      attach: (channel, caller) => serveChannel(channel, engine, caller),
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
