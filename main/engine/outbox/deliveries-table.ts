// Deliveries as lists show them: pages by sequence, counts, and what retention deletes. Each filter has an index that ends with state and
// sequence; a list of all states is read state by state and merged, so that it needs no other index.
import type { DeliveryState } from '#contract';
import type { Database, Statement } from '../store/database.ts';
import type { JobRow } from './jobs-table.ts';

export interface DeliveryFilter {
  dataSourceId?: string | undefined;
  moduleId?: string | undefined;
  runId?: string | undefined;
  destination?: string | undefined;
  state?: DeliveryState | undefined;
}

/** What lists show; target and headers may be long. */
export type ListedJob = Omit<JobRow, 'target' | 'headers' | 'hops'>;

interface Range {
  /** Sequences from `after` (left out) to `before` (left out). */
  after?: number | undefined;
  before?: number | undefined;
  limit: number;
}

type Parameters = { state: DeliveryState; after: number; before: number; limit: number } & Omit<
  DeliveryFilter,
  'state'
>;

const states: readonly DeliveryState[] = ['waiting', 'sending', 'succeeded', 'failed', 'cancelled'];

/** The most telling filter first: its index is used, the others are looked at row by row. */
const filters = [
  ['runId', 'run_id', 'jobs_by_run'],
  ['moduleId', 'module_id', 'jobs_by_module'],
  ['destination', 'destination', 'jobs_by_destination'],
  ['dataSourceId', 'data_source_id', 'jobs_by_source'],
] as const;

const listed = `sequence, id, idempotency_key, data_source_id, connection_id, action_id, name, module_id, run_id, step_id, item_id,
  item_title, method, url, destination, state, created_at, due_at, ended_at, attempts, failures, last_status, last_failure`;
const ofLiveSources = 'data_source_id NOT IN (SELECT id FROM data_sources WHERE deleted_at IS NOT NULL)';

export function createDeliveriesTable(database: Database) {
  const prepared = new Map<string, Statement<[Parameters], unknown>>();
  const firstSince = database.prepare<[number], { sequence: number }>(
    'SELECT sequence FROM jobs WHERE created_at >= ? ORDER BY created_at, sequence LIMIT 1',
  );
  const newest = database.prepare<[], { sequence: number | null }>(
    'SELECT max(sequence) AS sequence FROM jobs',
  );
  const ended = database.prepare<[string, DeliveryState, number, number], { sequence: number }>(
    `SELECT sequence FROM jobs INDEXED BY jobs_ended WHERE data_source_id = ? AND state = ? AND ended_at IS NOT NULL
      AND ended_at < ? ORDER BY ended_at LIMIT ?`,
  );
  const drop = database.prepare<[number], never>('DELETE FROM jobs WHERE sequence = ?');

  function statement(filter: DeliveryFilter, what: string, order: string): Statement<[Parameters], unknown> {
    const used = filters.filter(([name]) => filter[name] !== undefined);
    const key = `${what} ${order} ${used.map(([name]) => name).join()}`;
    let found = prepared.get(key);
    if (!found) {
      const conditions = used.map(([name, column]) => `${column} = @${name} AND`).join(' ');
      const live = filter.dataSourceId === undefined ? `AND ${ofLiveSources}` : '';
      found = database.prepare<[Parameters], unknown>(
        `SELECT ${what} FROM jobs INDEXED BY ${used[0]?.[2] ?? 'jobs_by_state'} WHERE ${conditions} state = @state
          AND sequence > @after AND sequence < @before ${live} ${order}`,
      );
      prepared.set(key, found);
    }
    return found;
  }

  function parameters(filter: DeliveryFilter, state: DeliveryState, range: Range): Parameters {
    const { runId, moduleId, destination, dataSourceId } = filter;
    const given = Object.entries({ runId, moduleId, destination, dataSourceId }).filter(
      ([, value]) => value !== undefined,
    );
    return {
      ...Object.fromEntries(given),
      state,
      after: range.after ?? 0,
      before: range.before ?? Number.MAX_SAFE_INTEGER,
      limit: range.limit,
    };
  }

  return {
    /** Newest first. */
    page(filter: DeliveryFilter, range: Range): ListedJob[] {
      const select = statement(filter, listed, 'ORDER BY sequence DESC LIMIT @limit');
      const rows = (filter.state ? [filter.state] : states).flatMap(
        (state) => select.all(parameters(filter, state, range)) as ListedJob[],
      );
      return rows.sort((a, b) => b.sequence - a.sequence).slice(0, range.limit);
    },
    /** Sequences of one state, oldest first. */
    sequences(filter: DeliveryFilter, state: DeliveryState, range: Range): number[] {
      const select = statement(filter, 'sequence', 'ORDER BY sequence LIMIT @limit');
      const rows = select.all(parameters(filter, state, range)) as { sequence: number }[];
      return rows.map(({ sequence }) => sequence);
    },
    count(filter: DeliveryFilter, state: DeliveryState, after: number): number {
      const count = statement(filter, 'count(*) AS count', 'LIMIT @limit');
      const row = count.get(parameters(filter, state, { after, limit: 1 })) as { count: number } | undefined;
      return row?.count ?? 0;
    },
    /** The place before the first delivery that was made at a time or later; undefined where there is none. */
    placeBefore(at: number): number | undefined {
      const first = firstSince.get(at)?.sequence;
      return first === undefined ? undefined : first - 1;
    },
    newest: () => newest.get()?.sequence ?? 0,
    /** Settled deliveries that ended before a time, oldest first. */
    endedBefore: (dataSourceId: string, state: DeliveryState, at: number, limit: number) =>
      ended.all(dataSourceId, state, at, limit).map(({ sequence }) => sequence),
    drop: (sequence: number) => void drop.run(sequence),
  };
}

export type DeliveriesTable = ReturnType<typeof createDeliveriesTable>;
