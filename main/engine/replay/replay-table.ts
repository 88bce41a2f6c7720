// Jobs of sending again and their attempts in the store. A row of an attempt is there before its call goes out.
import type { ReplayKind, ReplayState } from '#contract';
import type { Database } from '../store/database.ts';
import type { AttemptResult } from './attempt-result.ts';

export interface ReplayJobRow {
  id: string;
  kind: ReplayKind;
  title: string;
  state: ReplayState;
  /** JSON, as the contract has it. */
  target: string;
  options: string;
  total: number;
  done: number;
  failed: number;
  different: number;
  note: string | null;
  created_at: number;
  ended_at: number | null;
}

export interface ReplayAttemptRow {
  job_id: string;
  number: number;
  data_source_id: string | null;
  capture_id: string | null;
  round: number;
  label: string;
  state: 'sending' | AttemptResult['state'];
  sent_at: number;
  took_us: number | null;
  method: string | null;
  url: string | null;
  sent_headers: string | null;
  signed: number;
  status: number | null;
  answer_headers: string | null;
  answer_size: number | null;
  answer_body: Uint8Array | null;
  failure: string | null;
  new_capture_id: string | null;
  original: string | null;
  differences: string;
  due_ms: number | null;
}

export type ListedAttempt = Omit<ReplayAttemptRow, 'sent_headers' | 'answer_headers' | 'answer_body'>;

/** Which attempts of a job. */
export type AttemptChoice = 'failed' | 'different' | 'otherStatus';

export type BegunAttempt = Pick<
  ReplayAttemptRow,
  | 'job_id'
  | 'number'
  | 'data_source_id'
  | 'capture_id'
  | 'round'
  | 'label'
  | 'sent_at'
  | 'original'
  | 'due_ms'
>;

const listed =
  'job_id, number, data_source_id, capture_id, round, label, state, sent_at, took_us, method, url, signed, status, answer_size, failure, new_capture_id, original, differences, due_ms';

/** Without an answer, or with one that is no 2xx; a call into a mapping has no status. */
const isFailure =
  "(state IN ('failed', 'unknown', 'skipped') OR (status IS NOT NULL AND (status < 200 OR status > 299)))";

