// The worker thread that looks at many captures, and at large ones: searches, the index of words, comparisons. It reads the store on a
// connection that can only read, and alone holds the index of words. The engine's loop never waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import type { ComparedSide, Comparison } from '#contract';
import { SelectionTooLarge } from '../mapping/path-segments.ts';
import { type Database, openReader } from '../store/database.ts';
import { type CallRow, createCaptureSearchTable } from './capture-search-table.ts';
import { createCaptureWordsTable, openWords } from './capture-words-table.ts';
import { compareCalls, SideMissing } from './compare-calls.ts';
import { PathFault } from './compile-search.ts';
import { createCallIndexing } from './index-calls.ts';
import { runSearch, type SearchPage, type SearchRequest, SearchStopped } from './run-search.ts';

export type WorkerTask =
  | { kind: 'search'; request: SearchRequest }
  /** Indexes for a while; tells whether more is to be done. */
  | { kind: 'index'; sliceMs: number }
  | { kind: 'sweep'; after: number }
  | { kind: 'compare'; left: ComparedSide; right: ComparedSide; ignore: string[] };

export interface WorkerResults {
  search: SearchPage;
  index: { more: boolean };
  sweep: { next?: number };
  compare: Comparison;
}

export interface TaskMessage {
  id: number;
  task: WorkerTask;
  /** Not 0 once nobody waits for the answer. */
  stop: Int32Array;
}

export type TaskReply =
  | { id: number; kind: 'done'; result: WorkerResults[keyof WorkerResults] }
  | { id: number; kind: 'stopped' }
  | { id: number; kind: 'refused'; message: string; position?: number; isMissing?: boolean }
  | { id: number; kind: 'failed'; message: string };

export type { CallRow };

const port = parentPort;
if (!port) throw new Error('capture-worker.ts runs as a worker thread only.');

const { file, wordsFile } = workerData as { file: string; wordsFile: string };
const store = openReader(file);
const search = createCaptureSearchTable(store);
let wordsDatabase: Database | undefined;
let opened: ReturnType<typeof openIndex> | undefined;

function openIndex() {
  wordsDatabase = openWords(wordsFile);
  const words = createCaptureWordsTable(wordsDatabase);
  const indexing = createCallIndexing({ search, words });
  indexing.checkStore();
  return { words, indexing };
}

port.on('message', (message: TaskMessage | 'close') => {
  if (message === 'close') {
    wordsDatabase?.close();
    store.close();
    port.close();
    return;
  }
  port.postMessage(answer(message));
});

port.postMessage('ready');

function answer({ id, task, stop }: TaskMessage): TaskReply {
  const isStopped = () => Atomics.load(stop, 0) !== 0;
  if (isStopped()) return { id, kind: 'stopped' };
  try {
    return { id, kind: 'done', result: run(task, isStopped) };
  } catch (error) {
    if (error instanceof SearchStopped) return { id, kind: 'stopped' };
    if (error instanceof PathFault)
      return { id, kind: 'refused', message: error.message, position: error.position };
    if (error instanceof SideMissing) return { id, kind: 'refused', message: error.message, isMissing: true };
    if (error instanceof SelectionTooLarge) return { id, kind: 'refused', message: error.message };
    return {
      id,
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function run(task: WorkerTask, isStopped: () => boolean): WorkerResults[keyof WorkerResults] {
  // Comparing needs no index, and a second worker must not open it.
  if (task.kind === 'compare') return compareCalls(search, task.left, task.right, task.ignore);
  opened ??= openIndex();
  const { words, indexing } = opened;
  switch (task.kind) {
    case 'search':
      return runSearch({ search, words }, task.request, isStopped);
    case 'index':
      return { more: indexing.indexSome(task.sliceMs) };
    case 'sweep': {
      const next = indexing.sweepSome(task.after);
      return next === undefined ? {} : { next };
    }
  }
}
