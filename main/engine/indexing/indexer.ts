// Indexing: turns accepted captures into items under the newest mapping, in order of arrival, behind the answer. It can
// be repeated as a whole: a cursor for each revision moves in the same transaction as the items it stands for. A new
// mapping builds its items beside the live ones and replaces them at the end, so readers never see half of it; until then new
// calls go under the live mapping, too, and the new one can be taken back.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Mapping, ProblemError } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { AttentionTable } from '../captures/attention-table.ts';
import type { Captures } from '../captures/captures.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import { createGiveWay } from '../give-way.ts';
import type { Items } from '../items/items.ts';
import type { ItemsTable } from '../items/items-table.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { type Database, transact, transactRepeatable } from '../store/database.ts';
import type { CaptureStatesTable } from './capture-states-table.ts';
import { createCarryOver } from './carry-over.ts';
import type { DriftWatch } from './drift-watch.ts';
import { createIndexWriter, type MappedCapture } from './index-writer.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

/** Captures that are read ahead, and elements that one transaction writes: small enough to keep the loop free. */
const capturesAtOnce = 50;
const elementsAtOnce = 100;
const sliceMs = 4;
/** A source with a long history gives the next source its turn after this time. */
const turnMs = 100;
const staleRowsAtOnce = 400;
const statesAtOnce = 500;
const retryMs = 2_000;
const progressEveryMs = 100;

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
}

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
}) {
  const { database, captures, capturesTable, items, itemsTable, revisions, states, reader, changes, log } =
    deps;
  const { attention, drift } = deps;
  const stopping = new AbortController();
  const giveWay = createGiveWay(deps.answersUnderWay, stopping.signal);
  const carryOver = createCarryOver({ database, itemsTable, revisions, giveWay });
  const writer = createIndexWriter({ database, capturesTable, attention, items, revisions, states, drift });
  const woken = new Set<string>();
  const failed = new Set<string>();
  const waiters = new Map<string, Set<Waiter>>();
  const progress = new Map<string, { revision: number; done: number; total: number; toldAt: number }>();
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
    await applyStates(dataSourceId);
    const revision = revisions.newest(dataSourceId);
    if (!revision) {
      // Its data source was deleted while it waited; a mapping that is taken back has told so itself.
      const reason = new ProblemError('dataSource.missing', 'This data source does not exist any more.');
      for (const waiter of waiters.get(dataSourceId) ?? []) waiter.reject(reason);
      return await dropStale(dataSourceId);
    }
    await keepLiveUpToDate(revision);
    const batch = capturesTable.acceptedAfter(dataSourceId, revision.indexed_sequence, capturesAtOnce);
    if (batch.length === 0) {
      // Going live takes its time: look again whether another call or another mapping has come.
      return (await becameLive(revision)) || (await finish(revision));
    }
    tellProgress(revision, await indexBatch(revision, batch));
    return true;
  }

  /** While another mapping is being indexed, what arrives goes under the live one as well. */
  async function keepLiveUpToDate(newest: RevisionRow): Promise<void> {
    const { data_source_id: dataSourceId } = newest;
    const liveRevision = revisions.liveRevision(dataSourceId);
    if (liveRevision === newest.revision) return;
    const live = revisions.get(dataSourceId, liveRevision);
    if (!live) return;
    const batch = capturesTable.acceptedAfter(dataSourceId, live.indexed_sequence, capturesAtOnce);
    if (batch.length > 0) await indexBatch(live, batch);
  }

  /**
   * Maps captures for a few milliseconds at a time and writes them together; a large one is written in parts. Ends with its turn
   * and answers how many captures it took.
   */
  async function indexBatch(revision: RevisionRow, batch: CaptureRow[]): Promise<number> {
    const mapping = JSON.parse(revision.mapping) as Mapping;
    const turnEnd = performance.now() + turnMs;
    let group: MappedCapture[] = [];
    let groupSize = 0;
    let taken = 0;
    let sliceStart = performance.now();

    async function writeGroup(): Promise<void> {
      writer.writeGroup(revision, group);
      group = [];
      groupSize = 0;
      await giveWay();
      sliceStart = performance.now();
    }

    for (const capture of batch) {
      const elements = await mapCapture(capture, mapping);
      if (isObsolete(revision)) return taken;
      taken += 1;
      if (elements.length > elementsAtOnce) {
        await writeGroup();
        await writeLarge(revision, { capture, elements });
      } else {
        group.push({ capture, elements });
        groupSize += elements.length;
        if (groupSize < elementsAtOnce && performance.now() - sliceStart < sliceMs) continue;
        await writeGroup();
      }
      if (performance.now() > turnEnd) break;
    }
    if (isObsolete(revision)) return taken;
    await writeGroup();
    changes.tell('items.changed', { dataSourceId: revision.data_source_id });
    changes.tell('dataSources.changed', { id: revision.data_source_id });
    return taken;
  }

  /** True when another mapping was saved in the meantime, or this one taken back: what is left is not worth writing. */
  function isObsolete({ data_source_id: dataSourceId, revision }: RevisionRow): boolean {
    if (revisions.liveRevision(dataSourceId) === revision) return false;
    return revisions.newest(dataSourceId)?.revision !== revision;
  }

  async function mapCapture(capture: CaptureRow, mapping: Mapping): Promise<MappedElement[]> {
    try {
      return await reader.map(await captures.sourceOf(capture), mapping, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) throw error;
      // A body that cannot be mapped (too slow, too large for the worker) stays, and is listed as needing attention.
      log('warning', 'a call could not be mapped', { captureId: capture.id, ...errorFacts(error) });
      return [{ fields: {}, absent: [], problem: 'The mapping could not be applied to this call.' }];
    }
  }

  async function writeLarge(revision: RevisionRow, mapped: MappedCapture): Promise<void> {
    const start = revisions.get(revision.data_source_id, revision.revision)?.indexed_elements ?? 0;
    for (let from = start; from < mapped.elements.length; from += elementsAtOnce) {
      if (isObsolete(revision)) return;
      writer.writePart(revision, mapped, from, elementsAtOnce);
      await giveWay();
    }
  }

  /** The history is done: readers see what this revision made. False where they did already. */
  async function becameLive(revision: RevisionRow): Promise<boolean> {
    const { data_source_id: dataSourceId } = revision;
    if (revisions.liveRevision(dataSourceId) === revision.revision) return false;
    await carryOver(revision, () => isObsolete(revision));
    if (isObsolete(revision)) return true;
    transactRepeatable(database, () => {
      revisions.goLive(dataSourceId, revision.revision);
      revisions.dropOlder(dataSourceId, revision.revision);
      drift.keepOnly(dataSourceId, revision.revision);
    });
    changes.tell('items.changed', { dataSourceId });
    drift.announce(dataSourceId);
    await applyStates(dataSourceId);
    return true;
  }

  /** Tells those who wait, then removes what older revisions made piece by piece; true where it wants another turn. */
  async function finish({ data_source_id: dataSourceId, revision }: RevisionRow): Promise<boolean> {
    // A mapping that was saved this very moment is not this one: who waits for it waits on.
    if (revisions.newest(dataSourceId)?.revision !== revision) return true;
    progress.delete(dataSourceId);
    changes.tell('dataSources.changed', { id: dataSourceId });
    for (const waiter of waiters.get(dataSourceId) ?? []) waiter.resolve();
    return await dropStale(dataSourceId);
  }

  /** What the live mapping made of each call while it was not live yet becomes the state of the call. */
  async function applyStates(dataSourceId: string): Promise<void> {
    const revision = revisions.liveRevision(dataSourceId);
    for (;;) {
      const waited = transactRepeatable(database, () => {
        const count = states.applySome(dataSourceId, revision, statesAtOnce);
        if (count) revisions.uncountWaiting(dataSourceId, count);
        return count;
      });
      if (waited === undefined) return;
      await giveWay();
    }
  }

  /** What mappings that are not live any more have made goes piece by piece; true where some is left. */
  async function dropStale(dataSourceId: string): Promise<boolean> {
    const kept = revisions.liveRevision(dataSourceId);
    const dropSome = () => {
      const hadStates = states.dropOtherRevisions(dataSourceId, kept, statesAtOnce);
      const hadItems =
        itemsTable.dropEarlier(dataSourceId, kept, staleRowsAtOnce) ||
        itemsTable.dropLater(dataSourceId, kept, staleRowsAtOnce);
      return hadItems || hadStates;
    };
    for (const turnEnd = performance.now() + turnMs; performance.now() < turnEnd; ) {
      if (!transactRepeatable(database, dropSome)) return false;
      await giveWay();
    }
    return true;
  }

  function tellProgress(revision: RevisionRow, done: number): void {
    const dataSourceId = revision.data_source_id;
    let entry = progress.get(dataSourceId);
    if (entry?.revision !== revision.revision) {
      const remaining = revisions.remaining(dataSourceId, revision.indexed_sequence);
      const isLive = revisions.liveRevision(dataSourceId) === revision.revision;
      const total = isLive ? remaining : revisions.remaining(dataSourceId, 0);
      entry = { revision: revision.revision, done: total - remaining, total, toldAt: 0 };
      progress.set(dataSourceId, entry);
    }
    entry.done += done;
    entry.total = Math.max(entry.total, entry.done);
    if (Date.now() - entry.toldAt < progressEveryMs) return;
    entry.toldAt = Date.now();
    changes.tell('mapping.indexed', { dataSourceId, done: entry.done, total: entry.total });
  }

  return {
    wake,
    /** Resolves when everything received so far is indexed under the newest mapping. Rejects when `signal` aborts. */
    async settled(dataSourceId: string, signal: AbortSignal): Promise<void> {
      const either = AbortSignal.any([signal, stopping.signal]);
      await new Promise<void>((resolve, reject) => {
        const list = waiters.get(dataSourceId) ?? new Set();
        waiters.set(dataSourceId, list);
        const leave = () => {
          list.delete(waiter);
          either.removeEventListener('abort', onAbort);
        };
        const waiter: Waiter = {
          resolve() {
            leave();
            resolve();
          },
          reject(error) {
            leave();
            reject(error);
          },
        };
        const onAbort = () => waiter.reject(either.reason as Error);
        list.add(waiter);
        either.addEventListener('abort', onAbort, { once: true });
        wake(dataSourceId);
      });
    },
    /** How far the history is indexed under a mapping that is not live yet. */
    progress(dataSourceId: string): { done: number; total: number } | undefined {
      const newest = revisions.newest(dataSourceId);
      if (!newest || revisions.liveRevision(dataSourceId) === newest.revision) return undefined;
      const { done, total } = progress.get(dataSourceId) ?? { done: 0, total: 0 };
      return { done, total };
    },
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
      progress.delete(dataSourceId);
      const reason = new ProblemError(
        'call.cancelled',
        'Indexing was cancelled. The mapping from before stays in use; this one is kept as a draft.',
      );
      for (const waiter of waiters.get(dataSourceId) ?? []) waiter.reject(reason);
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
