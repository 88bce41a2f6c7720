// A module made ready to be tried on items: its trigger and its conditions, compiled once. Pure.
import type { ConditionResult, JsonValue, ModuleInput } from '#contract';
import { typesOf } from './check-module.ts';
import { type CompiledConditions, compileConditions } from './conditions.ts';
import { type EarlierItem, earlierSubject, itemChanged, type SeenItem, subjectOf } from './item-subject.ts';
import type { SourceFacts } from './source-facts-table.ts';

export interface CompiledModule {
  definition: ModuleInput;
  /**
   * Whether a change of an item fires the trigger. `unsure`: Match Conditions that are too costly for this moment; `matches` decides.
   */
  fires(item: SeenItem, before: EarlierItem | undefined): 'yes' | 'no' | 'unsure';
  /** Of Match Conditions: whether the item came to match. True for other triggers. */
  matches(
    item: SeenItem | undefined,
    before: EarlierItem | undefined,
    values: ReadonlyMap<string, JsonValue>,
  ): boolean;
  /** Conditions of the trigger and of the module, with what was found. */
  judge(
    item: SeenItem | undefined,
    before: EarlierItem | undefined,
    values: ReadonlyMap<string, JsonValue>,
  ): { held: boolean; results: ConditionResult[] };
}

const noValues: ReadonlyMap<string, JsonValue> = new Map();

export function compileModule(definition: ModuleInput, source: SourceFacts | undefined): CompiledModule {
  const { trigger } = definition;
  const typeOf = typesOf(definition, source);
  const { conditions } = compileConditions(definition.conditions, typeOf);
  const matching: CompiledConditions | undefined =
    trigger.kind === 'matchConditions' ? compileConditions(trigger, typeOf).conditions : undefined;

  const matches: CompiledModule['matches'] = (item, before, values) => {
    if (!matching) return true;
    if (!item || !matching.hold(subjectOf(item, before, values))) return false;
    return before === undefined || !matching.hold(earlierSubject(item, before, values));
  };

  return {
    definition,
    matches,
    fires(item, before) {
      switch (trigger.kind) {
        case 'itemAdded':
          return before === undefined ? 'yes' : 'no';
        case 'fieldChanged':
          if (before === undefined && !trigger.alsoWhenNew) return 'no';
          return trigger.fields.some((field) => itemChanged(item, before, field)) ? 'yes' : 'no';
        case 'matchConditions':
          if (!matching?.cheap) return 'unsure';
          return matches(item, before, noValues) ? 'yes' : 'no';
        case 'buttonClicked':
        case 'onScheduled':
          return 'no';
      }
    },
    judge(item, before, values) {
      const subject = subjectOf(item, before, values);
      const own = conditions.judge(subject);
      // A button and a schedule run whether or not something changed; the conditions of the trigger are told with the others.
      const triggers = matching?.judge(subject).results ?? [];
      return { held: own.held, results: [...triggers, ...own.results] };
    },
  };
}
