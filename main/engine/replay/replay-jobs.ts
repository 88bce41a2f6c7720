// The jobs of sending again: begun, stopped, listed, told; each one in the store with all of its attempts. A restart marks those that ran
// as stopped. What a job sends is said by those who begin it (replays, samples, the simulator).
import {
  type ExchangeBody,
  ProblemError,
  type ReplayAttempt,
  type ReplayAttemptDetail,
  type ReplayJob,
  type ReplayKind,
  type ReplayOptions,
  type ReplayTarget,
} from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import { storeFaultOf } from '../store/store-fault.ts';
import type {
  AttemptChoice,
  ListedAttempt,
  ReplayAttemptRow,
  ReplayJobRow,
  ReplayTable,
} from './replay-table.ts';
import { createRunJob, type RunningJob } from './run-job.ts';

export interface NewJob extends Omit<RunningJob, 'id'> {
  kind: ReplayKind;
  title: string;
  target: ReplayTarget;
  options: ReplayOptions;
}

/** Older ones are removed with their attempts. */
const keptJobs = 200;
const droppedAtOnce = 100;
const endedByProgram = 'Hookbench ended while this ran.';
const answerLost = 'Hookbench ended before the answer came. The call may have arrived.';

export function createReplayJobs(deps: {
  database: Database;
  table: ReplayTable;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
}) {
  const { database, table, changes, log, giveWay } = deps;
  const running = new Map<string, { stopping: AbortController; ended: Promise<void> }>();
  const waiting = new Map<string, Set<() => void>>();
  let stopped = false;

  const runJob = createRunJob({
    database,
    table,
    tell: (id, { different: _, ...facts }) => changes.tell('replays.changed', { id, ...facts }),
    onFault(error) {
      if (error instanceof ProblemError) return error.problem.message;
      const fault = storeFaultOf(error);
      if (fault) return `${fault.what}. ${fault.remedy}`;
      log('error', 'a call could not be sent again', errorFacts(error));
      return 'Something unexpected went wrong inside Hookbench. Its log says more.';
    },
  });

  function rowOf(id: string): ReplayJobRow {
    const row = table.get(id);
    if (!row) {
      throw new ProblemError(
        'replay.missing',
        `There is no such replay. Only the last ${keptJobs} are kept.`,
        { path: 'id' },
      );
    }
    return row;
  }

  function end(id: string, state: 'done' | 'stopped', note: string | undefined): void {
    transact(database, () => table.end(id, state, note, Date.now()));
    const { total, done, failed } = rowOf(id);
    changes.tell('replays.changed', { id, state, total, done, failed });
    for (const wake of waiting.get(id) ?? []) wake();
    waiting.delete(id);
  }

  async function run(job: RunningJob, signal: AbortSignal): Promise<void> {
    try {
      const { state, done, total } = await runJob(job, signal);
      // At the end of the program the next start says so.
      if (stopped && state === 'stopped') return;
      const left = total - done;
      end(
        job.id,
        state,
        state === 'done' ? undefined : `Stopped by hand; ${left} of ${total} were not sent.`,
      );
    } catch (error) {
      if (stopped) return;
      log('error', 'a replay ended early', { id: job.id, ...errorFacts(error) });
      const fault = storeFaultOf(error);
      const why = fault
        ? `${fault.what}. ${fault.remedy}`
        : 'Something unexpected went wrong. The log says more.';
      try {
        end(job.id, 'stopped', why);
      } catch (endError) {
        // The store takes nothing: the next start marks the job as stopped.
        log('error', 'the end of a replay was not stored', { id: job.id, ...errorFacts(endError) });
      }
    }
  }

  async function removeRows(id: string): Promise<void> {
    while (transact(database, () => table.dropAttempts(id, droppedAtOnce))) await giveWay();
    transact(database, () => table.dropJob(id));
  }

  async function tidy(): Promise<void> {
    for (const id of table.beyond(keptJobs)) await removeRows(id);
  }

  return {
    /** Answers at once with the job as it is stored; it runs on. */
    begin({ kind, title, target, options, ...job }: NewJob): ReplayJob {
      const now = Date.now();
      const id = createId('rep', now);
      transact(database, () =>
        table.insertJob({
          id,
          kind,
          title,
          state: 'running',
          target: JSON.stringify(target),
          options: JSON.stringify(options),
          total: job.total,
          created_at: now,
        }),
      );
      const stopping = new AbortController();
      const ended = run({ id, ...job }, stopping.signal).finally(() => running.delete(id));
      running.set(id, { stopping, ended });
      void ended.then(tidy).catch((error: unknown) => {
        if (!stopped) log('error', 'old replays were not removed', errorFacts(error));
      });
      return toJob(rowOf(id));
    },

    async stop(id: string): Promise<ReplayJob> {
      rowOf(id);
      const job = running.get(id);
      job?.stopping.abort(new Error('stopped by hand'));
      await job?.ended;
      return toJob(rowOf(id));
    },

    get: (id: string): ReplayJob => toJob(rowOf(id)),

    async wait(id: string, timeoutMs: number, signal: AbortSignal): Promise<ReplayJob> {
      if (rowOf(id).state === 'running') {
        const wakers = waiting.get(id) ?? new Set();
        waiting.set(id, wakers);
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            wakers.delete(done);
            resolve();
          };
          const timer = setTimeout(done, timeoutMs);
          signal.addEventListener('abort', done);
          wakers.add(done);
        });
        signal.throwIfAborted();
      }
      return toJob(rowOf(id));
    },

    list({ limit = 50, before }: { limit?: number | undefined; before?: string | undefined }): {
      jobs: ReplayJob[];
      next?: string;
    } {
      const [at, id] = before === undefined ? [Number.MAX_SAFE_INTEGER, ''] : placeOf(before);
      const rows = table.page(at, id, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        jobs: shown.map(toJob),
        ...(rows.length > limit && last ? { next: `${last.created_at} ${last.id}` } : {}),
      };
    },

    attempts(input: {
      id: string;
      limit?: number | undefined;
      after?: string | undefined;
      only?: AttemptChoice | undefined;
    }): { attempts: ReplayAttempt[]; next?: string } {
      rowOf(input.id);
      const limit = input.limit ?? 100;
      const after = Number(input.after ?? 0);
      if (!Number.isSafeInteger(after)) throw notOurs('after');
      const rows = table.attempts(input.id, after, limit + 1, input.only);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        attempts: shown.map(toAttempt),
        ...(rows.length > limit && last ? { next: String(last.number) } : {}),
      };
    },

    attempt(id: string, number: number): ReplayAttemptDetail {
      rowOf(id);
      const row = table.attempt(id, number);
      if (!row)
        throw new ProblemError('replay.missing', 'This attempt was not made (yet).', { path: 'number' });
      return toDetail(row);
    },

    async remove(id: string): Promise<void> {
      if (rowOf(id).state === 'running') {
        throw new ProblemError('replay.running', 'This replay is still running. Stop it first.');
      }
      await removeRows(id);
    },

    /** At a start: what a kill or an end of the program cut off is stopped now, and says so. */
    recover(): void {
      transact(database, () => {
        for (const id of table.interrupted()) {
          table.loseAnswers(id, answerLost);
          const counted = table.recount(id);
          const { total } = rowOf(id);
          table.count({ id, total, ...counted });
          const left = Math.max(0, total - counted.done);
          table.end(id, 'stopped', `${endedByProgram} ${left} of ${total} were not sent.`, Date.now());
        }
      });
    },

    /** Ends all of them at the end of the program. */
    async end(): Promise<void> {
      stopped = true;
      const all = [...running.values()];
      for (const { stopping } of all) stopping.abort(new Error('the engine stops'));
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

export type ReplayJobs = ReturnType<typeof createReplayJobs>;

function notOurs(path: string): ProblemError {
  return new ProblemError('input.invalid', `${path} must be the "next" of an earlier page.`, { path });
}

function placeOf(before: string): [at: number, id: string] {
  const [at, id] = before.split(' ', 2);
  if (!Number.isSafeInteger(Number(at)) || id === undefined) throw notOurs('before');
  return [Number(at), id];
}

function toJob(row: ReplayJobRow): ReplayJob {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    target: JSON.parse(row.target) as ReplayTarget,
    options: JSON.parse(row.options) as ReplayOptions,
    total: row.total,
    done: row.done,
    failed: row.failed,
    different: row.different,
    note: row.note ?? undefined,
    createdAt: new Date(row.created_at).toISOString(),
    endedAt: row.ended_at === null ? undefined : new Date(row.ended_at).toISOString(),
  };
}

