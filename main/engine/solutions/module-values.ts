// The values of a module's own fields for one item: taken from the source, given by hand, or made by a formula over the item and the
// fields above.
import type { FieldType, JsonValue, ModuleInput } from '#contract';
import type { TemplateContext } from '../actions/prepare-request.ts';
import { createRenderTime } from '../actions/render-time.ts';
import { toField } from '../mapping/field-values.ts';
import type { CallParts } from './call-parts.ts';
import { itemValue, type SeenItem } from './item-subject.ts';

export interface ModuleValues {
  values: Map<string, JsonValue>;
  types: Record<string, FieldType>;
  /** Why a field has no value, by name. */
  problems: Map<string, string>;
}

/** `context` holds what formulas read besides the module's fields. */
export function moduleValues(
  { fields }: ModuleInput,
  item: SeenItem | undefined,
  context: TemplateContext,
  parts: Pick<CallParts, 'renderFormula'>,
): ModuleValues {
  const values = new Map<string, JsonValue>();
  const problems = new Map<string, string>();
  const types = Object.create(null) as Record<string, FieldType>;
  const soFar = Object.create(null) as Record<string, JsonValue>;
  const time = createRenderTime();
  for (const { name, type, from } of fields) {
    types[name] = type;
    let value: JsonValue = null;
    try {
      const raw =
        from.kind === 'manual'
          ? from.value
          : from.kind === 'source'
            ? ((item && itemValue(item, from.field)) ?? null)
            : parts.renderFormula(from.formula, { ...context, module: soFar, moduleTypes: types }, time);
      const read = toField(raw === '' && type !== 'text' ? null : raw, type);
      if (read.problem !== undefined) problems.set(name, read.problem);
      value = read.value;
    } catch (error) {
      problems.set(name, error instanceof Error ? error.message : String(error));
    }
    values.set(name, value);
    soFar[name] = value;
  }
  return { values, types, problems };
}
