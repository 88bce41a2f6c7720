// Modules, their versions and what they use, in the store. Deleted ones stay for the time to undo.
import type { ModuleInput } from '#contract';
import type { Database } from '../store/database.ts';

export interface ModuleRow {
  id: string;
  solution_id: string;
  data_source_id: string;
  name: string;
  version: number;
  enabled: number;
  enabled_at: number | null;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
  run_count: number;
  failed_count: number;
  blocked_count: number;
  waiting_count: number;
  last_run_at: number | null;
  scheduled_until: number | null;
  missed_count: number;
  last_missed_at: number | null;
  /** JSON of its `ModuleInput`. */
  definition: string;
}

export interface ModuleUse {
  dataSourceId: string;
  actionId?: string | undefined;
  connectionId?: string | undefined;
}

const versionsRemembered = 200;

const joined = `SELECT modules.*, module_versions.definition FROM modules
  JOIN module_versions ON module_versions.module_id = modules.id AND module_versions.version = modules.version`;
/** Neither it nor its solution is deleted. */
const present = `modules.deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM solutions WHERE solutions.id = modules.solution_id AND solutions.deleted_at IS NOT NULL)`;

export function createModulesTable(database: Database) {
  const byName = 'ORDER BY modules.name COLLATE NOCASE, modules.id';
  const list = database.prepare<{ solution: string | null; source: string | null }, ModuleRow>(
    `${joined} WHERE ${present} AND (@solution IS NULL OR modules.solution_id = @solution)
      AND (@source IS NULL OR modules.id IN (SELECT module_id FROM module_uses WHERE data_source_id = @source)) ${byName}`,
  );
  const get = database.prepare<[string], ModuleRow>(`${joined} WHERE ${present} AND modules.id = ?`);
  const any = database.prepare<[string], ModuleRow>(`${joined} WHERE modules.id = ?`);
  const enabledOf = database.prepare<[string], ModuleRow>(
    `${joined} WHERE ${present} AND modules.data_source_id = ? AND modules.enabled = 1 ORDER BY modules.created_at, modules.id`,
  );
  const enabled = database.prepare<[], ModuleRow>(
    `${joined} WHERE ${present} AND modules.enabled = 1 ORDER BY modules.created_at, modules.id`,
  );
  const definitionOf = database.prepare<[string, number], { definition: string }>(
    'SELECT definition FROM module_versions WHERE module_id = ? AND version = ?',
  );
  const insert = database.prepare<[string, string, string, string, number, number], never>(
    `INSERT INTO modules (id, solution_id, data_source_id, name, version, enabled, created_at, updated_at)
      VALUES (?, ?, ?, ?, 1, 0, ?, ?)`,
  );
  const addVersion = database.prepare<[string, number, string], never>(
    'INSERT INTO module_versions (module_id, version, definition) VALUES (?, ?, ?)',
  );
  const update = database.prepare<[string, string, number, number, string], never>(
    'UPDATE modules SET name = ?, data_source_id = ?, version = ?, updated_at = ? WHERE id = ?',
  );
  const dropUnusedVersions = database.prepare<{ id: string }, never>(
    `DELETE FROM module_versions WHERE module_id = @id AND version <> (SELECT version FROM modules WHERE id = @id)
      AND version < coalesce((SELECT min(module_version) FROM
        (SELECT module_version FROM runs WHERE module_id = @id ORDER BY sequence LIMIT 1)), 9e15)`,
  );
  const dropUses = database.prepare<[string], never>('DELETE FROM module_uses WHERE module_id = ?');
  /** A data source that is gone is no use any more. */
  const addUse = database.prepare<
    { module: string; position: number; source: string; action: string | null; connection: string | null },
    never
  >(
    `INSERT INTO module_uses (module_id, position, data_source_id, action_id, connection_id)
      SELECT @module, @position, id, @action, @connection FROM data_sources WHERE id = @source`,
  );
  const setEnabled = database.prepare<[number, number | null, string], never>(
    'UPDATE modules SET enabled = ?, enabled_at = ? WHERE id = ?',
  );
  const setSchedule = database.prepare<[number | null, string], never>(
    'UPDATE modules SET scheduled_until = ? WHERE id = ?',
  );
  const addMissed = database.prepare<[number, number, string], never>(
    'UPDATE modules SET missed_count = missed_count + ?, last_missed_at = ? WHERE id = ?',
  );
  const forgetMissed = database.prepare<[string], never>(
    'UPDATE modules SET missed_count = 0, last_missed_at = NULL WHERE id = ?',
  );
  const setDeleted = database.prepare<[number | null, string], never>(
    'UPDATE modules SET deleted_at = ? WHERE id = ?',
  );
  const deleted = database.prepare<[], { id: string; deleted_at: number }>(
    `SELECT modules.id, max(coalesce(modules.deleted_at, 0), coalesce(solutions.deleted_at, 0)) AS deleted_at
      FROM modules JOIN solutions ON solutions.id = modules.solution_id
      WHERE modules.deleted_at IS NOT NULL OR solutions.deleted_at IS NOT NULL`,
  );
  const countOf = database.prepare<[string], { count: number }>(
    'SELECT count(*) AS count FROM modules WHERE solution_id = ?',
  );
  const dropParts = ['module_versions', 'module_uses', 'module_sweeps'].map((part) =>
    database.prepare<[string], never>(`DELETE FROM ${part} WHERE module_id = ?`),
  );
  const dropMarks = database.prepare<[string, number], never>(
    'DELETE FROM module_marks WHERE rowid IN (SELECT rowid FROM module_marks WHERE module_id = ? LIMIT ?)',
  );
  const drop = database.prepare<[string], never>('DELETE FROM modules WHERE id = ?');
  const usersOf = database.prepare<
    [string],
    { id: string; solution_id: string; name: string; enabled: number }
  >(
    `SELECT DISTINCT modules.id, modules.solution_id, modules.name, modules.enabled FROM module_uses
      JOIN modules ON modules.id = module_uses.module_id
      WHERE module_uses.data_source_id = ? AND ${present} ${byName}`,
  );

  /** A version never changes. */
  const versions = new Map<string, ModuleInput>();

  /** A step that names no connection calls that of its action, or the first one of the source. */
  const calling = database.prepare<{ id: string; source: string; first: number }, { name: string }>(
    `SELECT DISTINCT modules.name FROM module_uses JOIN modules ON modules.id = module_uses.module_id
      WHERE module_uses.data_source_id = @source AND module_uses.position > 0 AND ${present}
        AND (module_uses.connection_id = @id OR (@first = 1 AND module_uses.connection_id IS NULL))
      ORDER BY modules.name COLLATE NOCASE LIMIT 20`,
  );

  const usingAction = database.prepare<[string], { name: string }>(
    `SELECT DISTINCT modules.name FROM module_uses JOIN modules ON modules.id = module_uses.module_id
      WHERE module_uses.action_id = ? AND ${present} ORDER BY modules.name COLLATE NOCASE LIMIT 100`,
  );

  function putUses(moduleId: string, uses: readonly ModuleUse[]): void {
    dropUses.run(moduleId);
    uses.forEach(({ dataSourceId, actionId, connectionId }, position) => {
      addUse.run({
        module: moduleId,
        position,
        source: dataSourceId,
        action: actionId ?? null,
        connection: connectionId ?? null,
      });
    });
  }

  return {
    list: (filter: { solutionId?: string | undefined; dataSourceId?: string | undefined }) =>
      list.all({ solution: filter.solutionId ?? null, source: filter.dataSourceId ?? null }),
    get: (id: string) => get.get(id),
    /** Deleted ones, too. */
    any: (id: string) => any.get(id),
    /** Enabled modules about the items of a data source, oldest first. */
    enabledOf: (dataSourceId: string) => enabledOf.all(dataSourceId),
    enabled: () => enabled.all(),
    /** A module as it was in one of its versions. */
    definitionOf(id: string, version: number): ModuleInput | undefined {
      const key = `${id}.${version}`;
      let definition = versions.get(key);
      if (definition) return definition;
      const row = definitionOf.get(id, version);
      definition = row && (JSON.parse(row.definition) as ModuleInput);
      if (versions.size >= versionsRemembered) versions.clear();
      if (definition) versions.set(key, definition);
      return definition;
    },
    insert(
      row: { id: string; solutionId: string; at: number },
      definition: ModuleInput,
      uses: readonly ModuleUse[],
    ): void {
      insert.run(row.id, row.solutionId, definition.dataSourceId, definition.name, row.at, row.at);
      addVersion.run(row.id, 1, JSON.stringify(definition));
      putUses(row.id, uses);
    },
    /** The next version; versions without a run go. */
    update(row: ModuleRow, definition: ModuleInput, uses: readonly ModuleUse[], at: number): void {
      const version = row.version + 1;
      addVersion.run(row.id, version, JSON.stringify(definition));
      update.run(definition.name, definition.dataSourceId, version, at, row.id);
      putUses(row.id, uses);
      dropUnusedVersions.run({ id: row.id });
    },
    dropUnusedVersions: (id: string) => void dropUnusedVersions.run({ id }),
    /** `at` is when it was switched on. */
    setEnabled: (id: string, at: number | undefined) =>
      void setEnabled.run(at === undefined ? 0 : 1, at ?? null, id),
    setScheduledUntil: (id: string, at: number | undefined) => void setSchedule.run(at ?? null, id),
    addMissed: (id: string, count: number, lastAt: number) => void addMissed.run(count, lastAt, id),
    forgetMissed: (id: string) => void forgetMissed.run(id),
    setDeleted: (id: string, at: number | undefined) => void setDeleted.run(at ?? null, id),
    /** Those that are deleted, or whose solution is, with the time of it. */
    deleted: () => deleted.all(),
    /** Modules of a solution that are still there, deleted or not. */
    leftOf: (solutionId: string) => countOf.get(solutionId)?.count ?? 0,
    /** Some of what a deleted module leaves; false when all is gone but its runs. */
    dropSomeMarks: (id: string, limit: number): boolean => dropMarks.run(id, limit).changes > 0,
    drop(id: string): void {
      for (const part of dropParts) part.run(id);
      drop.run(id);
      versions.clear();
    },
    namesCalling: (connection: { id: string; dataSourceId: string; isFirst: boolean }): string[] =>
      calling
        .all({ id: connection.id, source: connection.dataSourceId, first: connection.isFirst ? 1 : 0 })
        .map(({ name }) => name),
    namesUsingAction: (actionId: string): string[] => usingAction.all(actionId).map(({ name }) => name),
    /** Modules that use a data source, for their items or in a step. */
    usersOf: (dataSourceId: string) => usersOf.all(dataSourceId),
  };
}

export type ModulesTable = ReturnType<typeof createModulesTable>;
