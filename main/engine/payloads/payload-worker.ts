// The worker thread: does tasks one after the other on bodies that are too large, too nested in compression or too open in
// time for the engine's loop. It may be killed at any moment; it touches nothing but its messages.
import { parentPort } from 'node:worker_threads';
import { createParsedCache } from './parsed-cache.ts';
import type { WorkerReply, WorkerRequest } from './payload-task.ts';
import { runTask } from './run-task.ts';
import { TaskRefusal } from './task-refusal.ts';

/** Characters of one part of a list: a message that the engine reads in a few milliseconds. */
const partChars = 256 * 1024;

const port = parentPort;
if (!port) throw new Error('payload-worker.ts runs as a worker thread only.');

const cache = createParsedCache({ maxEntries: 4, maxBytes: 400 * 1024 * 1024 });
/** What is left of the long result that is being fetched. */
let rest: unknown[] = [];
let sent = 0;

type Outcome = WorkerReply extends infer Reply
  ? Reply extends WorkerReply
    ? Omit<Reply, 'id' | 'held'>
    : never
  : never;

port.on('message', (request: WorkerRequest) => {
  const outcome = answer(request);
  const reply = { id: request.id, held: cache.keys(), ...outcome } satisfies WorkerReply;
  port.postMessage(reply);
});

port.postMessage({ id: 0, held: [], kind: 'ready' } satisfies WorkerReply);

function answer(request: WorkerRequest): Outcome {
  if ('next' in request) return nextPart();
  try {
    const result = runTask(request.task, request.facts, request.body, cache);
    if (!Array.isArray(result)) return { kind: 'result', result };
    rest = result;
    sent = 0;
    return nextPart();
  } catch (error) {
    if (error instanceof TaskRefusal) {
      const { code, message, path } = error;
      return { kind: 'refused', code, message, ...(path === undefined ? {} : { path }) };
    }
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function nextPart(): Outcome {
  const pieces: string[] = [];
  let length = 0;
  while (sent < rest.length && length < partChars) {
    const piece = JSON.stringify(rest[sent++]);
    pieces.push(piece);
    length += piece.length;
  }
  const last = sent >= rest.length;
  if (last) rest = [];
  return { kind: 'part', json: `[${pieces.join(',')}]`, last };
}
