// Which values of a manual source would not fit another type of their field, so that a change of the type is refused rather than empties them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FieldType, JsonValue } from '#contract';
import type { ItemsTable } from '../items/items-table.ts';
import { toDateText } from '../mapping/date-text.ts';
import { toField } from '../mapping/field-values.ts';
import type { ManualField } from './manual-mapping.ts';

/** Items that are looked at in one turn of the loop. */
const itemsAtOnce = 100;

export interface UnfitValues {
  field: ManualField;
  items: number;
  example: { title: string; value: JsonValue };
}

export interface ReplacedValues {
  itemId: string;
  fields: Record<string, JsonValue>;
}

/** Why a value is not fit for a type; undefined where it is. Null fits every type. */
export function whyUnfit(value: JsonValue, type: FieldType): string | undefined {
  const { problem } = toField(value, type);
  if (problem !== undefined) return problem;
  const isNoDate = type === 'date' && value !== null && toDateText(value) === undefined;
  return isNoDate ? 'Expected a date such as 2026-11-24 or 2026-11-24T09:30.' : undefined;
}

/** The first field whose values do not all fit, with how many; `replaced` is what stands in an item no longer than until now. */
export async function findUnfitValues(
  table: ItemsTable,
  dataSourceId: string,
  revision: number,
  fields: readonly ManualField[],
  replaced: ReplacedValues | undefined,
  signal: AbortSignal,
): Promise<UnfitValues | undefined> {
  const unfit = new Map<string, UnfitValues>();
  let after: string | undefined;
  for (;;) {
    const rows = table.inIdOrder(dataSourceId, revision, after, itemsAtOnce);
    for (const row of rows) {
      const values = JSON.parse(row.fields) as Record<string, JsonValue>;
      for (const field of fields) {
        const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
        if (row.id === replaced?.itemId && Object.hasOwn(replaced.fields, field.name)) continue;
        if (value === undefined || whyUnfit(value, field.type) === undefined) continue;
        const seen = unfit.get(field.name);
        if (seen) seen.items += 1;
        else unfit.set(field.name, { field, items: 1, example: { title: row.title, value } });
      }
    }
    after = rows.at(-1)?.external_id;
    if (rows.length < itemsAtOnce || after === undefined) break;
    await nextTurn();
    signal.throwIfAborted();
  }
  return fields.flatMap(({ name }) => unfit.get(name) ?? [])[0];
}
