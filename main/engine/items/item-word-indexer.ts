// Puts the words of changed items into the index of words, behind the indexing of calls: a few milliseconds at a time, giving way to
// answers. Everything can be made again from the items, so no step waits for the disk.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { ItemWordsTable } from './item-words-table.ts';

const readAhead = 200;
const sliceMs = 6;
const retryMs = 2_000;

export function createItemWordIndexer(deps: {
  database: Database;
  table: ItemWordsTable;
  giveWay(): Promise<void>;
  onFault(dataSourceId: string, error: unknown): void;
}) {
  const { database, table } = deps;
  const woken = new Set<string>();
  let running: Promise<void> | undefined;
  let stopped = false;
  let retryTimer: NodeJS.Timeout | undefined;

  function wake(dataSourceId: string): void {
    woken.add(dataSourceId);
    if (!running && !stopped) running = run();
  }

  async function run(): Promise<void> {
    await nextTurn();
    for (const dataSourceId of woken) {
      woken.delete(dataSourceId);
      if (stopped) break;
      try {
        await indexSource(dataSourceId);
      } catch (error) {
        if (stopped) break;
        deps.onFault(dataSourceId, error);
        clearTimeout(retryTimer);
        retryTimer = setTimeout(() => wake(dataSourceId), retryMs);
      }
    }
    running = undefined;
    if (woken.size > 0 && !stopped) running = run();
  }

  async function indexSource(dataSourceId: string): Promise<void> {
    const revisions = table.revisionsOf(dataSourceId);
    for (const revision of revisions) {
      while (!stopped) {
        const items = table.changed(dataSourceId, revision, readAhead);
        if (items.length === 0) break;
        let done = 0;
        while (done < items.length && !stopped) {
          transactRepeatable(database, () => {
            const until = performance.now() + sliceMs;
            let change = 0;
            while (done < items.length && performance.now() < until) {
              const item = items[done++];
              if (!item) break;
              table.put(item);
              change = item.last_change;
            }
            table.advance(dataSourceId, revision, change);
          });
          await deps.giveWay();
        }
      }
    }
    transactRepeatable(database, () => table.dropCursors(dataSourceId, revisions));
  }

  return {
    wake,
    /** Takes up what a stop or a kill left undone. */
    resume(): void {
      for (const dataSourceId of table.sources()) wake(dataSourceId);
    },
    /** Items whose words are not in the index yet, of the revision that readers see; counted up to 10,000. */
    unsearched: (dataSourceId: string): number =>
      table.remaining(dataSourceId, table.revisionsOf(dataSourceId)[0] ?? 0, 10_000),
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(retryTimer);
      await running;
    },
  };
}

export type ItemWordIndexer = ReturnType<typeof createItemWordIndexer>;
