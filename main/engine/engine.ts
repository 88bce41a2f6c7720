// The whole engine: opens the store, starts the receiver, answers calls. A plain Node program that knows no host; the
// hosts give it a folder, a port and a log, and attach channels.
import type { Caller, Channel, EngineStatus, EventData } from '#contract';
import { openLocalSocket } from '../link/local-socket.ts';
import { type Dispatcher, serveChannel } from '../link/serve-channel.ts';
import { errorFacts, type Log } from '../log/log.ts';
import { createActivity } from './activity/activity.ts';
import { createAudit } from './audit/audit.ts';
import { createDispatch } from './calls.ts';
import { createAttentionTable } from './captures/attention-table.ts';
import { createCallCountsTable } from './captures/call-counts-table.ts';
import { createCaptures } from './captures/captures.ts';
import { createCapturesTable } from './captures/captures-table.ts';
import { createWaitForCapture } from './captures/wait-for-capture.ts';
import { createCatalog } from './catalog/catalog.ts';
import { createChanges } from './changes.ts';
import { createConnectionVerification } from './connections/connection-verification.ts';
import { createProbeEndpoint } from './connections/probe-endpoint.ts';
import { createSendTest } from './connections/send-test.ts';
import { createDataSourceCare } from './data-sources/data-source-care.ts';
import { createDataSources } from './data-sources/data-sources.ts';
import { createDataSourcesTable } from './data-sources/data-sources-table.ts';
import { createInboundConnections } from './data-sources/inbound-connections.ts';
import { createDownloads, type Download } from './downloads/downloads.ts';
import { createGiveWay } from './give-way.ts';
import { createHandlers } from './handlers.ts';
import { createChunkAdder } from './imports/add-chunks.ts';
import { createImportFaults } from './imports/import-faults.ts';
import { createImportFiles } from './imports/import-files.ts';
import { createImportLane } from './imports/import-lane.ts';
import { createImports } from './imports/imports.ts';
import { createImportsTable } from './imports/imports-table.ts';
import { createCaptureStatesTable } from './indexing/capture-states-table.ts';
import { createDriftTable } from './indexing/drift-table.ts';
import { createDriftWatch } from './indexing/drift-watch.ts';
import { createDryRun } from './indexing/dry-run.ts';
import { createIndexer } from './indexing/indexer.ts';
import { createMappings } from './indexing/mappings.ts';
import { createRecentCalls } from './indexing/recent-calls.ts';
import { createRevisionsTable } from './indexing/revisions-table.ts';
import { createItemLists } from './items/item-lists.ts';
import { createItemQueries } from './items/item-queries.ts';
import { createItemViewsTable } from './items/item-views-table.ts';
import { createItemWordIndexer } from './items/item-word-indexer.ts';
import { createItemWordsTable } from './items/item-words-table.ts';
import { createItems } from './items/items.ts';
import { createItemsTable } from './items/items-table.ts';
import { createManualItems } from './manual/manual-items.ts';
import { createManualTable } from './manual/manual-table.ts';
import { createPayloadReader } from './payloads/payload-reader.ts';
import { createArrivals } from './receiver/arrivals.ts';
import { createGroupCommit } from './receiver/group-commit.ts';
import { limits } from './receiver/limits.ts';
import { createMissedCalls } from './receiver/missed-calls.ts';
import { createProbeCalls } from './receiver/probe-calls.ts';
import { createBodyBudget } from './receiver/read-body.ts';
import { createCallReceiver } from './receiver/receive-call.ts';
import { startReceiver } from './receiver/receiver.ts';
import { createVerifyCall } from './receiver/verify-call.ts';
import { createConnectionSecrets } from './secrets/connection-secrets.ts';
import { createConnectionSecretsTable } from './secrets/connection-secrets-table.ts';
import { createVault } from './secrets/vault.ts';
import { createSettings } from './settings/settings.ts';
import { openStore } from './store/store.ts';
import { createTunnels, type Tunnels } from './tunnels/tunnels.ts';
import { createOverdue } from './upkeep/overdue.ts';
import { createRemovalTable } from './upkeep/removal-table.ts';
import { createSourceRemoval } from './upkeep/remove-source.ts';
import { createRetention } from './upkeep/retention.ts';
import { createRetentionTable } from './upkeep/retention-table.ts';
import { createRetentionSweep } from './upkeep/sweep-retention.ts';
import { createUpkeep, type Upkeep } from './upkeep/upkeep.ts';
import { createSignatureChecker } from './verification/signature-checker.ts';

export { EngineStartError } from './store/engine-start-error.ts';

