// Indexing: turns accepted captures into items under the newest mapping, in order of arrival, behind the answer. It can
// be repeated as a whole: a cursor for each revision moves in the same transaction as the items it stands for. A new
// mapping builds its items beside the live ones and replaces them when it has met the calls that were there, so readers never see half of it;
// until then new calls go under the live mapping, too, and the new one can be taken back.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ProblemError } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { AttentionTable } from '../captures/attention-table.ts';
import type { Captures } from '../captures/captures.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import { createGiveWay } from '../give-way.ts';
import type { Items } from '../items/items.ts';
import type { ItemsTable } from '../items/items-table.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import type { CaptureStatesTable } from './capture-states-table.ts';
import { createCarryOver } from './carry-over.ts';
import type { DriftWatch } from './drift-watch.ts';
import { createFormerRevisions } from './former-revisions.ts';
import { createBatchIndexer } from './index-batch.ts';
import { createIndexProgress } from './index-progress.ts';
import { createIndexWaiters } from './index-waiters.ts';
import { createIndexWriter, type ItemWatch } from './index-writer.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

/** Captures that are read ahead. */
const capturesAtOnce = 50;
const retryMs = 2_000;

export function createIndexer(deps: {
  database: Database;
  captures: Captures;
  capturesTable: CapturesTable;
  attention: AttentionTable;
  items: Items;
  itemsTable: ItemsTable;
  revisions: RevisionsTable;
  drift: DriftWatch;
  states: CaptureStatesTable;
  reader: PayloadReader;
  changes: Changes;
  log: Log;
  /** True while a call waits for its answer. */
  answersUnderWay(): boolean;
  watch: ItemWatch;
}) {
  const { database, captures, capturesTable, attention, items, itemsTable, revisions, drift } = deps;
  const { states, reader, changes, log } = deps;
  const stopping = new AbortController();
  const giveWay = createGiveWay(deps.answersUnderWay, stopping.signal);
  const carryOver = createCarryOver({ database, itemsTable, revisions, giveWay });
  const former = createFormerRevisions({ database, itemsTable, revisions, states, giveWay });
  const writer = createIndexWriter({
    database,
    capturesTable,
    attention,
    items,
    revisions,
    states,
    drift,
    watch: deps.watch,
  });
  const { indexBatch, isObsolete } = createBatchIndexer({
    captures,
    reader,
    revisions,
    writer,
    changes,
    log,
    giveWay,
    stopping: stopping.signal,
  });
  const progress = createIndexProgress({ revisions, changes });
  const waiters = createIndexWaiters();
  const goals = new Map<string, { revision: number; sequence: number }>();
  const woken = new Set<string>();
  const failed = new Set<string>();
  let running: Promise<void> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function wake(dataSourceId: string): void {
    woken.add(dataSourceId);
    if (!running && !stopping.signal.aborted) running = run();
  }

  function retry(): void {
    retryTimer = undefined;
    const sources = [...failed];
    failed.clear();
    for (const dataSourceId of sources) wake(dataSourceId);
  }

  async function run(): Promise<void> {
    await nextTurn();
    for (const dataSourceId of woken) {
      woken.delete(dataSourceId);
      try {
        // One turn of each source after the other: a long history holds up no other source.
        if (await takeTurn(dataSourceId)) woken.add(dataSourceId);
      } catch (error) {
        if (stopping.signal.aborted) break;
        log('error', 'indexing failed and is tried again', { dataSourceId, ...errorFacts(error) });
        failed.add(dataSourceId);
        retryTimer ??= setTimeout(retry, retryMs);
      }
      if (stopping.signal.aborted) break;
    }
    running = undefined;
    if (woken.size > 0 && !stopping.signal.aborted) running = run();
  }

  /** Indexes some calls of a source; true where it wants another turn. */
  async function takeTurn(dataSourceId: string): Promise<boolean> {
    await former.applyStates(dataSourceId);
    const revision = revisions.newest(dataSourceId);
    if (!revision) {
      // Its data source was deleted while it waited; a mapping that is taken back has told so itself.
      const reason = new ProblemError('dataSource.missing', 'This data source does not exist any more.');
      waiters.fail(dataSourceId, reason);
      return await former.drop(dataSourceId);
    }
    const isLive = revisions.liveRevision(dataSourceId) === revision.revision;
    const live = isLive ? undefined : revisions.get(dataSourceId, revisions.liveRevision(dataSourceId));
    if (!isLive && revision.indexed_sequence >= goalOf(revision)) return await meetLive(revision, live);
    // While another mapping is being indexed, what arrives goes under the live one as well.
    if (live) await indexSome(live);
    const taken = await indexSome(revision);
    if (taken > 0) {
      progress.add(revision, taken);
      if (isLive) waiters.settle(dataSourceId, revisions.newest(dataSourceId)?.indexed_sequence ?? 0);
      return true;
    }
    return isLive ? await finish(revision) : await meetLive(revision, live);
  }

  /** How many calls after the cursor of a revision it took, up to the call `upTo`. */
  async function indexSome(revision: RevisionRow, upTo = Number.POSITIVE_INFINITY): Promise<number> {
    const batch = capturesTable
      .acceptedAfter(revision.data_source_id, revision.indexed_sequence, capturesAtOnce)
      .filter(({ sequence }) => sequence <= upTo);
    return batch.length === 0 ? 0 : Math.max(1, await indexBatch(revision, batch));
  }

  /** The newest call when a mapping was first met. Without a goal a mapping would never go live while calls come faster than they are indexed. */
  function goalOf({ data_source_id: dataSourceId, revision }: RevisionRow): number {
    const known = goals.get(dataSourceId);
    if (known?.revision === revision) return known.sequence;
    const sequence = capturesTable.newestAccepted(dataSourceId)?.sequence ?? 0;
    goals.set(dataSourceId, { revision, sequence });
    return sequence;
  }

  /**
   * A mapping that has met its goal goes live where the live one stands: items that only one of the two has made would vanish, and modules run
   * for what the live mapping makes. Whichever is behind goes up to the other; no call beyond is taken, so that they do meet.
   */
  async function meetLive(revision: RevisionRow, live: RevisionRow | undefined): Promise<boolean> {
    if (live) {
      const isBehind = revision.indexed_sequence < live.indexed_sequence;
      const taken = isBehind
        ? await indexSome(revision, live.indexed_sequence)
        : await indexSome(live, revision.indexed_sequence);
      if (isBehind) progress.add(revision, taken);
      if (taken > 0) return true;
    }
    await goLive(revision, live);
    return true;
  }

  /** Readers see what this revision made; calls that are not indexed yet wait. */
  async function goLive(revision: RevisionRow, live: RevisionRow | undefined): Promise<void> {
    const { data_source_id: dataSourceId } = revision;
    await carryOver(revision, () => isObsolete(revision));
    if (isObsolete(revision)) return;
    transactRepeatable(database, () => {
      revisions.setRunsAfter(dataSourceId, Math.max(revision.indexed_sequence, live?.indexed_sequence ?? 0));
      revisions.goLive(dataSourceId, revision.revision);
      revisions.dropOlder(dataSourceId, revision.revision);
      drift.keepOnly(dataSourceId, revision.revision);
    });
    goals.delete(dataSourceId);
    progress.forget(dataSourceId);
    changes.tell('items.changed', { dataSourceId });
    changes.tell('dataSources.changed', { id: dataSourceId });
    drift.announce(dataSourceId);
    await former.applyStates(dataSourceId);
    waiters.settle(dataSourceId, revision.indexed_sequence);
  }

  /** Tells those who wait, then removes what older revisions made piece by piece; true where it wants another turn. */
  async function finish({ data_source_id: dataSourceId, revision }: RevisionRow): Promise<boolean> {
    // A mapping that was saved this very moment is not this one: who waits for it waits on.
    if (revisions.newest(dataSourceId)?.revision !== revision) return true;
    progress.forget(dataSourceId);
    changes.tell('dataSources.changed', { id: dataSourceId });
    waiters.settle(dataSourceId, Number.POSITIVE_INFINITY);
    return await former.drop(dataSourceId);
  }

  return {
    wake,
    /** Resolves when everything received so far is indexed under the newest mapping. Rejects when `signal` aborts. */
    async settled(dataSourceId: string, signal: AbortSignal): Promise<void> {
      const goal = capturesTable.newestAccepted(dataSourceId)?.sequence ?? 0;
      const settled = waiters.wait(dataSourceId, goal, AbortSignal.any([signal, stopping.signal]));
      wake(dataSourceId);
      await settled;
    },
    /** How far the history is indexed under a mapping that is not live yet. */
    progress: progress.of,
    /**
     * Takes back a mapping that is not live yet and makes it the draft; whoever waits for it is told so. False where there is
     * none: then the newest mapping is in use already.
     */
    cancel(dataSourceId: string): boolean {
      const newest = revisions.newest(dataSourceId);
      if (!newest || revisions.liveRevision(dataSourceId) === newest.revision) return false;
      transact(database, () => {
        revisions.takeBack(newest, Date.now());
        drift.keepOnly(dataSourceId, revisions.liveRevision(dataSourceId));
      });
      progress.forget(dataSourceId);
      const reason = new ProblemError(
        'call.cancelled',
        'Indexing was cancelled. The mapping from before stays in use; this one is kept as a draft.',
      );
      waiters.fail(dataSourceId, reason);
      changes.tell('dataSources.changed', { id: dataSourceId });
      wake(dataSourceId);
      return true;
    },
    /** Takes up again what a stop or a kill left undone. */
    resume(): void {
      for (const dataSourceId of revisions.sources()) wake(dataSourceId);
    },
    async stop(): Promise<void> {
      stopping.abort(
        new ProblemError(
          'engine.stopping',
          'Hookbench is stopping. The mapping is saved; the next start goes on with it.',
        ),
      );
      clearTimeout(retryTimer);
      await running;
    },
  };
}

export type Indexer = ReturnType<typeof createIndexer>;