function toAttempt(row: ListedAttempt): ReplayAttempt {
  return {
    jobId: row.job_id,
    number: row.number,
    round: row.round,
    captureId: row.capture_id ?? undefined,
    dataSourceId: row.data_source_id ?? undefined,
    label: row.label,
    state: row.state,
    sentAt: new Date(row.sent_at).toISOString(),
    tookMs: row.took_us === null ? undefined : row.took_us / 1000,
    method: row.method ?? undefined,
    signed: row.signed === 1,
    status: row.status ?? undefined,
    failure: row.failure ?? undefined,
    newCaptureId: row.new_capture_id ?? undefined,
    original: row.original === null ? undefined : JSON.parse(row.original),
    differences: JSON.parse(row.differences),
    dueMs: row.due_ms ?? undefined,
  };
}

function toDetail(row: ReplayAttemptRow): ReplayAttemptDetail {
  return {
    ...toAttempt(row),
    url: row.url ?? undefined,
    sentHeaders: row.sent_headers === null ? [] : JSON.parse(row.sent_headers),
    answer:
      row.answer_headers === null
        ? undefined
        : {
            headers: JSON.parse(row.answer_headers),
            body: shownBody(row.answer_body ?? new Uint8Array(), row.answer_size ?? 0),
          },
  };
}

/** As text where it is text; a cut in the middle of a character does not count. */
export function shownBody(bytes: Uint8Array, size: number): ExchangeBody {
  const cut = bytes.length < size;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    return { text: decoder.decode(bytes, { stream: cut }), size, cut };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64'), size, cut };
  }
}
