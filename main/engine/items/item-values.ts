// What an item says in a column, how two such values are ordered and whether one passes a filter. Numbers are compared by their
// digits, so that 12345678901234567890 and …891 stay apart. Pure; knows no store.
import type { FieldType, ItemFilter, JsonValue } from '#contract';
import { compareNumbers } from '../mapping/exact-compare.ts';
import { ExactNumber } from '../parsing/payload-value.ts';
import type { ItemRow } from './items-table.ts';

export type FieldTypes = Readonly<Record<string, FieldType>>;

/** An item with its fields read at most once. */
export interface ReadItem {
  row: ItemRow;
  fields(): Record<string, JsonValue>;
}

export function readItem(row: ItemRow): ReadItem {
  let fields: Record<string, JsonValue> | undefined;
  return {
    row,
    fields() {
      fields ??= JSON.parse(row.fields) as Record<string, JsonValue>;
      return fields;
    },
  };
}

const fieldPrefix = 'fields.';

export function fieldNameOf(column: string): string | undefined {
  return column.startsWith(fieldPrefix) ? column.slice(fieldPrefix.length) : undefined;
}

/** Times are milliseconds since 1970. */
export function valueIn(item: ReadItem, column: string): JsonValue | undefined {
  const { row } = item;
  switch (column) {
    case 'id':
      return row.external_id;
    case 'title':
      return row.title;
    case 'createdAt':
      return row.created_at;
    case 'updatedAt':
      return row.updated_at;
    case 'version':
      return row.version;
    default: {
      const fields = item.fields();
      const name = fieldNameOf(column) ?? '';
      return Object.hasOwn(fields, name) ? fields[name] : undefined;
    }
  }
}

/** What a value is ordered by. Numbers stand before texts; what has no value comes last in either direction. */
export type SortKey =
  | { kind: 'number'; value: string | number }
  | { kind: 'text'; value: string }
  | { kind: 'none' };

/** Characters of a text that decide its place. */
const sortedChars = 200;

export function sortKeyOf(value: JsonValue | undefined, type: FieldType | undefined): SortKey {
  if (isEmpty(value)) return { kind: 'none' };
  const number = type === 'text' || type === 'date' ? undefined : numberIn(value);
  if (number !== undefined)
    return { kind: 'number', value: typeof number === 'number' ? number : number.source };
  return { kind: 'text', value: textOf(value).toLowerCase().slice(0, sortedChars) };
}

/** Below 0, 0 or above 0. */
export function compareSortKeys(
  left: SortKey,
  right: SortKey,
  direction: 'ascending' | 'descending',
): number {
  if (left.kind === 'none' || right.kind === 'none') {
    return Number(left.kind === 'none') - Number(right.kind === 'none');
  }
  const sign = direction === 'ascending' ? 1 : -1;
  if (left.kind === 'number' && right.kind === 'number') {
    return sign * compareNumbers(exactly(left.value), exactly(right.value));
  }
  if (left.kind !== right.kind) return left.kind === 'number' ? -sign : sign;
  return left.value === right.value ? 0 : left.value < right.value ? -sign : sign;
}

function exactly(value: string | number): number | ExactNumber {
  return typeof value === 'number' ? value : new ExactNumber(value);
}

/** The number that a value is or that its text writes, with all its digits. */
export function numberIn(value: JsonValue | undefined): number | ExactNumber | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^\+/, '');
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return String(number) === text ? number : new ExactNumber(text);
}

export function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether an item passes a filter. `type` is the type of the field; without it the value's own type decides. */
export function passes(item: ReadItem, filter: ItemFilter, types: FieldTypes): boolean {
  const value = valueIn(item, filter.column);
  if (filter.is === 'empty') return isEmpty(value);
  if (filter.is === 'notEmpty') return !isEmpty(value);
  const wanted = filter.value ?? '';
  if (isEmpty(value)) return filter.is === 'equals' && wanted === '';
  const type = typeOf(filter.column, types);
  if (type === 'date') return passesAsDate(value, filter.is, wanted);
  if (filter.is === 'contains') return textOf(value).toLowerCase().includes(wanted.toLowerCase());
  if (type !== 'text') {
    const number = numberIn(value);
    const limit = numberIn(wanted);
    if (number !== undefined && limit !== undefined) {
      const order = compareNumbers(number, limit);
      return filter.is === 'equals' ? order === 0 : filter.is === 'greater' ? order > 0 : order < 0;
    }
    if (type === 'number' || typeof value === 'number') return false;
  }
  const text = textOf(value);
  if (filter.is === 'equals') return text === wanted;
  const [left, right] = [text.toLowerCase(), wanted.toLowerCase()];
  return filter.is === 'greater' ? left > right : left < right;
}

function typeOf(column: string, types: FieldTypes): FieldType | undefined {
  if (column === 'createdAt' || column === 'updatedAt') return 'date';
  if (column === 'id' || column === 'title') return 'text';
  const name = fieldNameOf(column);
  return name !== undefined && Object.hasOwn(types, name) ? types[name] : undefined;
}

/** A day without a time means the whole day, in UTC. */
function passesAsDate(value: JsonValue | undefined, is: ItemFilter['is'], wanted: string): boolean {
  const text = typeof value === 'number' ? new Date(value).toISOString() : textOf(value);
  if (is === 'contains') return text.toLowerCase().includes(wanted.toLowerCase());
  const at = Date.parse(text);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(wanted.trim());
  const from = Date.parse(wanted.trim());
  if (Number.isNaN(at) || Number.isNaN(from)) return is === 'equals' && text === wanted;
  const until = from + (day ? 24 * 60 * 60 * 1000 - 1 : 0);
  if (is === 'equals') return at >= from && at <= until;
  return is === 'greater' ? at > until : at < from;
}
