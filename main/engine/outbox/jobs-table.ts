// Jobs in the store, as the worker needs them: put in, claimed by destination and due time, settled, opened again.
import type { ActionMethod, DeliveryState } from '#contract';
import type { PackedBody, Packing } from '../captures/body-packing.ts';
import type { Database } from '../store/database.ts';

export interface JobRow {
  sequence: number;
  id: string;
  idempotency_key: string;
  data_source_id: string;
  connection_id: string;
  action_id: string | null;
  name: string;
  module_id: string | null;
  run_id: string | null;
  step_id: string | null;
  item_id: string | null;
  item_title: string | null;
  method: ActionMethod;
  target: string;
  url: string;
  headers: string;
  hops: number;
  destination: string;
  state: DeliveryState;
  created_at: number;
  due_at: number | null;
  ended_at: number | null;
  attempts: number;
  failures: number;
  last_status: number | null;
  last_failure: string | null;
}

export type NewJobRow = Omit<
  JobRow,
  'sequence' | 'state' | 'ended_at' | 'attempts' | 'failures' | 'last_status' | 'last_failure'
>;

/** What one try changes in its job. */
export interface TriedJob {
  sequence: number;
  state: DeliveryState;
  url: string;
  destination: string;
  due_at: number | null;
  ended_at: number | null;
  failures: number;
  last_status: number | null;
  last_failure: string | null;
}

const written = [
  'id',
  'idempotency_key',
  'data_source_id',
  'connection_id',
  'action_id',
  'name',
  'module_id',
  'run_id',
  'step_id',
  'item_id',
  'item_title',
  'method',
  'target',
  'url',
  'headers',
  'hops',
  'destination',
  'created_at',
  'due_at',
] as const satisfies (keyof NewJobRow)[];

/** A deleted data source sends nothing, and can come back for a while. */
const ofLiveSource = 'data_source_id NOT IN (SELECT id FROM data_sources WHERE deleted_at IS NOT NULL)';

