// The actions of data sources: made, changed, deleted with a time to undo. Their templates are checked before anything is kept.
import { type Action, type ActionInput, type Caller, ProblemError } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import { compilePath } from '../mapping/compile-path.ts';
import { type Database, transact } from '../store/database.ts';
import type { ActionRow, ActionsTable } from './actions-table.ts';
import { checkParts } from './prepare-request.ts';

/** An undo that is on its way when the time is over still counts. */
const lateUndo = 1.2;

export function createActions(deps: {
  database: Database;
  table: ActionsTable;
  dataSources: DataSources;
  changes: Changes;
  recordAudit: RecordAudit;
  /** How long a deletion can be undone. */
  undoMs: number;
  /** Names of the modules that use an action. */
  usesOf(actionId: string): string[];
}) {
  const { database, table, dataSources, changes, recordAudit, undoMs } = deps;
  table.dropDeleted(Date.now() - undoMs * lateUndo);

  const definitionOf = (row: ActionRow) => JSON.parse(row.definition) as ActionInput;

  function toAction(row: ActionRow): Action {
    return {
      ...definitionOf(row),
      id: row.id,
      dataSourceId: row.data_source_id,
      createdAt: new Date(row.created_at).toISOString(),
      updatedAt: new Date(row.updated_at).toISOString(),
      usedBy: deps.usesOf(row.id).length,
    };
  }

  function rowOf(id: string): ActionRow {
    const row = table.get(id);
    if (!row || row.deleted_at !== null) {
      throw new ProblemError('action.missing', 'This action does not exist. It may have been deleted.', {
        path: 'id',
      });
    }
    return row;
  }

  /** Throws `action.invalid` with the place of what is wrong. */
  function check(dataSourceId: string, action: ActionInput): void {
    const [fault] = checkParts(action);
    const at = fault?.position === undefined ? '' : ` (character ${fault.position + 1})`;
    if (fault) {
      throw new ProblemError('action.invalid', `${fault.message}${at}`, { path: `action.${fault.where}` });
    }
    for (const [index, { path }] of (action.answerFields ?? []).entries()) {
      const compiled = compilePath(path);
      if (compiled.ok) continue;
      throw new ProblemError('action.invalid', compiled.message, {
        path: `action.answerFields.${index}.path`,
      });
    }
    const { connectionId } = action;
    if (connectionId === undefined) return;
    if (dataSources.connection(connectionId).dataSourceId !== dataSourceId) {
      throw new ProblemError('connection.missing', 'This connection belongs to another data source.', {
        path: 'action.connectionId',
      });
    }
  }

  function told(row: Pick<ActionRow, 'id' | 'data_source_id'>): Action {
    changes.tell('actions.changed', { dataSourceId: row.data_source_id });
    return toAction(rowOf(row.id));
  }

  return {
    list(dataSourceId: string): Action[] {
      dataSources.require(dataSourceId);
      return table.ofSource(dataSourceId).map(toAction);
    },
    /** Throws `action.missing`. */
    get: (id: string): Action => toAction(rowOf(id)),
    /** Undefined where it does not exist, or was deleted. */
    find(id: string): Action | undefined {
      const row = table.get(id);
      return row && row.deleted_at === null ? toAction(row) : undefined;
    },
    check,

    create(dataSourceId: string, action: ActionInput, via: Caller): Action {
      dataSources.require(dataSourceId);
      check(dataSourceId, action);
      const now = Date.now();
      const row: ActionRow = {
        id: createId('act', now),
        data_source_id: dataSourceId,
        name: action.name,
        definition: JSON.stringify(action),
        created_at: now,
        updated_at: now,
        deleted_at: null,
      };
      transact(database, () => {
        table.insert(row);
        const made = [{ what: 'action', to: action.name }];
        recordAudit({ dataSourceId, action: 'actionAdded', via, changes: made });
      });
      return told(row);
    },

    update(id: string, action: ActionInput, via: Caller): Action {
      const row = rowOf(id);
      check(row.data_source_id, action);
      const before = definitionOf(row);
      const changed = (
        [
          'name',
          'effect',
          'method',
          'path',
          'query',
          'headers',
          'body',
          'answerFields',
          'connectionId',
        ] as const
      ).filter((part) => JSON.stringify(before[part]) !== JSON.stringify(action[part]));
      if (changed.length === 0) return toAction(row);
      transact(database, () => {
        table.update(id, action.name, JSON.stringify(action), Date.now());
        recordAudit({
          dataSourceId: row.data_source_id,
          action: 'actionChanged',
          via,
          changes: [
            {
              what: 'action',
              ...(before.name === action.name ? {} : { from: before.name }),
              to: action.name,
            },
            // Templates may hold what is nobody's business: only their names are told.
            ...changed.filter((part) => part !== 'name').map((part) => ({ what: part })),
          ],
        });
      });
      return told(row);
    },

    /** Throws `action.inUse` while modules use it. */
    delete(id: string, via: Caller): { undoUntil: string } {
      const row = rowOf(id);
      const uses = deps.usesOf(id);
      if (uses.length > 0) {
        const named = uses
          .slice(0, 3)
          .map((name) => `«${name}»`)
          .join(', ');
        throw new ProblemError('action.inUse', `Modules use this action: ${named}. Change them first.`, {
          path: 'id',
        });
      }
      const now = Date.now();
      transact(database, () => {
        table.dropDeleted(now - undoMs * lateUndo);
        table.setDeleted(id, now);
        const gone = [{ what: 'action', from: row.name }];
        recordAudit({ dataSourceId: row.data_source_id, action: 'actionDeleted', via, changes: gone });
      });
      changes.tell('actions.changed', { dataSourceId: row.data_source_id });
      return { undoUntil: new Date(now + undoMs).toISOString() };
    },

    undoDelete(id: string, via: Caller): Action {
      const row = table.get(id);
      if (!row?.deleted_at || row.deleted_at + undoMs * lateUndo < Date.now()) {
        throw new ProblemError(
          'action.missing',
          'This action cannot be brought back: the time to undo is over.',
          {
            path: 'id',
          },
        );
      }
      transact(database, () => {
        table.setDeleted(id, undefined);
        const back = [{ what: 'action', to: row.name }];
        recordAudit({ dataSourceId: row.data_source_id, action: 'actionRestored', via, changes: back });
      });
      return told(row);
    },

    /** Names of the actions that call a connection; `isFirst`: those too that name none. */
    callersOf: ({
      id,
      dataSourceId,
      isFirst,
    }: {
      id: string;
      dataSourceId: string;
      isFirst: boolean;
    }): string[] =>
      table
        .ofSource(dataSourceId)
        .map(definitionOf)
        .filter(({ connectionId }) => connectionId === id || (isFirst && connectionId === undefined))
        .map(({ name }) => name),
  };
}

export type Actions = ReturnType<typeof createActions>;
