// The outbox: outbound calls that must be made, each at least once. Whoever makes a call necessary puts a job here inside its own
// transaction; the worker sends it, tries again by the schedule, and tells who waits for the end. Knows nothing of modules.
import type { ActionMethod, Exchange } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import { packAtOnce } from '../captures/body-packing.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import { createAttemptsTable } from './attempts-table.ts';
import type { CallConnection } from './calls-under-way.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDestinationsTable } from './destinations-table.ts';
import { createJobsTable, type JobRow } from './jobs-table.ts';
import { createSettling } from './settle.ts';
import { createWorker } from './worker.ts';

/** A call to be made. It is rendered: these very bytes are sent at every try. */
export interface NewJob {
  /** The same over all tries; a key that a job has already makes no second one. */
  idempotencyKey: string;
  /** Of the connection that is called. */
  dataSourceId: string;
  connectionId: string;
  actionId?: string | undefined;
  /** What is called, in words. */
  name: string;
  moduleId?: string | undefined;
  runId?: string | undefined;
  stepId?: string | undefined;
  itemId?: string | undefined;
  itemTitle?: string | undefined;
  method: ActionMethod;
  /** Path and query behind the Base Url. */
  target: string;
  headers: [string, string][];
  body?: Uint8Array | undefined;
  /** How often the cause of this call came out of Hookbench before; 0 where left out. */
  hops?: number | undefined;
}

export interface Settled {
  deliveryId: string;
  runId: string | undefined;
  stepId: string | undefined;
  state: 'succeeded' | 'failed' | 'cancelled';
  /** The last try; absent where none was made. */
  exchange: Exchange | undefined;
}

/** A delivery that was given up or cancelled waits again, because somebody wants it tried once more. */
export type Reopened = Pick<Settled, 'deliveryId' | 'runId' | 'stepId'>;

export interface Outbox {
  /** Inside the caller's transaction; gives the delivery's id. No `wake` is needed behind it. */
  enqueue(job: NewJob): string;
  /** Called inside the transaction that settles a delivery: what the listener writes is kept with it, or neither is. */
  onSettled(listener: (settled: Settled) => void): void;
  /** Called inside the transaction that opens a settled delivery again. */
  onReopened(listener: (reopened: Reopened) => void): void;
  /** Inside the caller's transaction: cancels what waits of a run, and a call under way; `onSettled` hears of each. */
  cancelOfRun(runId: string): void;
  /** Looks for due jobs now. */
  wake(): void;
  /** At start: what a kill interrupted waits again; then sends. */
  resume(): void;
  /** Claims nothing more; calls under way get a moment and wait again where they need longer. */
  stop(): Promise<void>;
}

/** Where calls of connections go that have no usable Base Url; they fail as soon as they are tried, with the reason. */
const nowhere = 'not configured';
const movedAtOnce = 500;

export interface OutboxDeps {
  database: Database;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  stopping: AbortSignal;
  callConnection: CallConnection;
  /** The Base Url of a connection's outgoing configuration. */
  baseUrlOf(connectionId: string): string | undefined;
  clock?: Clock | undefined;
}

