// Indexing: turns accepted captures into items under the newest mapping, in order of arrival, behind the answer. It can
// be repeated as a whole: a cursor for each revision moves in the same transaction as the items it stands for. A new
// mapping builds its items beside the live ones and replaces them at the end, so readers never see half of it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Mapping } from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import type { Items } from '../items/items.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { errorFacts, type Log } from '../../log/log.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { type Database, transact } from '../store/database.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

/** Captures that are read ahead, and elements that one transaction writes: small enough to keep the loop free. */
const capturesAtOnce = 50;
const elementsAtOnce = 200;
const staleItemsAtOnce = 100;
const retryMs = 2_000;
const progressEveryMs = 100;

interface Mapped {
  capture: CaptureRow;
  elements: MappedElement[];
}

export function createIndexer(deps: {
  database: Database;
  captures: Captures;
  capturesTable: CapturesTable;
  items: Items;
  itemsTable: ItemsTable;
  revisions: RevisionsTable;
  reader: PayloadReader;
  changes: Changes;
  log: Log;
}) {
  const { database, captures, capturesTable, items, itemsTable, revisions, reader, changes, log } = deps;
  const woken = new Set<string>();
  const waiters = new Map<string, Set<() => void>>();
  const progress = new Map<string, { revision: number; done: number; total: number; toldAt: number }>();
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function wake(dataSourceId: string): void {
    woken.add(dataSourceId);
    if (!running && !stopping.signal.aborted) running = run();
  }

  async function run(): Promise<void> {
    await nextTurn();
    for (const dataSourceId of woken) {
      woken.delete(dataSourceId);
      try {
        await indexSource(dataSourceId);
      } catch (error) {
        if (stopping.signal.aborted) break;
        log('error', 'indexing failed and is tried again', { dataSourceId, ...errorFacts(error) });
        clearTimeout(retryTimer);
        retryTimer = setTimeout(() => wake(dataSourceId), retryMs);
      }
      if (stopping.signal.aborted) break;
    }
    running = undefined;
    if (woken.size > 0 && !stopping.signal.aborted) running = run();
  }

  async function indexSource(dataSourceId: string): Promise<void> {
    for (;;) {
      const revision = revisions.newest(dataSourceId);
      if (!revision) return;
      const batch = capturesTable.acceptedAfter(dataSourceId, revision.indexed_sequence, capturesAtOnce);
      if (batch.length === 0) {
        await finish(revision);
        return;
      }
      await indexBatch(revision, batch);
      tellProgress(revision, batch.length);
    }
  }

  /** Maps the batch, small captures together in one transaction, a large one over several. */
  async function indexBatch(revision: RevisionRow, batch: CaptureRow[]): Promise<void> {
    const mapping = JSON.parse(revision.mapping) as Mapping;
    let group: Mapped[] = [];
    let size = 0;
    for (const capture of batch) {
      if (revisions.newest(revision.data_source_id)?.revision !== revision.revision) return;
      const elements = await mapCapture(capture, mapping);
      if (size > 0 && size + elements.length > elementsAtOnce) {
        write(revision, group);
        await nextTurn();
        group = [];
        size = 0;
      }
      if (elements.length > elementsAtOnce) {
        await writeLarge(revision, { capture, elements });
      } else {
        group.push({ capture, elements });
        size += elements.length;
      }
    }
    if (group.length > 0) write(revision, group);
    await nextTurn();
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

  function write(revision: RevisionRow, group: Mapped[]): void {
    transact(database, () => {
      for (const { capture, elements } of group) {
        const newItems = writeElements(revision, capture, elements);
        close(revision, { capture, elements }, newItems);
      }
      showCounts(revision);
    });
    changes.tell('items.changed', { dataSourceId: revision.data_source_id });
    changes.tell('dataSources.changed', { id: revision.data_source_id });
  }

  async function writeLarge(revision: RevisionRow, mapped: Mapped): Promise<void> {
    const { capture, elements } = mapped;
    const start = revisions.newest(revision.data_source_id)?.indexed_elements ?? 0;
    for (let from = start; from < elements.length; from += elementsAtOnce) {
      transact(database, () => {
        const newItems = writeElements(revision, capture, elements.slice(from, from + elementsAtOnce));
        if (from + elementsAtOnce >= elements.length) close(revision, mapped, newItems);
        else {
          revisions.advance(revision, {
            sequence: capture.sequence - 1,
            elements: from + elementsAtOnce,
            newItems,
            newAttention: 0,
          });
        }
        showCounts(revision);
      });
      await nextTurn();
    }
    changes.tell('items.changed', { dataSourceId: revision.data_source_id });
  }

  function writeElements(revision: RevisionRow, capture: CaptureRow, elements: MappedElement[]): number {
    let newItems = 0;
    for (const element of elements) {
      const result = items.write(element, {
        dataSourceId: revision.data_source_id,
        revision: revision.revision,
        captureId: capture.id,
        at: capture.received_at,
      });
      if (result === 'new') newItems += 1;
    }
    return newItems;
  }

  /** The last step of a capture: its state, the cursor and the counts. */
  function close(revision: RevisionRow, { capture, elements }: Mapped, newItems: number): void {
    const withId = elements.filter((element) => element.problem === undefined).length;
    const lacking = withId < elements.length;
    capturesTable.setIndexed(capture.sequence, lacking ? 'needsAttention' : 'indexed', withId);
    revisions.advance(revision, {
      sequence: capture.sequence,
      elements: 0,
      newItems,
      newAttention: lacking ? 1 : 0,
    });
    if (capture.index_state === 'waiting') revisions.uncountWaiting(revision.data_source_id, 1);
  }

  function showCounts(revision: RevisionRow): void {
    if (revisions.liveRevision(revision.data_source_id) === revision.revision) {
      revisions.goLive(revision.data_source_id, revision.revision);
    }
  }

  /** The history is done: the revision goes live, what older ones made is removed piece by piece. */
  async function finish(revision: RevisionRow): Promise<void> {
    const { data_source_id: dataSourceId } = revision;
    progress.delete(dataSourceId);
    if (revisions.liveRevision(dataSourceId) !== revision.revision) {
      transact(database, () => {
        revisions.goLive(dataSourceId, revision.revision);
        revisions.dropOlder(dataSourceId, revision.revision);
      });
      changes.tell('items.changed', { dataSourceId });
    }
    changes.tell('dataSources.changed', { id: dataSourceId });
    for (const waiter of waiters.get(dataSourceId) ?? []) waiter();
    while (
      !stopping.signal.aborted &&
      transact(database, () =>
        itemsTable.dropOtherRevisions(dataSourceId, revision.revision, staleItemsAtOnce),
      )
    ) {
      await nextTurn();
    }
  }

  function tellProgress(revision: RevisionRow, done: number): void {
    const dataSourceId = revision.data_source_id;
    let entry = progress.get(dataSourceId);
    if (entry?.revision !== revision.revision) {
      const total = revisions.remaining(dataSourceId, revision.indexed_sequence);
      entry = { revision: revision.revision, done: 0, total, toldAt: 0 };
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
          list.delete(onSettled);
          either.removeEventListener('abort', onAbort);
        };
        const onSettled = () => {
          leave();
          resolve();
        };
        const onAbort = () => {
          leave();
          reject(either.reason as Error);
        };
        list.add(onSettled);
        either.addEventListener('abort', onAbort, { once: true });
        wake(dataSourceId);
      });
    },
    /** Takes up again what a stop or a kill left undone. */
    resume(): void {
      for (const dataSourceId of revisions.sources()) wake(dataSourceId);
    },
    async stop(): Promise<void> {
      stopping.abort(new Error('the engine stops'));
      clearTimeout(retryTimer);
      await running;
    },
  };
}

export type Indexer = ReturnType<typeof createIndexer>;
