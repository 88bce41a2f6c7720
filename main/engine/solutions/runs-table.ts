// Runs of modules in the store. A run that is `due` waits for the run worker; all else of it changes in the transaction that settles a
// delivery, or by a call.
import type { ConditionResult, RunState, RunStep, TriggerKind } from '#contract';
import type { Database } from '../store/database.ts';

/** fired: the trigger fired, nothing is judged yet; not shown in lists. */
export type StoredRunState = RunState | 'fired';

export interface RunRow {
  sequence: number;
  id: string;
  module_id: string;
  module_version: number;
  solution_id: string;
  data_source_id: string;
  item_id: string | null;
  item_title: string | null;
  item_revision: number | null;
  item_version: number | null;
  capture_id: string | null;
  state: StoredRunState;
  cause: string;
  conditions: string;
  steps: string;
  context: string | null;
  chain: string;
  reason: string | null;
  started_at: number;
  ended_at: number | null;
  due: number;
}

export interface StoredCause {
  kind: TriggerKind;
  changed?: string[];
  isNew?: boolean;
  /** Of *On Scheduled*: the time that it came for. */
  at?: number;
}

export interface RunFilter {
  solutionId?: string | undefined;
  moduleId?: string | undefined;
  dataSourceId?: string | undefined;
  itemId?: string | undefined;
  captureId?: string | undefined;
  state?: RunState | undefined;
  /** Milliseconds since 1970. */
  since?: number | undefined;
}

type Listed = RunRow & { module_name: string };

const filterColumns = [
  // The first one that is given leads: it narrows most.
  ['captureId', 'capture_id'],
  ['itemId', 'item_id'],
  ['moduleId', 'module_id'],
  ['dataSourceId', 'data_source_id'],
  ['solutionId', 'solution_id'],
] as const;
/** Its module and the solution of it are not deleted. */
const present = `EXISTS (SELECT 1 FROM modules JOIN solutions ON solutions.id = modules.solution_id
  WHERE modules.id = runs.module_id AND modules.deleted_at IS NULL AND solutions.deleted_at IS NULL)`;