export function createJobsTable(database: Database) {
  const insert = database.prepare<[NewJobRow], never>(
    `INSERT INTO jobs (${written.join(', ')}, state)
      VALUES (${written.map((name) => `@${name}`).join(', ')}, 'waiting')`,
  );
  const insertBody = database.prepare<[number, Packing, Uint8Array], never>(
    'INSERT INTO job_bodies (sequence, packing, bytes) VALUES (?, ?, ?)',
  );
  const body = database.prepare<[number], PackedBody>(
    'SELECT packing, bytes FROM job_bodies WHERE sequence = ?',
  );
  const idOfKey = database.prepare<[string], { id: string }>('SELECT id FROM jobs WHERE idempotency_key = ?');
  const get = database.prepare<[number], JobRow>('SELECT * FROM jobs WHERE sequence = ?');
  const byId = database.prepare<[string], JobRow>('SELECT * FROM jobs WHERE id = ?');
  const earliestDue = database.prepare<[string], { due_at: number }>(
    `SELECT due_at FROM jobs INDEXED BY jobs_due WHERE state = 'waiting' AND destination = ? AND ${ofLiveSource}
      ORDER BY due_at, sequence LIMIT 1`,
  );
  const due = database.prepare<[string, number, number], { sequence: number }>(
    `SELECT sequence FROM jobs INDEXED BY jobs_due WHERE state = 'waiting' AND destination = ? AND due_at <= ?
      AND ${ofLiveSource} ORDER BY due_at, sequence LIMIT ?`,
  );
  const claim = database.prepare<[number], JobRow>(
    `UPDATE jobs SET state = 'sending', due_at = NULL, attempts = attempts + 1
      WHERE sequence = ? AND state = 'waiting' AND ${ofLiveSource} RETURNING *`,
  );
  const tried = database.prepare<[TriedJob], never>(
    `UPDATE jobs SET state = @state, url = @url, destination = @destination, due_at = @due_at, ended_at = @ended_at, failures = @failures,
      last_status = @last_status, last_failure = @last_failure WHERE sequence = @sequence`,
  );
  const cancel = database.prepare<[number, number], never>(
    "UPDATE jobs SET state = 'cancelled', due_at = NULL, ended_at = ? WHERE sequence = ?",
  );
  const reopen = database.prepare<[string, number, number], never>(
    "UPDATE jobs SET state = 'waiting', destination = ?, due_at = ?, ended_at = NULL, failures = 0 WHERE sequence = ?",
  );
  const setDue = database.prepare<[number, number], never>('UPDATE jobs SET due_at = ? WHERE sequence = ?');
  const sending = database.prepare<[], JobRow>(
    "SELECT * FROM jobs WHERE state = 'sending' ORDER BY sequence",
  );
  const unsettledOfRun = database.prepare<[string], JobRow>(
    "SELECT * FROM jobs WHERE run_id = ? AND state IN ('waiting', 'sending') ORDER BY sequence",
  );
  const tooFar = database.prepare<[number, string, number], never>(
    "UPDATE jobs SET due_at = ? WHERE state = 'waiting' AND destination = ? AND due_at > ?",
  );
  const misplaced = database.prepare<[string, string, string, string, number], never>(
    `UPDATE jobs SET destination = ?, url = ? || target WHERE sequence IN (SELECT sequence FROM jobs
      INDEXED BY jobs_waiting_by_connection WHERE connection_id = ? AND state = 'waiting' AND destination <> ? LIMIT ?)`,
  );
  const otherTargetTaken = database.prepare<[string, string], { found: number }>(
    `SELECT 1 AS found FROM (SELECT target FROM jobs WHERE destination = ? AND state = 'succeeded'
      ORDER BY sequence DESC LIMIT 50) WHERE target <> ? LIMIT 1`,
  );

  return {
    insert(row: NewJobRow, packed: PackedBody | undefined): void {
      const sequence = Number(insert.run(row).lastInsertRowid);
      if (packed) insertBody.run(sequence, packed.packing, packed.bytes);
    },
    idOfKey: (idempotencyKey: string) => idOfKey.get(idempotencyKey)?.id,
    get: (sequence: number) => get.get(sequence),
    byId: (id: string) => byId.get(id),
    body: (sequence: number): PackedBody | undefined => body.get(sequence),
    earliestDue: (destination: string) => earliestDue.get(destination)?.due_at,
    /** The first that are due, by due time. */
    due: (destination: string, now: number, limit: number) =>
      due.all(destination, now, limit).map(({ sequence }) => sequence),
    /** Undefined where it does not wait any more. */
    claim: (sequence: number) => claim.get(sequence),
    tried: (job: TriedJob) => void tried.run(job),
    cancel: (sequence: number, at: number) => void cancel.run(at, sequence),
    /** A settled job waits again, with the whole schedule before it. */
    reopen: (sequence: number, destination: string, dueAt: number) =>
      void reopen.run(destination, dueAt, sequence),
    setDue: (sequence: number, dueAt: number) => void setDue.run(dueAt, sequence),
    sending: () => sending.all(),
    unsettledOfRun: (runId: string) => unsettledOfRun.all(runId),
    /** No due time of a destination lies further ahead than `latest`. */
    bringNear: (destination: string, latest: number) => void tooFar.run(latest, destination, latest),
    /** Some jobs of a connection go where its Base Url leads now; false when none was left. */
    moveSome: (connectionId: string, destination: string, baseUrl: string, limit: number): boolean =>
      misplaced.run(destination, baseUrl, connectionId, destination, limit).changes > 0,
    /** Whether another target of the destination took a call lately. */
    otherTargetTaken: (destination: string, target: string) =>
      otherTargetTaken.get(destination, target) !== undefined,
  };
}

export type JobsTable = ReturnType<typeof createJobsTable>;
