// Modules: made, changed, switched on and off, deleted with a time to undo; and whether each can run. Runs nothing.
import { type Caller, type CallOutput, type Module, type ModuleInput, ProblemError } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import { type ModuleLookups, requireSound } from './check-module.ts';
import { type Block, type BlockLookups, blockOf } from './module-blocks.ts';
import type { ModuleRow, ModulesTable, ModuleUse } from './modules-table.ts';
import { readSchedule } from './schedule-times.ts';
import { removedAt, type Solutions } from './solutions.ts';

export function createModules(deps: {
  database: Database;
  table: ModulesTable;
  solutions: Solutions;
  lookups: ModuleLookups & BlockLookups;
  changes: Changes;
  recordAudit: RecordAudit;
  undoMs: number;
  now(): number;
  /** A module is another one now, or may run now that could not. */
  onChanged(): void;
  onDeleted(): void;
}) {
  const { database, table, solutions, lookups, changes, recordAudit, undoMs, now } = deps;

  function rowOf(id: string): ModuleRow {
    const row = table.get(id);
    if (!row) {
      throw new ProblemError('module.missing', 'This module does not exist. It may have been deleted.', {
        path: 'id',
      });
    }
    return row;
  }

  function blockFor(solutionId: string, definition: ModuleInput): Block | undefined {
    return blockOf({ id: solutionId, name: solutions.get(solutionId).name }, definition, lookups);
  }

  function toModule(row: ModuleRow): Module {
    const definition = JSON.parse(row.definition) as ModuleInput;
    const block = row.enabled === 1 ? blockFor(row.solution_id, definition) : undefined;
    return {
      ...definition,
      id: row.id,
      solutionId: row.solution_id,
      enabled: row.enabled === 1,
      state: row.enabled === 0 ? 'disabled' : block ? 'blocked' : 'ready',
      ...(block ? { blockedBecause: block.because, blockedBy: block.by } : {}),
      createdAt: toTime(row.created_at),
      updatedAt: toTime(row.updated_at),
      counts: {
        runs: row.run_count,
        failed: row.failed_count,
        blocked: row.blocked_count,
        waiting: row.waiting_count,
      },
      ...(row.last_run_at === null ? {} : { lastRunAt: toTime(row.last_run_at) }),
      ...scheduleOf(row, definition),
    };
  }

  function scheduleOf(row: ModuleRow, { trigger }: ModuleInput): Pick<Module, 'schedule'> {
    if (trigger.kind !== 'onScheduled') return {};
    const read = readSchedule(trigger.cron, trigger.timeZone);
    const next = read.ok && row.enabled === 1 ? read.times.after(row.scheduled_until ?? now()) : undefined;
    return {
      schedule: {
        missed: row.missed_count,
        ...(next === undefined ? {} : { nextAt: toTime(next) }),
        ...(row.last_missed_at === null ? {} : { lastMissedAt: toTime(row.last_missed_at) }),
      },
    };
  }

  function get(id: string): Module {
    return toModule(rowOf(id));
  }

  /** `what` in words, for the audit log of every data source that is concerned. */
  function record(definitions: readonly ModuleInput[], name: string, what: string, via: Caller): void {
    for (const dataSourceId of new Set(definitions.flatMap(sourcesOf))) {
      if (!lookups.source(dataSourceId)) continue;
      recordAudit({
        dataSourceId,
        action: 'moduleChanged',
        via,
        changes: [{ what: name, to: what }],
      });
    }
  }

  function tell(id: string, solutionId: string, definitions: readonly ModuleInput[]): void {
    deps.onChanged();
    changes.tell('modules.changed', { id, solutionId });
    changes.tell('solutions.changed', {});
    for (const dataSourceId of new Set(definitions.flatMap(sourcesOf))) {
      changes.tell('dataSources.changed', { id: dataSourceId });
    }
  }

  function requireUnblocked(row: ModuleRow): void {
    const block = blockFor(row.solution_id, JSON.parse(row.definition) as ModuleInput);
    if (block) throw new ProblemError('module.blocked', block.because, { path: 'id' });
  }

  return {
    list(filter: { solutionId?: string | undefined; dataSourceId?: string | undefined }): Module[] {
      return table.list(filter).map(toModule);
    },
    get,
    /** Throws `module.missing`. */
    row: rowOf,
    blockFor,
    requireUnblocked,

    create(
      input: { solutionId: string; module: ModuleInput; enabled?: boolean | undefined },
      via: Caller,
    ): Module {
      const { solutionId, module } = input;
      solutions.require(solutionId, 'solutionId');
      requireSound(module, lookups);
      const at = now();
      const id = createId('mod', at);
      transact(database, () => {
        table.insert({ id, solutionId, at }, module, usesOf(module));
        if (input.enabled) switchOn(id, module, at);
        record([module], module.name, 'created', via);
      });
      tell(id, solutionId, [module]);
      return get(id);
    },

    update(input: { id: string; module: ModuleInput }, via: Caller): Module {
      const row = rowOf(input.id);
      requireSound(input.module, lookups);
      const before = JSON.parse(row.definition) as ModuleInput;
      const at = now();
      transact(database, () => {
        table.update(row, input.module, usesOf(input.module), at);
        if (JSON.stringify(before.trigger) !== JSON.stringify(input.module.trigger)) {
          // Another schedule begins now; what the old one missed is no news of the new one.
          table.setScheduledUntil(row.id, input.module.trigger.kind === 'onScheduled' ? at : undefined);
          table.forgetMissed(row.id);
        }
        record([before, input.module], input.module.name, 'changed', via);
      });
      tell(row.id, row.solution_id, [before, input.module]);
      return get(row.id);
    },

    setEnabled(input: { id: string; enabled: boolean }, via: Caller): Module {
      const row = rowOf(input.id);
      if ((row.enabled === 1) === input.enabled) return toModule(row);
      const definition = JSON.parse(row.definition) as ModuleInput;
      transact(database, () => {
        if (input.enabled) switchOn(row.id, definition, now());
        else table.setEnabled(row.id, undefined);
        record([definition], row.name, input.enabled ? 'switched on' : 'switched off', via);
      });
      tell(row.id, row.solution_id, [definition]);
      return get(row.id);
    },

    delete(id: string, via: Caller): CallOutput<'modules.delete'> {
      const row = rowOf(id);
      const definition = JSON.parse(row.definition) as ModuleInput;
      const at = now();
      transact(database, () => {
        table.setDeleted(id, at);
        record([definition], row.name, 'deleted', via);
      });
      tell(id, row.solution_id, [definition]);
      deps.onDeleted();
      return { undoUntil: toTime(at + undoMs) };
    },

    undoDelete(id: string, via: Caller): Module {
      const row = table.any(id);
      if (!row?.deleted_at || removedAt(row.deleted_at, undoMs) <= now()) {
        throw new ProblemError(
          'module.missing',
          'This module cannot be brought back: the time to undo is over.',
          { path: 'id' },
        );
      }
      solutions.require(row.solution_id, 'id');
      const definition = JSON.parse(row.definition) as ModuleInput;
      transact(database, () => {
        table.setDeleted(id, undefined);
        record([definition], row.name, 'brought back', via);
      });
      tell(id, row.solution_id, [definition]);
      return get(id);
    },
  };

  function switchOn(id: string, { trigger }: ModuleInput, at: number): void {
    table.setEnabled(id, at);
    table.setScheduledUntil(id, trigger.kind === 'onScheduled' ? at : undefined);
    table.forgetMissed(id);
  }
}

export type Modules = ReturnType<typeof createModules>;

/** Every data source that a module uses. */
function sourcesOf(module: ModuleInput): string[] {
  return usesOf(module).map(({ dataSourceId }) => dataSourceId);
}

function usesOf({ dataSourceId, steps }: ModuleInput): ModuleUse[] {
  return [
    { dataSourceId },
    ...steps.map((step) => ({
      dataSourceId: step.dataSourceId,
      actionId: step.actionId,
      connectionId: step.connectionId,
    })),
  ];
}

function toTime(at: number): string {
  return new Date(at).toISOString();
}