export function createRunsTable(database: Database) {
  const insert = database.prepare<[Omit<RunRow, 'sequence' | 'ended_at' | 'reason' | 'context'>], never>(
    `INSERT INTO runs (id, module_id, module_version, solution_id, data_source_id, item_id, item_title, item_revision,
        item_version, capture_id, state, cause, conditions, steps, chain, started_at, due)
      VALUES (@id, @module_id, @module_version, @solution_id, @data_source_id, @item_id, @item_title, @item_revision,
        @item_version, @capture_id, @state, @cause, @conditions, @steps, @chain, @started_at, @due)
      ON CONFLICT (id) DO NOTHING`,
  );
  const get = database.prepare<[string], Listed>(
    'SELECT runs.*, modules.name AS module_name FROM runs JOIN modules ON modules.id = runs.module_id WHERE runs.id = ?',
  );
  const due = database.prepare<[number, number], RunRow>(
    `SELECT * FROM runs WHERE due = 1 AND sequence > ? AND ${present} ORDER BY sequence LIMIT ?`,
  );
  const update = database.prepare<
    [Pick<RunRow, 'id' | 'state' | 'conditions' | 'steps' | 'context' | 'reason' | 'ended_at' | 'due'>],
    never
  >(
    `UPDATE runs SET state = @state, conditions = @conditions, steps = @steps, context = @context, reason = @reason,
      ended_at = @ended_at, due = @due WHERE id = @id`,
  );
  const renew = database.prepare<
    Pick<RunRow, 'id' | 'module_version' | 'item_revision' | 'item_version'>,
    never
  >(
    `UPDATE runs SET module_version = @module_version, item_revision = @item_revision, item_version = @item_version
      WHERE id = @id`,
  );
  const drop = database.prepare<[string], never>('DELETE FROM runs WHERE id = ?');
  const dropOldest = database.prepare<{ module: string; state: string; keep: number; limit: number }, never>(
    `DELETE FROM runs WHERE sequence IN (SELECT sequence FROM runs WHERE module_id = @module AND state = @state
      AND sequence <= (SELECT sequence FROM runs WHERE module_id = @module AND state = @state
        ORDER BY sequence DESC LIMIT 1 OFFSET @keep)
      ORDER BY sequence LIMIT @limit)`,
  );
  const dropSome = database.prepare<[string, number], never>(
    'DELETE FROM runs WHERE sequence IN (SELECT sequence FROM runs WHERE module_id = ? LIMIT ?)',
  );
  const under = database.prepare<[number, number], { id: string; sequence: number; steps: string }>(
    `SELECT id, sequence, steps FROM runs WHERE state = 'running' AND due = 0 AND sequence > ? ORDER BY sequence LIMIT ?`,
  );
  const runningOf = database.prepare<[string, number], { id: string }>(
    `SELECT id FROM runs WHERE module_id = ? AND state = 'running' LIMIT ?`,
  );
  const mark = database.prepare<[string, string, string], never>(
    'INSERT INTO module_marks (module_id, data_source_id, item_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const isMarked = database.prepare<[string, string], { found: number }>(
    'SELECT 1 AS found FROM module_marks WHERE module_id = ? AND item_id = ?',
  );
  const pages = new Map<string, ReturnType<typeof preparePage>>();

  /** One statement a combination of filters, so that each reads by the index that narrows most. */
  function preparePage(filter: RunFilter, states: readonly RunState[] | undefined, columns: string) {
    const given = filterColumns.filter(([name]) => filter[name] !== undefined);
    const leads = given[0]?.[0];
    const wheres = given.map(([name, column]) => `${name === leads ? '' : '+'}runs.${column} = @${name}`);
    const state = leads === undefined || leads === 'moduleId' ? 'runs.state' : '+runs.state';
    if (states) wheres.push(`${state} IN (${states.map((each) => `'${each}'`).join(', ')})`);
    else wheres.push("+runs.state <> 'fired'");
    if (filter.since !== undefined) wheres.push('runs.started_at >= @since');
    return database.prepare<RunFilter & { before: number; limit: number }, Listed & { count: number }>(
      `SELECT ${columns} FROM runs JOIN modules ON modules.id = runs.module_id
        JOIN solutions ON solutions.id = modules.solution_id
        WHERE ${[...wheres, 'runs.sequence < @before'].join(' AND ')}
          AND modules.deleted_at IS NULL AND solutions.deleted_at IS NULL`.concat(
        columns === 'count(*) AS count' ? '' : ' ORDER BY runs.sequence DESC LIMIT @limit',
      ),
    );
  }

  function statementOf(filter: RunFilter, states: readonly RunState[] | undefined, columns: string) {
    const names = Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name);
    const key = JSON.stringify([names.sort(), states, columns]);
    let statement = pages.get(key);
    if (!statement) {
      statement = preparePage(filter, states, columns);
      pages.set(key, statement);
    }
    return statement;
  }

  return {
    /** False where there is a run of this id already: the same cause was met before. */
    insert: (row: Omit<RunRow, 'sequence' | 'ended_at' | 'reason' | 'context'>): boolean =>
      insert.run(row).changes > 0,
    get: (id: string) => get.get(id),
    /** Runs that wait for the worker after a sequence, oldest first; those of deleted modules wait on. */
    due: (after: number, limit: number) => due.all(after, limit),
    update: (
      row: Pick<RunRow, 'id' | 'state' | 'conditions' | 'steps' | 'context' | 'reason' | 'ended_at' | 'due'>,
    ) => void update.run(row),
    /** The run goes on with the module and the item as they are now. */
    renew: (row: Pick<RunRow, 'id' | 'module_version' | 'item_revision' | 'item_version'>) =>
      void renew.run(row),
    drop: (id: string) => void drop.run(id),
    /** Newest first, before a sequence. Without `states`: all that are shown. */
    page(
      filter: RunFilter,
      states: readonly RunState[] | undefined,
      before: number,
      limit: number,
    ): Listed[] {
      return statementOf(filter, states, 'runs.*, modules.name AS module_name').all({
        ...filter,
        before,
        limit,
      });
    },
    count(filter: RunFilter, states: readonly RunState[]): number {
      const before = Number.MAX_SAFE_INTEGER;
      return (
        statementOf(filter, states, 'count(*) AS count').get({ ...filter, before, limit: 0 })?.count ?? 0
      );
    },
    /** Deletes some of the oldest runs of a module in a state beyond the newest `keep`; how many. */
    dropOldest: (moduleId: string, state: RunState, keep: number, limit: number): number =>
      dropOldest.run({ module: moduleId, state, keep, limit }).changes,
    dropSome: (moduleId: string, limit: number): boolean => dropSome.run(moduleId, limit).changes > 0,
    /** Runs that wait for a delivery. */
    waiting: (after: number, limit: number) => under.all(after, limit),
    runningOf: (moduleId: string, limit: number) => runningOf.all(moduleId, limit).map(({ id }) => id),
    /** False where the module has run for this item before. */
    mark: (moduleId: string, dataSourceId: string, itemId: string): boolean =>
      mark.run(moduleId, dataSourceId, itemId).changes > 0,
    isMarked: (moduleId: string, itemId: string) => isMarked.get(moduleId, itemId) !== undefined,
  };
}

export type RunsTable = ReturnType<typeof createRunsTable>;

export function stepsOf(row: Pick<RunRow, 'steps'>): RunStep[] {
  return JSON.parse(row.steps) as RunStep[];
}

export function conditionsOf(row: Pick<RunRow, 'conditions'>): ConditionResult[] {
  return JSON.parse(row.conditions) as ConditionResult[];
}
