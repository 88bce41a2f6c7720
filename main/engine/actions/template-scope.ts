// What templates can read, made from an item, the capture behind it and the fields of a module; and the list of it with examples.
import type { FieldType, JsonValue, TemplateValue } from '#contract';
import { compareNumbers } from '../mapping/exact-compare.ts';
import { ExactNumber } from '../parsing/payload-value.ts';
import { textOf } from './liquid-templates.ts';

/** What templates read: `item.…`, `capture.…`, `module.…`. */
export interface TemplateContext {
  item?:
    | {
        /** Ours; templates read it as `item.itemId`, because `id` is the item's own. */
        id: string;
        externalId: string;
        title: string;
        fields: Record<string, JsonValue>;
        createdAt: string;
        updatedAt: string;
        version: number;
      }
    | undefined;
  capture?:
    | {
        id: string;
        receivedAt: string;
        eventType?: string | undefined;
        headers: [string, string][];
        query: string;
        /** The parsed body, where it is at hand. */
        body?: unknown;
      }
    | undefined;
  module?: Record<string, unknown> | undefined;
  /** Of a module: what earlier steps brought, by step id. */
  steps?: Record<string, { status: number; answer?: unknown }> | undefined;
  /** Types of the item's fields: a number that stands as text (many digits) is printed as a number. */
  fieldTypes?: Record<string, FieldType> | undefined;
  /** The same for the fields of the module. */
  moduleTypes?: Record<string, FieldType> | undefined;
}

/** A number of many digits: written digit for digit, and compared by them. */
class LongNumber extends ExactNumber {
  equals(other: unknown): boolean {
    return this.#against(other) === 0;
  }
  gt(other: unknown): boolean {
    return this.#against(other) > 0;
  }
  geq(other: unknown): boolean {
    return this.#against(other) >= 0;
  }
  lt(other: unknown): boolean {
    return this.#against(other) < 0;
  }
  leq(other: unknown): boolean {
    return this.#against(other) <= 0;
  }
  /** NaN where the other is no number: every comparison is false. */
  #against(other: unknown): number {
    const text = textOf(other);
    return isNumberText(text) ? compareNumbers(this, new ExactNumber(text)) : Number.NaN;
  }
}

const isNumberText = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);

function typed(
  values: Record<string, unknown>,
  types: Record<string, FieldType> | undefined,
): Record<string, unknown> {
  const fit = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(values)) {
    const isNumber = types && Object.hasOwn(types, name) && types[name] === 'number';
    fit[name] = isNumber && typeof value === 'string' && isNumberText(value) ? new LongNumber(value) : value;
  }
  return fit;
}

/** Names in lower case; a name that comes twice is joined as HTTP joins it. */
function headersOf(headers: readonly [string, string][]): Record<string, string> {
  const byName = Object.create(null) as Record<string, string>;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    byName[key] = byName[key] === undefined ? value : `${byName[key]}, ${value}`;
  }
  return byName;
}

function queryOf(query: string): Record<string, string> {
  const byName = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(query)) byName[name] ??= value;
  return byName;
}

export function scopeOf(context: TemplateContext): object {
  const { item, capture, module } = context;
  return {
    ...(item && {
      item: {
        id: item.externalId,
        externalId: item.externalId,
        itemId: item.id,
        title: item.title,
        fields: typed(item.fields, context.fieldTypes),
        createdAt: item.createdAt,
        updatedAt: item.updatedAt,
        version: item.version,
      },
    }),
    ...(capture && {
      capture: {
        id: capture.id,
        receivedAt: capture.receivedAt,
        eventType: capture.eventType ?? '',
        headers: headersOf(capture.headers),
        query: queryOf(capture.query),
        ...(capture.body === undefined ? {} : { body: capture.body }),
      },
    }),
    module: typed(module ?? {}, context.moduleTypes),
    ...(context.steps && { steps: context.steps }),
  };
}

const mostValues = 300;
const deepestValue = 6;
const longestExample = 200;

/** What can be inserted, in the order of the scope, down to single values; with an example each. */
export function templateValues(context: TemplateContext): TemplateValue[] {
  const values: TemplateValue[] = [];

  function add(expression: string, value: unknown): void {
    if (values.length >= mostValues) return;
    const text = textOf(value);
    values.push({
      expression,
      example: text.length > longestExample ? `${text.slice(0, longestExample - 1)}…` : text,
      type: typeWord(value),
    });
  }
  function walk(expression: string, value: unknown, depth: number): void {
    const isInner = typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
    if (!isInner || depth > 1) add(expression, value);
    if (!isInner || depth >= deepestValue) return;
    const members = Array.isArray(value)
      ? value.slice(0, 3).map((each, index) => [index, each] as const)
      : Object.entries(value);
    for (const [key, inner] of members) walk(memberOf(expression, key), inner, depth + 1);
  }

  for (const [root, value] of Object.entries(scopeOf(context))) walk(root, value, 0);
  return values;
}

function memberOf(expression: string, key: string | number): string {
  if (typeof key === 'number') return `${expression}[${key}]`;
  if (/^[A-Za-z_][\w-]*$/.test(key)) return `${expression}.${key}`;
  // Liquid knows no escapes in texts: the other quotes are used where one stands in the name.
  return key.includes('"') ? `${expression}['${key}']` : `${expression}["${key}"]`;
}

function typeWord(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'list';
  if (value instanceof ExactNumber || typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'object';
}
