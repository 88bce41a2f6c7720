// The worker thread that looks at many items: searches, filters and orders without an index, one query after the other, on a
// connection that can only read. The engine's loop never waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../store/database.ts';
import {
  CursorNotReadable,
  createItemQueryTable,
  type ItemQuery,
  type ItemQueryPage,
  QueryStopped,
} from './item-query-table.ts';

export interface QueryRequest {
  id: number;
  query: ItemQuery;
  /** Not 0 once nobody waits for the answer. */
  stop: Int32Array;
  timeLimitMs: number;
}

export type QueryReply =
  | { id: number; kind: 'page'; page: ItemQueryPage }
  | { id: number; kind: 'cursor' | 'stopped' | 'slow' }
  | { id: number; kind: 'failed'; message: string };

const port = parentPort;
if (!port) throw new Error('item-query-worker.ts runs as a worker thread only.');

const database = openReader((workerData as { file: string }).file);
const table = createItemQueryTable(database);

port.on('message', (request: QueryRequest | 'close') => {
  if (request === 'close') {
    database.close();
    port.close();
    return;
  }
  port.postMessage(answer(request));
});

port.postMessage('ready');

function answer({ id, query, stop, timeLimitMs }: QueryRequest): QueryReply {
  const until = performance.now() + timeLimitMs;
  const isCancelled = () => Atomics.load(stop, 0) !== 0;
  if (isCancelled()) return { id, kind: 'stopped' };
  try {
    const page = table.run(query, () => isCancelled() || performance.now() > until);
    return { id, kind: 'page', page };
  } catch (error) {
    if (error instanceof QueryStopped) return { id, kind: isCancelled() ? 'stopped' : 'slow' };
    if (error instanceof CursorNotReadable) return { id, kind: 'cursor' };
    return {
      id,
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
