// Commit before 2xx: captures that wait in the same moment share one durable transaction; each promise settles only
// after it. While a commit waits for the disk, the next group gathers by itself.
import type { CapturesTable, NewCapture } from '../captures/captures-table.ts';
import { type Database, transact } from '../store/database.ts';
import { storeFaultOf } from '../store/store-fault.ts';

export interface Committed {
  sequence: number;
  /** True when the same delivery had been accepted before; the capture was then stored as a duplicate. */
  duplicate: boolean;
}

interface Waiting {
  capture: NewCapture;
  alongside: (() => void) | undefined;
  /** When it came, in milliseconds of the process. */
  since: number;
  resolve(committed: Committed): void;
  reject(error: unknown): void;
}

const maxGroup = 256;
const maxGroupBytes = 8 * 1024 * 1024;
/** Another program may hold the store for a moment: calls wait this long for it, off the loop. Some senders give up after 2 s. */
const busyPatienceMs = 1_000;
const busyRetryMs = 40;

export function createGroupCommit(database: Database, table: CapturesTable) {
  let queue: Waiting[] = [];
  let scheduled = false;
  let heldByOther = false;

  function takeGroup(): Waiting[] {
    let bytes = 0;
    let length = 0;
    for (const { capture } of queue) {
      bytes += capture.body?.bytes.length ?? 0;
      if (length > 0 && (length >= maxGroup || bytes > maxGroupBytes)) break;
      length += 1;
    }
    const group = queue.slice(0, length);
    queue = queue.slice(length);
    return group;
  }

  function write(capture: NewCapture): Committed {
    const duplicate =
      capture.outcome === 'accepted' &&
      capture.delivery_id !== null &&
      table.wasDelivered(capture.data_source_id, capture.delivery_id, capture.received_at);
    const row: NewCapture = duplicate
      ? {
          ...capture,
          outcome: 'duplicate',
          index_state: 'none',
          item_count: 0,
          answer: capture.answerToRepeat ?? capture.answer ?? null,
        }
      : capture;
    return { sequence: table.insert(row), duplicate };
  }

  function commit(group: Waiting[]): void {
    let committed: Committed[];
    try {
      committed = transact(database, () =>
        group.map(({ capture, alongside }) => {
          alongside?.();
          return write(capture);
        }),
      );
    } catch (error) {
      refuse(group, error);
      return;
    }
    for (const [index, waiting] of group.entries()) {
      const result = committed[index];
      if (result) waiting.resolve(result);
    }
  }

  /** Nothing of the group was stored. */
  function refuse(group: Waiting[], error: unknown): void {
    const fault = storeFaultOf(error);
    if (!fault && group.length > 1) {
      // One of them cannot be stored at all; the others need not go with it.
      for (const waiting of group) commit([waiting]);
      return;
    }
    const patientSince = performance.now() - busyPatienceMs;
    const waits = (waiting: Waiting) => fault?.code.startsWith('SQLITE_BUSY') && waiting.since > patientSince;
    for (const waiting of group) if (!waits(waiting)) waiting.reject(error);
    const patient = group.filter(waits);
    if (patient.length === 0) return;
    queue = [...patient, ...queue];
    heldByOther = true;
  }

  function runNext(): void {
    scheduled = false;
    commit(takeGroup());
    schedule();
  }

  function schedule(): void {
    if (scheduled || queue.length === 0) return;
    scheduled = true;
    if (heldByOther) setTimeout(runNext, busyRetryMs);
    else setImmediate(runNext);
    heldByOther = false;
  }

  return {
    /**
     * Resolves once the capture is committed and fsynced; rejects with the driver's error, and nothing was stored. `alongside` runs in
     * the same transaction.
     */
    add(capture: NewCapture, alongside?: () => void): Promise<Committed> {
      return new Promise((resolve, reject) => {
        queue.push({ capture, alongside, since: performance.now(), resolve, reject });
        schedule();
      });
    },
  };
}

export type GroupCommit = ReturnType<typeof createGroupCommit>;
