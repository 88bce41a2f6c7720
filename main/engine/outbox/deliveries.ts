// What people and scripts see of the outbox and do with it: lists, one delivery with its tries, retry, cancel; destinations, pause, resume.
import {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryState,
  type Destination,
  type Exchange,
  type ExchangeFailure,
  ProblemError,
} from '#contract';
import { unpackBody } from '../captures/body-packing.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { type Database, transact } from '../store/database.ts';
import { afterPause, type BreakerState, openBreaker } from './breaker.ts';
import type { DeliveriesTable, DeliveryFilter, ListedJob } from './deliveries-table.ts';
import { breakerOf, type DestinationRow } from './destinations-table.ts';
import type { JobRow } from './jobs-table.ts';
import type { OutboxParts } from './outbox.ts';

const pageSize = 50;
const retriedAtOnce = 200;
/** Many that are retried together start at this distance for each destination. */
const spreadMs = 50;

export function createDeliveries(deps: {
  database: Database;
  table: DeliveriesTable;
  outbox: OutboxParts;
  changes: Changes;
  giveWay: GiveWay;
  now(): number;
  /** Throws `dataSource.missing`. */
  requireSource(id: string): void;
}) {
  const { database, table, outbox, changes, giveWay, now } = deps;
  const { jobs, attempts, destinations } = outbox;

  function rowOf(id: string): JobRow {
    const row = jobs.byId(id);
    if (!row) {
      throw new ProblemError(
        'delivery.missing',
        'This delivery does not exist. It may have been deleted by retention.',
        { path: 'id' },
      );
    }
    return row;
  }

  function checkFilter(filter: DeliveryFilter): void {
    if (filter.dataSourceId !== undefined) deps.requireSource(filter.dataSourceId);
  }

  /** The place in the order of making after which deliveries count; undefined where none was made since. */
  function placeOf(since: string | undefined): number | undefined {
    return since === undefined ? 0 : table.placeBefore(Date.parse(since));
  }

  function toDestination(row: DestinationRow): Destination {
    const { pausedBy, because, since, nextProbeAt, failuresInRow } = breakerOf(row);
    const heldUntil = outbox.heldUntil(row.destination);
    const dueAt = jobs.earliestDue(row.destination);
    return {
      destination: row.destination,
      state: pausedBy === undefined ? 'open' : 'paused',
      pausedBy,
      because,
      since: isoOf(since),
      // A probe needs a delivery that is due.
      nextProbeAt: nextProbeAt === undefined ? undefined : isoOf(Math.max(nextProbeAt, dueAt ?? 0)),
      heldUntil: heldUntil !== undefined && heldUntil > now() ? isoOf(heldUntil) : undefined,
      waiting: row.waiting,
      failuresInRow,
    };
  }

  function changeBreaker(destination: string, change: (state: BreakerState) => BreakerState): void {
    const row = destinations.get(destination);
    if (!row) {
      throw new ProblemError('destination.missing', `Nothing was ever sent to ${destination}.`, {
        path: 'destination',
      });
    }
    transact(database, () => destinations.putBreaker(destination, change(breakerOf(row))));
    outbox.touch(destination);
    changes.tell('destinations.changed', {});
  }

  return {
    list(input: DeliveryFilter & { limit?: number | undefined; before?: string | undefined }) {
      checkFilter(input);
      const limit = input.limit ?? pageSize;
      const before = input.before === undefined ? undefined : Number(input.before);
      if (before !== undefined && !Number.isSafeInteger(before)) {
        throw new ProblemError('input.invalid', 'Give the `next` of the page before.', { path: 'before' });
      }
      const rows = table.page(input, { before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      return {
        deliveries: page.map(toDelivery),
        next: rows.length > limit ? String(page.at(-1)?.sequence) : undefined,
      };
    },

    async get(id: string): Promise<{ delivery: Delivery; attempts: DeliveryAttempt[] }> {
      const row = rowOf(id);
      const tries: DeliveryAttempt[] = [];
      for (const { number, at, decision, packing, exchange } of attempts.ofJob(row.sequence)) {
        const text = Buffer.from(await unpackBody({ packing, bytes: exchange })).toString('utf8');
        tries.push({ number, at: isoOf(at), decision, exchange: JSON.parse(text) as Exchange });
      }
      return { delivery: toDelivery(row), attempts: tries };
    },

    count(input: DeliveryFilter & { since?: string | undefined }) {
      checkFilter(input);
      const after = placeOf(input.since);
      const count = (state: DeliveryState) =>
        after === undefined || (input.state !== undefined && input.state !== state)
          ? 0
          : table.count(input, state, after);
      return { waiting: count('waiting'), sending: count('sending'), failed: count('failed') };
    },

    retry(id: string): Delivery {
      const row = rowOf(id);
      if (row.state === 'succeeded') {
        throw new ProblemError(
          'delivery.settled',
          'This delivery has arrived. Run its module again to send it once more.',
        );
      }
      if (row.state === 'sending') {
        throw new ProblemError('delivery.notNow', 'This delivery is being sent at this moment.', {
          retry: true,
        });
      }
      transact(database, () => outbox.openAgain(row, now(), true));
      return toDelivery(rowOf(id));
    },

    async retryMany(input: DeliveryFilter & { since?: string | undefined }, signal: AbortSignal) {
      checkFilter(input);
      const state = input.state ?? 'failed';
      if (state !== 'failed' && state !== 'cancelled') {
        throw new ProblemError(
          'input.invalid',
          'Only deliveries that failed or were cancelled are retried.',
          {
            path: 'state',
          },
        );
      }
      // What fails again meanwhile is not retried a second time.
      const before = table.newest() + 1;
      let after = placeOf(input.since);
      let retried = 0;
      const nextAt = new Map<string, number>();
      while (after !== undefined) {
        const sequences = table.sequences(input, state, { after, before, limit: retriedAtOnce });
        if (sequences.length === 0) break;
        retried += transact(database, () => reopen(sequences, state, nextAt));
        after = sequences.at(-1);
        await giveWay();
        signal.throwIfAborted();
      }
      return { retried };
    },

    cancel(id: string): Delivery {
      const row = rowOf(id);
      if (row.state !== 'waiting' && row.state !== 'sending') {
        throw new ProblemError('delivery.settled', `This delivery ${settledWords[row.state]} already.`);
      }
      transact(database, () => outbox.cancelJob(row));
      return toDelivery(rowOf(id));
    },

    destinations: (): Destination[] => destinations.all().map(toDestination),
    pause(destination: string): void {
      changeBreaker(destination, (state) => (state.pausedBy === 'hand' ? state : afterPause(state, now())));
    },
    resume: (destination: string): void => changeBreaker(destination, () => openBreaker),
  };

  function reopen(sequences: readonly number[], state: DeliveryState, nextAt: Map<string, number>): number {
    let count = 0;
    for (const sequence of sequences) {
      const row = jobs.get(sequence);
      if (row?.state !== state) continue;
      const dueAt = Math.max(nextAt.get(row.destination) ?? 0, now());
      nextAt.set(row.destination, dueAt + spreadMs);
      outbox.openAgain(row, dueAt, false);
      count += 1;
    }
    return count;
  }
}

export type Deliveries = ReturnType<typeof createDeliveries>;

const settledWords = {
  succeeded: 'has arrived',
  failed: 'was given up',
  cancelled: 'was cancelled',
} as const;

function isoOf(at: number): string;
function isoOf(at: number | null | undefined): string | undefined;
function isoOf(at: number | null | undefined): string | undefined {
  return at === null || at === undefined ? undefined : new Date(at).toISOString();
}

function toDelivery(row: ListedJob): Delivery {
  return {
    id: row.id,
    state: row.state,
    dataSourceId: row.data_source_id,
    connectionId: row.connection_id,
    actionId: row.action_id ?? undefined,
    name: row.name,
    moduleId: row.module_id ?? undefined,
    runId: row.run_id ?? undefined,
    itemId: row.item_id ?? undefined,
    itemTitle: row.item_title ?? undefined,
    method: row.method,
    url: row.url,
    destination: row.destination,
    createdAt: isoOf(row.created_at),
    endedAt: isoOf(row.ended_at),
    attempts: row.attempts,
    nextAttemptAt: isoOf(row.due_at),
    lastStatus: row.last_status ?? undefined,
    lastFailure: row.last_failure === null ? undefined : (JSON.parse(row.last_failure) as ExchangeFailure),
    idempotencyKey: row.idempotency_key,
  };
}