export interface EngineOptions {
  dataDir: string;
  /** 0 takes any free port. */
  receiverPort: number;
  version: string;
  log: Log;
  /** Opens sealed secrets; the host keeps it in the store of the operating system. */
  vaultKey?: Uint8Array;
  /** How long the deletion of a data source can be undone. */
  undoMs?: number;
}

export interface Engine extends Dispatcher {
  facts: { receiver: { host: string; port: number; url: string } };
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
const defaultUndoMs = 10_000;
/** Secrets of other connections that are tried to explain a wrong signature. */
const mostOtherSecrets = 20;

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
    let tunnel: Tunnels | undefined;
    let receiverUrl = '';
    let isAnswering = () => false;
    let upkeep: Upkeep | undefined;
    const audit = createAudit(database, changes);
    const recordAudit = audit.record;
    const addresses = { local: () => receiverUrl, public: () => tunnel?.publicUrl() };
    const dataSourcesTable = createDataSourcesTable(database);
    const inbound = createInboundConnections();
    const dataSources = createDataSources({
      database,
      table: dataSourcesTable,
      inbound,
      catalog,
      changes,
      addresses,
      recordAudit,
    });
    const care = createDataSourceCare({
      database,
      table: dataSourcesTable,
      inbound,
      dataSources,
      changes,
      recordAudit,
      undoMs: options.undoMs ?? defaultUndoMs,
      onDeleted: (at) => upkeep?.removeAt(at),
    });

    const vault = createVault(options.vaultKey);
    const secretsTable = createConnectionSecretsTable(database);
    const secrets = createConnectionSecrets({ table: secretsTable, vault });
    const verifications = createConnectionVerification({
      database,
      dataSources,
      catalog,
      table: secretsTable,
      secrets,
      vault,
      changes,
      recordAudit,
    });
    const checker = createSignatureChecker();
    undo.push(() => checker.stop());
    const probeCalls = createProbeCalls();

    const capturesTable = createCapturesTable(database);
    const attention = createAttentionTable(database);
    const captures = createCaptures({ table: capturesTable, attention, reader, conceal: secrets.conceal });
    const itemsTable = createItemsTable(database);
    const items = createItems(itemsTable);
    const revisions = createRevisionsTable(database);
    const drift = createDriftWatch({
      database,
      table: createDriftTable(database),
      revisions,
      tell(id) {
        changes.tell('dataSources.drifted', { id });
        changes.tell('dataSources.changed', { id });
      },
    });
    const indexer = createIndexer({
      database,
      captures,
      capturesTable,
      attention,
      drift,
      items,
      itemsTable,
      revisions,
      states: createCaptureStatesTable(database),
      reader,
      changes,
      log,
      answersUnderWay: () => isAnswering(),
    });
    undo.push(() => indexer.stop());
    const mappings = createMappings({
      dataSources,
      catalog,
      captures,
      reader,
      revisions,
      indexer,
      capturesTable,
      itemsTable,
      database,
      recordAudit,
    });

    const counts = createCallCountsTable(database);
    const stopping = new AbortController();
    const giveWay = createGiveWay(() => isAnswering(), stopping.signal);
    const dryRun = createDryRun({
      captures,
      capturesTable,
      itemsTable,
      revisions,
      reader,
      changes,
      giveWay,
    });
    const retentionTable = createRetentionTable(database);
    const overdue = createOverdue({
      capturesTable,
      retentionTable,
      storedCalls: (id, outcome) => counts.totals(id)[outcome].calls,
      giveWay,
    });
    const retention = createRetention({
      database,
      table: retentionTable,
      counts,
      dataSources,
      overdue,
      recordAudit,
      onChanged: () => upkeep?.wake(),
    });
    const housekeeper = createUpkeep({
      database,
      dataSources,
      care,
      inbound,
      capturesTable,
      counts,
      retention,
      sweepRetention: createRetentionSweep({
        database,
        capturesTable,
        table: retentionTable,
        retention,
        overdue,
        changes,
        giveWay,
      }),
      removeSource: createSourceRemoval({
        database,
        table: createRemovalTable(database),
        itemsTable,
        recordAudit,
        giveWay,
      }),
      giveWay,
      stopping,
      log,
    });
    upkeep = housekeeper;
    undo.push(() => {
      stopping.abort(new Error('the engine stops'));
      return housekeeper.stop();
    });

