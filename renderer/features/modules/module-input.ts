// What a draft is for the engine: the module that is saved, the part of it that can be previewed already, and what is wrong with it by
// the contract. Pure; what the engine says of templates, schedules and patterns comes at Save.
import { type ConditionSet, type ModuleField, type ModuleInput, moduleInput, type Trigger } from '#contract';
import {
  type DraftConditionSet,
  type DraftField,
  heedsCase,
  type ModuleDraft,
  takesValue,
} from './module-draft.ts';

const setOf = ({ mode, conditions }: DraftConditionSet): ConditionSet => ({
  mode,
  conditions: conditions.map(({ field, is, value, matchCase }) => ({
    field,
    is,
    ...(takesValue(is) && { value }),
    matchCase: heedsCase(is) && matchCase,
  })),
});

export function triggerOf({ kind, settings }: Pick<ModuleDraft, 'kind' | 'settings'>): Trigger {
  switch (kind) {
    case 'itemAdded':
      return { kind };
    case 'fieldChanged':
      return { kind, fields: [...settings.fields], alsoWhenNew: settings.alsoWhenNew };
    case 'matchConditions':
      return { kind, ...setOf(settings.match), runOnce: settings.runOnce };
    case 'buttonClicked':
      return { kind, ...(settings.label.trim() !== '' && { label: settings.label }) };
    case 'onScheduled':
      return {
        kind,
        cron: settings.cron,
        ...(settings.timeZone !== '' && { timeZone: settings.timeZone }),
        over: settings.over,
      };
  }
}

function fieldOf({ name, type, from, field, value, formula }: DraftField): ModuleField {
  return {
    name,
    type,
    from:
      from === 'source'
        ? { kind: from, field }
        : from === 'manual'
          ? { kind: from, value }
          : { kind: from, formula },
  };
}

export function moduleInputOf(draft: ModuleDraft): ModuleInput {
  return {
    name: draft.name,
    dataSourceId: draft.dataSourceId,
    trigger: triggerOf(draft),
    conditions: setOf(draft.conditions),
    fields: draft.fields.map(fieldOf),
    steps: [...draft.steps],
  };
}

/**
 * What a preview can be made of although the module is not whole yet: rows that are not filled in are left out. `steps` and
 * `fields` keep their order; undefined without a data source.
 */
export function previewInputOf(draft: ModuleDraft): ModuleInput | undefined {
  if (draft.dataSourceId === '') return undefined;
  const input: ModuleInput = {
    ...moduleInputOf(draft),
    name: draft.name.trim() === '' ? '-' : draft.name,
    trigger: { kind: 'itemAdded' },
    conditions: { mode: 'all', conditions: [] },
    fields: draft.fields.filter(isWholeField).map(fieldOf),
    steps: draft.steps.filter(({ dataSourceId }) => dataSourceId !== ''),
  };
  return moduleInput.safeParse(input).success ? input : undefined;
}

const isWholeField = ({ name, from, field }: DraftField) =>
  name.trim() !== '' && (from !== 'source' || field !== '');

export type Faults = Readonly<Record<string, string>>;

/** What the contract says of the draft: a sentence for each place, dotted as in `module.invalid`. */
export function faultsOf(draft: ModuleDraft): Faults {
  const checked = moduleInput.safeParse(moduleInputOf(draft));
  if (checked.success) return {};
  return Object.fromEntries(
    checked.error.issues.toReversed().map(({ path, message }) => [path.join('.'), message]),
  );
}

/** The fault at a place, or below it. */
export function faultAt(faults: Faults, place: string): string | undefined {
  const below = Object.keys(faults).find((path) => path === place || path.startsWith(`${place}.`));
  return below === undefined ? undefined : faults[below];
}

export const sameModule = (one: ModuleInput, other: ModuleInput): boolean =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));

/** The same order of keys and no empty options, so that only real changes differ. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, canonical(each)]),
  );
}