export function createReplayTable(database: Database) {
  const insertJob = database.prepare<
    [Omit<ReplayJobRow, 'done' | 'failed' | 'different' | 'note' | 'ended_at'>],
    never
  >(
    `INSERT INTO replay_jobs (id, kind, title, state, target, options, total, created_at)
      VALUES (@id, @kind, @title, @state, @target, @options, @total, @created_at)`,
  );
  const byId = database.prepare<[string], ReplayJobRow>('SELECT * FROM replay_jobs WHERE id = ?');
  const page = database.prepare<{ at: number; id: string; limit: number }, ReplayJobRow>(
    `SELECT * FROM replay_jobs WHERE (created_at, id) < (@at, @id) ORDER BY created_at DESC, id DESC LIMIT @limit`,
  );
  const begin = database.prepare<[BegunAttempt], never>(
    `INSERT INTO replay_attempts (job_id, number, data_source_id, capture_id, round, label, state, sent_at, original, due_ms)
      VALUES (@job_id, @number, @data_source_id, @capture_id, @round, @label, 'sending', @sent_at, @original, @due_ms)`,
  );
  const finish = database.prepare<
    [
      Pick<
        ReplayAttemptRow,
        | 'job_id'
        | 'number'
        | 'state'
        | 'took_us'
        | 'method'
        | 'url'
        | 'sent_headers'
        | 'signed'
        | 'status'
        | 'answer_headers'
        | 'answer_size'
        | 'answer_body'
        | 'failure'
        | 'new_capture_id'
        | 'differences'
      >,
    ],
    never
  >(
    `UPDATE replay_attempts SET state = @state, took_us = @took_us, method = @method, url = @url, sent_headers = @sent_headers,
        signed = @signed, status = @status, answer_headers = @answer_headers, answer_size = @answer_size,
        answer_body = @answer_body, failure = @failure, new_capture_id = @new_capture_id, differences = @differences
      WHERE job_id = @job_id AND number = @number`,
  );
  const count = database.prepare<
    { id: string; done: number; failed: number; different: number; total: number },
    never
  >(
    'UPDATE replay_jobs SET done = @done, failed = @failed, different = @different, total = @total WHERE id = @id',
  );
  const end = database.prepare<{ id: string; state: ReplayState; note: string | null; at: number }, never>(
    'UPDATE replay_jobs SET state = @state, note = @note, ended_at = @at WHERE id = @id',
  );
  const interrupted = database.prepare<[], { id: string }>(
    "SELECT id FROM replay_jobs WHERE state = 'running'",
  );
  const loseAnswers = database.prepare<[string, string], never>(
    "UPDATE replay_attempts SET state = 'unknown', failure = ? WHERE job_id = ? AND state = 'sending'",
  );
  const recount = database.prepare<[string], { done: number; failed: number; different: number }>(
    `SELECT count(*) AS done, coalesce(sum(${isFailure}), 0) AS failed, coalesce(sum(differences <> '[]'), 0) AS different
      FROM replay_attempts WHERE job_id = ?`,
  );
  const attempts = {
    all: attemptsOf(''),
    failed: attemptsOf(`AND ${isFailure}`),
    different: attemptsOf("AND differences <> '[]'"),
    otherStatus: attemptsOf("AND status <> json_extract(original, '$.status')"),
  };
  function attemptsOf(condition: string) {
    return database.prepare<[string, number, number], ListedAttempt>(
      `SELECT ${listed} FROM replay_attempts WHERE job_id = ? AND number > ? ${condition} ORDER BY number LIMIT ?`,
    );
  }
  const attempt = database.prepare<[string, number], ReplayAttemptRow>(
    'SELECT * FROM replay_attempts WHERE job_id = ? AND number = ?',
  );
  const dropSome = database.prepare<[string, string, number], never>(
    `DELETE FROM replay_attempts WHERE job_id = ? AND number IN
      (SELECT number FROM replay_attempts WHERE job_id = ? LIMIT ?)`,
  );
  const dropJob = database.prepare<[string], never>('DELETE FROM replay_jobs WHERE id = ?');
  const beyond = database.prepare<[number], { id: string }>(
    `SELECT id FROM replay_jobs WHERE state <> 'running' ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?`,
  );

  return {
    insertJob: (row: Parameters<typeof insertJob.run>[0]) => void insertJob.run(row),
    get: (id: string) => byId.get(id),
    page: (at: number, id: string, limit: number) => page.all({ at, id, limit }),
    begin: (row: BegunAttempt) => void begin.run(row),
    finish(jobId: string, number: number, tookUs: number, result: AttemptResult): void {
      const { answer } = result;
      finish.run({
        job_id: jobId,
        number,
        state: result.state,
        took_us: tookUs,
        method: result.method ?? null,
        url: result.url ?? null,
        sent_headers: result.sentHeaders ? JSON.stringify(result.sentHeaders) : null,
        signed: result.signed ? 1 : 0,
        status: result.status ?? null,
        answer_headers: answer ? JSON.stringify(answer.headers) : null,
        answer_size: answer?.size ?? null,
        answer_body: answer?.body ?? null,
        failure: result.failure ?? null,
        new_capture_id: result.newCaptureId ?? null,
        differences: JSON.stringify(result.differences ?? []),
      });
    },
    count: (row: Parameters<typeof count.run>[0]) => void count.run(row),
    end: (id: string, state: ReplayState, note: string | undefined, at: number) =>
      void end.run({ id, state, note: note ?? null, at }),
    /** Jobs that a kill has cut off. */
    interrupted: () => interrupted.all().map(({ id }) => id),
    /** The attempts of which no answer was kept. */
    loseAnswers: (jobId: string, why: string) => void loseAnswers.run(why, jobId),
    recount: (jobId: string) => recount.get(jobId) ?? { done: 0, failed: 0, different: 0 },
    attempts: (jobId: string, after: number, limit: number, only: AttemptChoice | undefined) =>
      attempts[only ?? 'all'].all(jobId, after, limit),
    attempt: (jobId: string, number: number) => attempt.get(jobId, number),
    /** False when none was left. */
    dropAttempts: (jobId: string, limit: number) => dropSome.run(jobId, jobId, limit).changes > 0,
    dropJob: (id: string) => void dropJob.run(id),
    /** Ended jobs beyond the newest ones. */
    beyond: (kept: number) => beyond.all(kept).map(({ id }) => id),
  };
}

export type ReplayTable = ReturnType<typeof createReplayTable>;
