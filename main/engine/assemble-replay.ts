// Puts together what sends calls again: replays, the library of samples, the simulator, rules that forward.
import { errorFacts, type Log } from '../log/log.ts';
import type { ItemParts } from './assemble-items.ts';
import type { Sources } from './assemble-sources.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Changes } from './changes.ts';
import type { Addresses } from './data-sources/data-sources.ts';
import { createForwardWorker } from './forwarding/forward-worker.ts';
import { createForwards } from './forwarding/forwards.ts';
import { createForwardsHandlers } from './forwarding/forwards-handlers.ts';
import { createForwardsTable } from './forwarding/forwards-table.ts';
import { createRuleHeaders } from './forwarding/rule-headers.ts';
import type { GiveWay } from './give-way.ts';
import type { SendRequest } from './outbound/send-request.ts';
import type { PayloadReader } from './payloads/payload-reader.ts';
import type { Arrivals } from './receiver/arrivals.ts';
import type { GroupCommit } from './receiver/group-commit.ts';
import type { OwnCalls } from './receiver/own-calls.ts';
import { createAnswerComparison, createAnswerOf } from './replay/answer-comparison.ts';
import { createDeliverCall } from './replay/deliver-call.ts';
import { createReplayIntoMapping } from './replay/replay-into-mapping.ts';
import { createReplayJobs } from './replay/replay-jobs.ts';
import { createReplayTable } from './replay/replay-table.ts';
import { createReplays } from './replay/replays.ts';
import { createReplaysHandlers } from './replay/replays-handlers.ts';
import { createSampleHeaders } from './replay/sample-headers.ts';
import { createSamples } from './replay/samples.ts';
import { createSamplesHandlers } from './replay/samples-handlers.ts';
import { createSamplesTable } from './replay/samples-table.ts';
import { createSelectCaptures, type SearchCalls } from './replay/select-captures.ts';
import { createSelectionTable } from './replay/selection-table.ts';
import { createSendToReceiver } from './replay/send-to-receiver.ts';
import { createSimulator } from './replay/simulator.ts';
import type { Database } from './store/database.ts';

const defaultUndoMs = 10_000;

export function assembleReplay(deps: {
  database: Database;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  catalog: Catalog;
  reader: PayloadReader;
  sources: Sources;
  items: ItemParts;
  arrivals: Arrivals;
  commit: GroupCommit;
  ownCalls: OwnCalls;
  sendRequest: SendRequest;
  search: SearchCalls;
  addresses: Addresses;
  /** How long a deletion can be undone. */
  undoMs: number | undefined;
}) {
  const { database, changes, log, giveWay, catalog, reader, ownCalls, arrivals } = deps;
  const { dataSources, verifications, secrets } = deps.sources;
  const { captures, capturesTable, mappings } = deps.items;
  const toReceiver = createSendToReceiver();
  const replayTable = createReplayTable(database);
  const jobs = createReplayJobs({ database, table: replayTable, changes, log, giveWay });
  const deliver = createDeliverCall({
    dataSources,
    verifications,
    conceal: secrets.conceal,
    intoMapping: createReplayIntoMapping({
      dataSources,
      catalog,
      reader,
      commit: deps.commit,
      splittingOf: mappings.splittingOf,
      onAdded: arrivals.add,
    }),
    toReceiver,
    ownCalls,
    sendRequest: deps.sendRequest,
    answerOf: createAnswerOf(capturesTable),
  });
  const replays = createReplays({
    captures,
    capturesTable,
    catalog,
    dataSources,
    verifications,
    conceal: secrets.conceal,
    jobs,
    select: createSelectCaptures({ table: createSelectionTable(database), search: deps.search, giveWay }),
    deliver,
  });

  const onSweepFault = (error: unknown) =>
    log('error', 'deleted rules or samples were not removed', errorFacts(error));
  const samples = createSamples({
    onSweepFault,
    database,
    table: createSamplesTable(database),
    sampleHeaders: createSampleHeaders(deps.sources.vault),
    captures,
    capturesTable,
    catalog,
    dataSources,
    verifications,
    conceal: secrets.conceal,
    jobs,
    deliver,
    undoMs: deps.undoMs ?? defaultUndoMs,
    onChanged: (dataSourceId) => changes.tell('samples.changed', { dataSourceId }),
  });
  const simulator = createSimulator({ catalog, dataSources, jobs, deliver });

  const ruleHeaders = createRuleHeaders(deps.sources.vault);
  const forwardsTable = createForwardsTable(database);
  const onRuleChanged = (ruleId: string) => changes.tell('forwards.changed', { ruleId });
  const forwardWorker = createForwardWorker({
    database,
    table: forwardsTable,
    captures,
    capturesTable,
    sendRequest: deps.sendRequest,
    ruleHeaders,
    log,
    own: () => ({ local: deps.addresses.local(), public: deps.addresses.public() }),
    onChanged: onRuleChanged,
  });
  const forwards = createForwards({
    database,
    table: forwardsTable,
    dataSources,
    worker: forwardWorker,
    ruleHeaders,
    giveWay,
    undoMs: deps.undoMs ?? defaultUndoMs,
    onChanged: onRuleChanged,
    onSweepFault,
  });
  changes.subscribe((event) => {
    if (event === 'captures.received') forwardWorker.wake();
  });

  return {
    /** At a start, when the receiver listens. */
    resume(): void {
      jobs.recover();
      samples.sweep();
      forwards.dropHeld();
      forwards.sweep().catch(onSweepFault);
      forwardWorker.wake();
    },
    async stop(): Promise<void> {
      samples.stop();
      forwards.stop();
      await forwardWorker.stop();
      await jobs.end();
      await toReceiver.close();
    },
    handlers: {
      ...createReplaysHandlers({
        replays,
        jobs,
        compare: createAnswerComparison({
          table: replayTable,
          captures: capturesTable,
          conceal: secrets.conceal,
        }),
      }),
      ...createSamplesHandlers({ samples, simulator }),
      ...createForwardsHandlers(forwards),
    },
  };
}

export type ReplayParts = ReturnType<typeof assembleReplay>;
