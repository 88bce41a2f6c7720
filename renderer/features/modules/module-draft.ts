// A module as it is being edited. Keeps the settings of every trigger and of every kind of field, so that changing the kind
// and changing it back loses nothing. Pure; what is made of it stands in module-input.ts.
import type {
  Condition,
  ConditionSet,
  FieldType,
  ModuleField,
  ModuleInput,
  ModuleStep,
  Trigger,
  TriggerKind,
} from '#contract';
import { starterBody } from '../request-parts/starter-body.ts';

/** `key` stays with a row while others are added, moved and removed. */
export interface DraftCondition extends Omit<Condition, 'value'> {
  key: number;
  value: string;
}

export interface DraftConditionSet {
  mode: ConditionSet['mode'];
  conditions: readonly DraftCondition[];
}

export interface DraftField {
  key: number;
  name: string;
  type: FieldType;
  from: ModuleField['from']['kind'];
  field: string;
  value: string;
  formula: string;
}

/** What each kind of trigger is set to. */
export interface TriggerSettings {
  fields: readonly string[];
  alsoWhenNew: boolean;
  match: DraftConditionSet;
  runOnce: boolean;
  label: string;
  cron: string;
  /** Empty: that of the computer. */
  timeZone: string;
  over: 'eachItem' | 'once';
}

export interface ModuleDraft {
  name: string;
  dataSourceId: string;
  kind: TriggerKind;
  settings: TriggerSettings;
  conditions: DraftConditionSet;
  fields: readonly DraftField[];
  steps: readonly ModuleStep[];
}

const emptySet: DraftConditionSet = { mode: 'all', conditions: [] };

export const newSettings: TriggerSettings = {
  fields: [],
  alsoWhenNew: false,
  match: emptySet,
  runOnce: false,
  label: '',
  cron: '0 9 * * *',
  timeZone: '',
  over: 'eachItem',
};

export const newDraft: ModuleDraft = {
  name: '',
  dataSourceId: '',
  kind: 'itemAdded',
  settings: newSettings,
  conditions: emptySet,
  fields: [],
  steps: [],
};

let lastKey = 0;
function nextKey(): number {
  lastKey += 1;
  return lastKey;
}

/** A draft from another visit has keys of its own; new ones must not meet them. */
export function keepKeysApart(draft: ModuleDraft): ModuleDraft {
  const rekey = <T extends { key: number }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, key: nextKey() }));
  return {
    ...draft,
    settings: {
      ...draft.settings,
      match: { ...draft.settings.match, conditions: rekey(draft.settings.match.conditions) },
    },
    conditions: { ...draft.conditions, conditions: rekey(draft.conditions.conditions) },
    fields: rekey(draft.fields),
  };
}

export const newCondition = (field = ''): DraftCondition => ({
  key: nextKey(),
  field,
  is: 'equalTo',
  value: '',
  matchCase: false,
});

export const newField = (
  from: DraftField['from'],
  name = '',
  field = '',
  type: FieldType = 'text',
): DraftField => ({
  key: nextKey(),
  name,
  type,
  from,
  field,
  value: '',
  formula: '',
});

/** Ids of steps are the draft's own; runs and deliveries keep them. */
export const newStep = (dataSourceId: string): ModuleStep => ({
  id: crypto.randomUUID(),
  dataSourceId,
  method: 'POST',
  path: '',
  query: [],
  headers: [],
  body: { kind: 'json', template: starterBody },
  stopOnFailure: true,
});

const draftSet = ({ mode, conditions }: ConditionSet): DraftConditionSet => ({
  mode,
  conditions: conditions.map(({ value, ...condition }) => ({
    ...condition,
    value: value ?? '',
    key: nextKey(),
  })),
});

/** `others`: what the triggers that are not chosen were set to. */
export function draftOf(module: ModuleInput, others: TriggerSettings = newSettings): ModuleDraft {
  const { trigger } = module;
  return {
    name: module.name,
    dataSourceId: module.dataSourceId,
    kind: trigger.kind,
    settings: { ...others, ...settingsOf(trigger) },
    conditions: draftSet(module.conditions),
    fields: module.fields.map(({ name, type, from }) => ({
      ...newField(from.kind, name, '', type),
      ...(from.kind === 'source' && { field: from.field }),
      ...(from.kind === 'manual' && { value: from.value }),
      ...(from.kind === 'formula' && { formula: from.formula }),
    })),
    steps: module.steps,
  };
}

function settingsOf(trigger: Trigger): Partial<TriggerSettings> {
  switch (trigger.kind) {
    case 'itemAdded':
      return {};
    case 'fieldChanged':
      return { fields: trigger.fields, alsoWhenNew: trigger.alsoWhenNew };
    case 'matchConditions':
      return { match: draftSet(trigger), runOnce: trigger.runOnce };
    case 'buttonClicked':
      return { label: trigger.label ?? '' };
    case 'onScheduled':
      return { cron: trigger.cron, timeZone: trigger.timeZone ?? '', over: trigger.over };
  }
}

/** Whether a comparison needs something to compare with, and whether letter case matters to it. */
export const takesValue = (is: Condition['is']) =>
  is !== 'isEmpty' && is !== 'isNotEmpty' && is !== 'changed';
export const heedsCase = (is: Condition['is']) => takesValue(is) && is !== 'greater' && is !== 'less';

/** A row moved by one place; the same rows where there is no such place. */
export function moved<T>(rows: readonly T[], from: number, to: number): readonly T[] {
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length || to === from) return rows;
  const rest = rows.toSpliced(from, 1);
  return rest.toSpliced(to, 0, row);
}
