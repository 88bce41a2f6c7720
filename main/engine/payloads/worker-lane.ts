// One lazily started worker thread with a queue in front of it. One task at a time, each with a time limit; a worker that is
// over its time or out of memory is terminated and a new one goes on with what is queued. Knows nothing of payloads' content.
import { Worker } from 'node:worker_threads';
import { copyBytes } from '../parsing/copy-bytes.ts';
import { threadOptions } from '../threads/thread-options.ts';
import type { PayloadFacts, PayloadTask, WorkerReply, WorkerRequest } from './payload-task.ts';
import { TaskRefusal } from './task-refusal.ts';

/** The task took longer or needed more memory than a task may. */
export class TaskLimitReached extends Error {
  readonly limit: 'time' | 'memory';
  constructor(limit: 'time' | 'memory', message: string) {
    super(message);
    this.name = 'TaskLimitReached';
    this.limit = limit;
  }
}

export interface LaneOptions {
  workerUrl: URL;
  timeLimitMs: number;
  /** Old space of the worker's heap. */
  maxMemoryMb: number;
  /** A worker without work is ended after this time. */
  idleMs: number;
}

interface Job {
  id: number;
  task: PayloadTask;
  facts: PayloadFacts;
  body: Uint8Array;
  /** The queue is in the order of this time: when the task came, plus the patience of its kind. */
  dueAt: number;
  parts: unknown[];
  settled: boolean;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  timer?: NodeJS.Timeout;
}

/** Milliseconds that a kind of task may stay behind: a sender waits for checks, a person for views, nobody for maps. */
const patienceMs = {
  check: 0,
  children: 100,
  view: 100,
  find: 100,
  value: 100,
  preview: 100,
  survey: 200,
  mask: 200,
  cover: 500,
  map: 1_000,
} satisfies Record<PayloadTask['kind'], number>;

/** What a worker may need to load on a busy machine before its first task counts. */
const startAllowanceMs = 15_000;

export function createWorkerLane(options: LaneOptions) {
  const queue: Job[] = [];
  let worker: Worker | undefined;
  let held = new Set<string>();
  let isReady = false;
  let running: Job | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(options.workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: options.maxMemoryMb },
      ...threadOptions(),
    });
    held = new Set();
    isReady = false;
    started.on('message', (reply: WorkerReply) => {
      if (worker === started) receive(reply);
    });
    started.on('error', (error: NodeJS.ErrnoException) => {
      if (worker !== started) return;
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      lose(
        isMemory ? new TaskLimitReached('memory', 'This call needs more memory than a call may use.') : error,
      );
    });
    started.on('exit', (code) => {
      if (worker === started) lose(new Error(`The payload worker ended with code ${code}.`));
    });
    return started;
  }

  /** The worker is gone or must go; the running task ends with `reason`, the queue goes on with a new worker. */
  function lose(reason: Error): void {
    const lost = worker;
    worker = undefined;
    const job = running;
    running = undefined;
    void lost?.terminate();
    if (job) settle(job, () => job.reject(reason));
    dispatch();
  }

  function settle(job: Job, act: () => void): void {
    clearTimeout(job.timer);
    if (job.settled) return;
    job.settled = true;
    act();
  }

  function dispatch(): void {
    if (running) return;
    const job = takeNext();
    if (!job) {
      rest();
      return;
    }
    clearTimeout(idleTimer);
    worker ??= start();
    worker.ref();
    running = job;
    limitTime(job, isReady ? 0 : startAllowanceMs);
    const request: WorkerRequest = { id: job.id, task: job.task, facts: job.facts };
    if (job.facts.key !== '' && held.has(job.facts.key)) {
      worker.postMessage(request);
      return;
    }
    void send(job, request, worker).catch((error: Error) => {
      if (running === job) lose(error);
    });
  }

  /** Shared memory goes as it is. Anything else is copied and the copy handed over: the caller's buffer is never detached. */
  async function send(job: Job, request: WorkerRequest, to: Worker): Promise<void> {
    if (job.body.buffer instanceof SharedArrayBuffer) {
      to.postMessage({ ...request, body: job.body });
      return;
    }
    const body = await copyBytes([job.body]);
    // Stopped, or out of time.
    if (running !== job || worker !== to) return;
    if (job.settled) {
      clearTimeout(job.timer);
      running = undefined;
      dispatch();
      return;
    }
    to.postMessage({ ...request, body }, [body.buffer]);
  }

  function limitTime(job: Job, allowanceMs: number): void {
    clearTimeout(job.timer);
    job.timer = setTimeout(() => {
      lose(
        new TaskLimitReached(
          'time',
          `This call took longer than ${options.timeLimitMs / 1000} seconds to read.`,
        ),
      );
    }, options.timeLimitMs + allowanceMs);
  }

  function takeNext(): Job | undefined {
    let best = 0;
    for (const [i, job] of queue.entries()) {
      if (job.dueAt < (queue[best] as Job).dueAt) best = i;
    }
    return queue.splice(best, 1)[0];
  }

  function rest(): void {
    if (!worker) return;
    worker.unref();
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      const idle = worker;
      worker = undefined;
      void idle?.terminate();
    }, options.idleMs);
    idleTimer.unref();
  }

  function receive(reply: WorkerReply): void {
    held = new Set(reply.held);
    const job = running;
    if (reply.kind === 'ready') {
      isReady = true;
      if (job) limitTime(job, 0);
      return;
    }
    if (!job || job.id !== reply.id) return;
    if (reply.kind === 'part') {
      if (!job.settled) for (const element of JSON.parse(reply.json) as unknown[]) job.parts.push(element);
      if (!reply.last && !job.settled) {
        worker?.postMessage({ id: job.id, next: true } satisfies WorkerRequest);
        return;
      }
    }
    running = undefined;
    settle(job, () => {
      if (reply.kind === 'result') job.resolve(reply.result);
      else if (reply.kind === 'part') job.resolve(job.parts);
      else if (reply.kind === 'refused') job.reject(new TaskRefusal(reply.code, reply.message, reply.path));
      else job.reject(new Error(`The payload worker failed: ${reply.message}`));
    });
    dispatch();
  }

  return {
    /** Rejects with TaskRefusal, TaskLimitReached, the signal's reason, or an unexpected error. */
    run(task: PayloadTask, facts: PayloadFacts, body: Uint8Array, signal?: AbortSignal): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          const at = queue.indexOf(job);
          if (at >= 0) queue.splice(at, 1);
          // A running task goes on under its time limit, but nobody waits for it any more.
          job.settled = true;
          job.reject(signal?.reason);
        };
        const job: Job = {
          id: ++lastId,
          task,
          facts,
          body,
          dueAt: performance.now() + patienceMs[task.kind],
          parts: [],
          settled: false,
          resolve: (result) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(result);
          },
          reject: (error) => {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
        };
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(job);
        dispatch();
      });
    },

    /** Ends the worker; what is running or queued is rejected with `reason`. */
    async stop(reason: Error): Promise<void> {
      clearTimeout(idleTimer);
      const jobs = running ? [running, ...queue.splice(0)] : queue.splice(0);
      running = undefined;
      for (const job of jobs) settle(job, () => job.reject(reason));
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
    },
  };
}
