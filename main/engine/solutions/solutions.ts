// Solutions: made, named, deleted with a time to undo; and Solutions Access, a switch for each (solution, data source).
import { type Caller, type CallOutput, ProblemError, type Solution, type SolutionAccess } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { ModulesTable } from './modules-table.ts';
import type { SolutionRow, SolutionsTable } from './solutions-table.ts';

/** After the time to undo, a fifth more waits in case the undo is on its way. */
export function removedAt(deletedAt: number, undoMs: number): number {
  return deletedAt + undoMs * 1.2;
}

export function createSolutions(deps: {
  database: Database;
  table: SolutionsTable;
  modulesTable: ModulesTable;
  dataSources: DataSources;
  changes: Changes;
  recordAudit: RecordAudit;
  /** How long a deletion can be undone. */
  undoMs: number;
  /** Modules began or ceased to be there, or may run now that could not. */
  onChanged(): void;
  onDeleted(): void;
}) {
  const { database, table, modulesTable, dataSources, changes, recordAudit, undoMs } = deps;

  function rowOf(id: string, path = 'id'): SolutionRow {
    const row = table.get(id);
    if (!row || row.deleted_at !== null) {
      throw new ProblemError('solution.missing', 'This solution does not exist. It may have been deleted.', {
        path,
      });
    }
    return row;
  }

  function tell(solutionId?: string): void {
    deps.onChanged();
    changes.tell('solutions.changed', {});
    for (const { id } of solutionId === undefined ? [] : modulesTable.list({ solutionId })) {
      changes.tell('modules.changed', { id, solutionId: solutionId as string });
    }
  }

  function accessTo(dataSourceId: string): SolutionAccess[] {
    const users = modulesTable.usersOf(dataSourceId);
    return table.list().map(({ id, name }) => ({
      solutionId: id,
      solutionName: name,
      allowed: table.mayUse(id, dataSourceId),
      modules: users.filter(({ solution_id }) => solution_id === id).map(toUser),
    }));
  }

  return {
    list: (): Solution[] => table.list().map(toSolution),
    get: (id: string): Solution => toSolution(rowOf(id)),
    /** Throws `solution.missing`. */
    require: (id: string, path?: string): void => void rowOf(id, path),

    create(input: { name: string; description?: string | undefined }): Solution {
      const id = createId('sol');
      const { name, description = '' } = input;
      transact(database, () => table.insert({ id, name, description, created_at: Date.now() }));
      tell();
      return toSolution(rowOf(id));
    },

    update(input: { id: string; name?: string | undefined; description?: string | undefined }): Solution {
      const row = rowOf(input.id);
      const { name = row.name, description = row.description } = input;
      transact(database, () => table.update(input.id, name, description));
      tell();
      return toSolution(rowOf(input.id));
    },

    delete(id: string): CallOutput<'solutions.delete'> {
      const row = rowOf(id);
      const now = Date.now();
      transact(database, () => table.setDeleted(id, now));
      tell();
      deps.onDeleted();
      return { undoUntil: new Date(now + undoMs).toISOString(), modules: row.module_count };
    },

    undoDelete(id: string): Solution {
      const row = table.get(id);
      if (!row?.deleted_at || removedAt(row.deleted_at, undoMs) <= Date.now()) {
        throw new ProblemError(
          'solution.missing',
          'This solution cannot be brought back: the time to undo is over.',
          { path: 'id' },
        );
      }
      transact(database, () => table.setDeleted(id, undefined));
      tell(id);
      return toSolution(rowOf(id));
    },

    /** Every solution: whether it may use the data source, and with which modules it does. */
    accessTo(dataSourceId: string): SolutionAccess[] {
      dataSources.require(dataSourceId);
      return accessTo(dataSourceId);
    },

    /** The same from the other side: every data source. */
    accessOf(solutionId: string): CallOutput<'solutions.access'> {
      rowOf(solutionId);
      const access = dataSources.list().map(({ id, name }) => ({
        dataSourceId: id,
        dataSourceName: name,
        allowed: table.mayUse(solutionId, id),
        modules: modulesTable
          .usersOf(id)
          .filter(({ solution_id }) => solution_id === solutionId)
          .map(toUser),
      }));
      return { access };
    },

    setAccess(input: { id: string; solutionId: string; allowed: boolean }, via: Caller): SolutionAccess[] {
      const { id, solutionId, allowed } = input;
      dataSources.require(id);
      const { name } = rowOf(solutionId, 'solutionId');
      const changed = transact(database, () => {
        if (!table.setAccess(solutionId, id, allowed)) return false;
        const [from, to] = allowed ? ['no access', 'access'] : ['access', 'no access'];
        recordAudit({ dataSourceId: id, action: 'accessChanged', via, changes: [{ what: name, from, to }] });
        return true;
      });
      if (changed) {
        tell(solutionId);
        changes.tell('dataSources.changed', { id });
      }
      return accessTo(id);
    },
  };
}

export type Solutions = ReturnType<typeof createSolutions>;

function toSolution(row: SolutionRow): Solution {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    createdAt: new Date(row.created_at).toISOString(),
    counts: { modules: row.module_count, enabled: row.enabled_count, dataSources: row.source_count },
  };
}

function toUser({ id, name, enabled }: { id: string; name: string; enabled: number }) {
  return { id, name, enabled: enabled === 1 };
}