    const importsTable = createImportsTable(database);
    const imports = createImports({
      database,
      table: importsTable,
      files: createImportFiles(options.dataDir),
      lane: createImportLane(),
      dataSources,
      addChunks: createChunkAdder({
        database,
        table: importsTable,
        capturesTable,
        dataSources,
        changes,
        wake: indexer.wake,
        giveWay,
      }),
      changes,
      recordAudit,
      log,
    });
    undo.push(() => imports.stop());
    const itemWords = createItemWordIndexer({
      database,
      table: createItemWordsTable(database),
      giveWay,
      onFault(dataSourceId, error) {
        // The next start goes on with it.
        if (stopping.signal.aborted) return;
        log('error', 'indexing words failed and is tried again', { dataSourceId, ...errorFacts(error) });
      },
    });
    undo.push(() => itemWords.stop());
    changes.subscribe((event, data) => {
      if (event === 'items.changed') itemWords.wake((data as EventData<'items.changed'>).dataSourceId);
    });
    const itemQueries = createItemQueries({ database });
    undo.push(() => itemQueries.stop());
    const itemLists = createItemLists({
      table: itemsTable,
      queries: itemQueries,
      words: itemWords,
      views: createItemViewsTable(database),
      mappedFields: mappings.fieldsOf,
    });

    const downloads = createDownloads({
      nameOf: (id) => dataSources.get(id).name,
      fieldsOf: itemLists.fieldsOf,
      page: itemLists.pageForExport,
      rowsOf: itemLists.rowsOf,
      tell: (news) => changes.tell('items.exported', news),
    });
    undo.push(() => downloads.stop());

    const arrivals = createArrivals({
      database,
      table: capturesTable,
      changes,
      log,
      onArrived(dataSourceId) {
        indexer.wake(dataSourceId);
        upkeep?.noteArrivals(dataSourceId);
      },
    });
    const missedCalls = createMissedCalls({
      sourceOf: (token) => dataSources.byToken(token)?.dataSourceId,
      onNoted: () => changes.tell('status.changed', {}),
    });
    let storeFault: string | undefined;
    const receiver = await startReceiver({
      port: options.receiverPort,
      receive: createCallReceiver({
        reader,
        commit: createGroupCommit(database, capturesTable),
        catalog,
        budget: createBodyBudget(limits.maxBufferedBytes),
        splittingOf: mappings.splittingOf,
        verifyCall: createVerifyCall({
          of: verifications.of,
          checker,
          otherSecrets: (connectionId) => secrets.others(connectionId, mostOtherSecrets),
          keepFound: verifications.keepFound,
          addresses,
        }),
        probeCalls,
      }),
      byToken: dataSources.byToken,
      arrivals,
      missedCalls,
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

    const status = (): EngineStatus => ({
      version,
      receiver: { host: receiver.host, port: receiver.port, url: receiver.url },
      tunnel: tunnels.state(),
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
        care,
        activity: createActivity({ dataSources, catalog, counts, capturesTable }),
        retention,
        audit,
        sendTest: createSendTest({ dataSources, catalog, verifications }),
        verifications,
        probeEndpoint: createProbeEndpoint({ dataSources, catalog, verifications, probeCalls }),
        missedCalls,
        captures,
        waitForCapture: createWaitForCapture({ captures, reader, subscribe: changes.subscribe }),
        mappings,
        drift,
        recentCalls: createRecentCalls({ captures, capturesTable, reader }),
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
          changes,
        }),
        importFaults: createImportFaults({ table: importsTable, captures, capturesTable, mappings, reader }),
        itemLists,
        downloads,
        tunnel: tunnels,
      }),
      log,
    );
    const socket = await openLocalSocket(options.dataDir, { dispatch });
    undo.push(() => socket.stop());

    indexer.resume();
    housekeeper.wake();
    imports.resume();
    itemWords.resume();
    if (settings.get().tunnel.autoStart) void tunnels.start();
    log('info', 'the engine is ready', { port: receiver.port, version });

    let stopped: Promise<void> | undefined;
    async function stop(): Promise<void> {
      socket.stop();
      await receiver.stop(answerGraceMs);
      arrivals.flush();
      downloads.stop();
      stopping.abort(new Error('the engine stops'));
      await Promise.all([tunnels.end(), indexer.stop(), housekeeper.stop(), imports.stop()]);
      await Promise.all([itemWords.stop(), itemQueries.stop()]);
      await Promise.all([reader.stop(), checker.stop()]);
      store.close();
      log('info', 'the engine has stopped');
    }

    const engine: Engine = {
      version,
      dispatch,
      subscribe: changes.subscribe,
      openDownload: downloads.open,
      saveDownload: downloads.save,
      facts: { receiver: { host: receiver.host, port: receiver.port, url: receiver.url } },
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
