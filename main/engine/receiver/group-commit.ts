// Commit before 2xx: captures that wait in the same moment share one durable transaction; each promise settles only
// after it. While a commit waits for the disk, the next group gathers by itself.
import type { CapturesTable, NewCapture } from '../captures/captures-table.ts';
import { type Database, transact } from '../store/database.ts';

export interface Committed {
  sequence: number;
  /** True when the same delivery had been accepted before; the capture was then stored as a duplicate. */
  duplicate: boolean;
}

interface Waiting {
  capture: NewCapture;
  alongside: (() => void) | undefined;
  resolve(committed: Committed): void;
  reject(error: unknown): void;
}

const maxGroup = 256;
const maxGroupBytes = 32 * 1024 * 1024;

export function createGroupCommit(database: Database, table: CapturesTable) {
  let queue: Waiting[] = [];
  let scheduled = false;

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
      ? { ...capture, outcome: 'duplicate', index_state: 'none', item_count: 0 }
      : capture;
    return { sequence: table.insert(row), duplicate };
  }

  function commit(): void {
    const group = takeGroup();
    let committed: Committed[];
    try {
      committed = transact(database, () =>
        group.map(({ capture, alongside }) => {
          alongside?.();
          return write(capture);
        }),
      );
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
      schedule();
      return;
    }
    for (const [index, waiting] of group.entries()) {
      const result = committed[index];
      if (result) waiting.resolve(result);
    }
    schedule();
  }

  function schedule(): void {
    if (scheduled || queue.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      commit();
    });
  }

  return {
    /**
     * Resolves once the capture is committed and fsynced; rejects with the driver's error, and nothing was stored. `alongside` runs in
     * the same transaction.
     */
    add(capture: NewCapture, alongside?: () => void): Promise<Committed> {
      return new Promise((resolve, reject) => {
        queue.push({ capture, alongside, resolve, reject });
        schedule();
      });
    },
  };
}

export type GroupCommit = ReturnType<typeof createGroupCommit>;