export function createOutbox(deps: OutboxDeps) {
  const { database, changes, log, giveWay, stopping, baseUrlOf, clock = systemClock } = deps;
  const jobs = createJobsTable(database);
  const attempts = createAttemptsTable(database);
  const destinations = createDestinationsTable(database);
  const settledListeners: ((settled: Settled) => void)[] = [];
  const reopenedListeners: ((reopened: Reopened) => void)[] = [];
  /** Destinations and data sources of jobs whose transaction is under way. */
  const touched = new Map<string, Set<string>>();

  const settling = createSettling({
    jobs,
    attempts,
    destinations,
    clock,
    destinationOf,
    tellSettled: (settled) => {
      for (const listener of settledListeners) listener(settled);
    },
  });
  const worker = createWorker({
    database,
    jobs,
    destinations,
    settling,
    callConnection: deps.callConnection,
    clock,
    log,
    tellChanged,
  });
  changes.subscribe((event, data) => {
    if (event === 'connections.changed') void moveJobs((data as { id: string }).id);
  });

  function destinationOf(connectionId: string): string {
    return destinationIn(baseUrlOf(connectionId));
  }

  function tellChanged(dataSourceIds: Iterable<string>, destinationsToo: boolean): void {
    for (const dataSourceId of dataSourceIds) changes.tell('deliveries.changed', { dataSourceId });
    if (destinationsToo) changes.tell('destinations.changed', {});
    changes.tell('status.changed', {});
  }

  /** A transaction ends within its turn: in the next one what it wrote is there, or it was taken back and there is nothing to do. */
  function noteAfterwards(destination: string, dataSourceId: string): void {
    if (touched.size === 0) {
      setImmediate(() => {
        const now = [...touched];
        touched.clear();
        for (const [place] of now) worker.touch(place);
        tellChanged(new Set(now.flatMap(([, sources]) => [...sources])), false);
      });
    }
    const sources = touched.get(destination) ?? new Set();
    touched.set(destination, sources.add(dataSourceId));
  }

  /** The Base Url of a connection was changed: what waits goes to the new one. */
  async function moveJobs(connectionId: string): Promise<void> {
    const baseUrl = (baseUrlOf(connectionId) ?? '').replace(/\/$/, '');
    const destination = destinationIn(baseUrl);
    try {
      while (transact(database, () => jobs.moveSome(connectionId, destination, baseUrl, movedAtOnce))) {
        worker.touchAll();
        worker.touch(destination);
        await giveWay();
      }
    } catch (error) {
      if (stopping.aborted) return;
      log('error', 'deliveries keep their former destination until they are tried', errorFacts(error));
    }
  }

  function cancelJob(row: JobRow): void {
    jobs.cancel(row.sequence, clock.now());
    for (const listener of settledListeners) {
      listener({ ...placeOf(row), state: 'cancelled', exchange: undefined });
    }
    noteAfterwards(row.destination, row.data_source_id);
    if (row.state !== 'sending') return;
    setImmediate(() => {
      if (jobs.get(row.sequence)?.state === 'cancelled') worker.breakOff(row.sequence);
    });
  }

  const outbox: Outbox = {
    enqueue(job) {
      const known = jobs.idOfKey(job.idempotencyKey);
      if (known !== undefined) return known;
      const now = clock.now();
      const id = createId('dlv', now);
      const baseUrl = (baseUrlOf(job.connectionId) ?? '').replace(/\/$/, '');
      const destination = destinationIn(baseUrl);
      jobs.insert(
        {
          id,
          idempotency_key: job.idempotencyKey,
          data_source_id: job.dataSourceId,
          connection_id: job.connectionId,
          action_id: job.actionId ?? null,
          name: job.name,
          module_id: job.moduleId ?? null,
          run_id: job.runId ?? null,
          step_id: job.stepId ?? null,
          item_id: job.itemId ?? null,
          item_title: job.itemTitle ?? null,
          method: job.method,
          target: job.target,
          url: baseUrl + job.target,
          headers: JSON.stringify(job.headers),
          hops: job.hops ?? 0,
          destination,
          created_at: now,
          due_at: now,
        },
        job.body && job.body.length > 0 ? packAtOnce(job.body) : undefined,
      );
      noteAfterwards(destination, job.dataSourceId);
      return id;
    },
    onSettled: (listener) => void settledListeners.push(listener),
    onReopened: (listener) => void reopenedListeners.push(listener),
    cancelOfRun(runId) {
      for (const row of jobs.unsettledOfRun(runId)) cancelJob(row);
    },
    wake: worker.touchAll,
    resume: worker.resume,
    stop: worker.stop,
  };

  return {
    ...outbox,
    jobs,
    attempts,
    destinations,
    /** Inside a transaction. */
    cancelJob,
    /** Inside a transaction: a job that waits, or waits no more, is tried at `dueAt`. `next` puts it before all others. */
    openAgain(row: JobRow, dueAt: number, next: boolean): void {
      const destination = destinationOf(row.connection_id);
      if (row.state === 'waiting') jobs.setDue(row.sequence, dueAt);
      else {
        jobs.reopen(row.sequence, destination, dueAt);
        for (const listener of reopenedListeners) listener(placeOf(row));
      }
      noteAfterwards(destination, row.data_source_id);
      if (next) setImmediate(() => worker.tryNext(destination, row.sequence));
    },
    /** A destination was paused or resumed. */
    touch: worker.touch,
    heldUntil: worker.heldUntil,
    deliveriesWaiting: destinations.waitingInAll,
  };
}

export type OutboxParts = ReturnType<typeof createOutbox>;

const placeOf = (row: JobRow) => ({
  deliveryId: row.id,
  runId: row.run_id ?? undefined,
  stepId: row.step_id ?? undefined,
});

/** Scheme, host and port of a Base Url. */
function destinationIn(baseUrl: string | undefined): string {
  const origin = baseUrl ? URL.parse(baseUrl)?.origin : undefined;
  return origin === undefined || origin === 'null' ? nowhere : origin;
}
