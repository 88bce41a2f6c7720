// What conditions and templates see of an item: its values, and whether they changed. Pure.
import type { JsonValue } from '#contract';
import { isEmpty } from '../items/item-values.ts';
import type { Subject } from './conditions.ts';

export interface SeenItem {
  id: string;
  externalId: string;
  title: string;
  fields: Record<string, JsonValue>;
  version: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

export interface EarlierItem {
  title: string;
  fields: Record<string, JsonValue>;
}

const fieldPrefix = 'fields.';

/** Of a field that is not the item's: undefined. */
export function itemValue(item: SeenItem, field: string): JsonValue | undefined {
  switch (field) {
    case 'id':
      return item.externalId;
    case 'title':
      return item.title;
    case 'createdAt':
      return new Date(item.createdAt).toISOString();
    case 'updatedAt':
      return new Date(item.updatedAt).toISOString();
    case 'version':
      return item.version;
    default:
      return field.startsWith(fieldPrefix) ? own(item.fields, field.slice(fieldPrefix.length)) : undefined;
  }
}

/** Of a new item every value that is not empty counts as changed. */
export function itemChanged(item: SeenItem, before: EarlierItem | undefined, field: string): boolean {
  if (field === 'updatedAt' || field === 'version') return true;
  if (!before) return !isEmpty(itemValue(item, field));
  if (field === 'title') return before.title !== item.title;
  if (!field.startsWith(fieldPrefix)) return false;
  const name = field.slice(fieldPrefix.length);
  return JSON.stringify(own(before.fields, name)) !== JSON.stringify(own(item.fields, name));
}

export function subjectOf(
  item: SeenItem | undefined,
  before: EarlierItem | undefined,
  moduleValues: ReadonlyMap<string, JsonValue>,
): Subject {
  return {
    value(field) {
      if (field.startsWith('module.')) return moduleValues.get(field.slice('module.'.length));
      return item && itemValue(item, field);
    },
    changed: (field) => item !== undefined && itemChanged(item, before, field),
  };
}

/** The item as it was before, on which nothing has changed. */
export function earlierSubject(
  item: SeenItem,
  before: EarlierItem,
  moduleValues: ReadonlyMap<string, JsonValue>,
): Subject {
  return { ...subjectOf({ ...item, ...before }, before, moduleValues), changed: () => false };
}

/** Names of the fields (and `title`) that differ. */
export function changedFields(item: SeenItem, before: EarlierItem | undefined): string[] {
  const names = new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(item.fields)]);
  return ['title', ...[...names].map((name) => `${fieldPrefix}${name}`)].filter((field) =>
    itemChanged(item, before, field),
  );
}

function own(fields: Record<string, JsonValue>, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
