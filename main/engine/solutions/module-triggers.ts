// Which modules a change of an item fires. Runs inside the transaction that writes items, so it only leaves a note for each (a run that
// is `fired`); judging and preparing are the run worker's.
import type { TriggerKind } from '#contract';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { ItemWatch } from '../indexing/index-writer.ts';
import type { WrittenItem } from '../items/items.ts';
import { type CompiledModule, compileModule } from './compiled-module.ts';
import { changedFields } from './item-subject.ts';
import type { ModuleRow, ModulesTable } from './modules-table.ts';
import { runIdOf } from './run-ids.ts';
import type { RunsTable, StoredCause } from './runs-table.ts';
import type { SourceFactsTable } from './source-facts-table.ts';

interface Watching {
  row: ModuleRow;
  compiled: CompiledModule;
}

/** Rows of files run no module: a million of them must not become a million calls by surprise. */
const uploadMethod = 'IMPORT';
const maxChangedTold = 50;
const byItems = new Set<TriggerKind>(['itemAdded', 'fieldChanged', 'matchConditions']);

export function createModuleTriggers(deps: {
  modulesTable: ModulesTable;
  runsTable: RunsTable;
  sourceFacts: SourceFactsTable;
  /** Modules whose runs led to this call, when an answer changed an item. */
  chainOf(capture: CaptureRow): readonly string[];
  /** Runs wait for the worker. */
  onFired(): void;
}): ItemWatch & { forget(): void } {
  const { modulesTable, runsTable, sourceFacts, chainOf } = deps;
  const watching = new Map<string, { revision: number; modules: Watching[] }>();

  /** Compiled once, until a module, an access or the mapping changes. */
  function of(dataSourceId: string, revision: number): Watching[] {
    const known = watching.get(dataSourceId);
    if (known && (known.revision === revision || known.modules.length === 0)) return known.modules;
    const source = sourceFacts.get(dataSourceId);
    const modules = modulesTable.enabledOf(dataSourceId).flatMap((row): Watching[] => {
      const definition = JSON.parse(row.definition) as CompiledModule['definition'];
      return byItems.has(definition.trigger.kind)
        ? [{ row, compiled: compileModule(definition, source) }]
        : [];
    });
    watching.set(dataSourceId, { revision, modules });
    return modules;
  }

  return {
    /** Modules, access or a data source changed: everything is read anew. */
    forget: () => watching.clear(),

    watches(capture) {
      if (capture.runs_modules === 0 || capture.method === uploadMethod) return false;
      const known = watching.get(capture.data_source_id);
      return (known?.modules ?? of(capture.data_source_id, 0)).length > 0;
    },

    written(item: WrittenItem, { capture, revision, element }) {
      const before = item.before;
      let chain: readonly string[] | undefined;
      for (const { row, compiled } of of(capture.data_source_id, revision)) {
        if (capture.received_at < (row.enabled_at ?? 0)) continue;
        const fires = compiled.fires(item, before);
        if (fires === 'no') continue;
        chain ??= chainOf(capture);
        // A module never follows from itself, so that two modules cannot chase each other.
        if (chain.includes(row.id)) continue;
        const { trigger } = compiled.definition;
        if (trigger.kind === 'matchConditions' && trigger.runOnce && runsTable.isMarked(row.id, item.id))
          continue;
        const cause: StoredCause = {
          kind: trigger.kind,
          ...(before ? { changed: changedFields(item, before).slice(0, maxChangedTold) } : { isNew: true }),
        };
        runsTable.insert({
          id: runIdOf(row.id, `${capture.id}.${element}`, capture.received_at),
          module_id: row.id,
          module_version: row.version,
          solution_id: row.solution_id,
          data_source_id: capture.data_source_id,
          item_id: item.id,
          item_title: item.title,
          item_revision: revision,
          item_version: item.version,
          capture_id: capture.id,
          state: 'fired',
          cause: JSON.stringify(cause),
          conditions: '[]',
          steps: '[]',
          chain: JSON.stringify(chain),
          started_at: Date.now(),
          due: 1,
        });
        deps.onFired();
      }
    },
  };
}

export type ModuleTriggers = ReturnType<typeof createModuleTriggers>;
