// Payload values to the typed values of fields. A value that does not fit its type becomes null with a sentence why;
// texts and dates are never refused. No digit is lost: a number that a double does not give back becomes text.
import type { FieldType, JsonValue } from '#contract';
import { ExactNumber, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';
import { toDateText } from './date-text.ts';
import { toJson, toJsonCapped } from './to-json.ts';

export interface FieldResult {
  value: JsonValue;
  /** Why the value could not be read as its type. */
  problem?: string;
}

/** Plain JSON: exact numbers become text, keys such as `__proto__` stay own properties. */
export function toJsonValue(value: PayloadValue): JsonValue {
  if (value instanceof ExactNumber) return value.source;
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (!isPayloadObject(value)) return value;
  const object = Object.create(null) as { [key: string]: JsonValue };
  for (const key of Object.keys(value)) object[key] = toJsonValue(value[key] as PayloadValue);
  return object;
}

/** Text as people see it: a text as it is, a number with its digits, objects and lists as compact JSON. Null has none. */
export function toText(value: PayloadValue): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  return typeof value === 'object' && !(value instanceof ExactNumber) ? toJson(value) : String(value);
}

/** Characters of one field's value, nested ones as JSON. What is larger stays in the stored call only. */
const maxFieldChars = 1024 * 1024;

export function toField(value: PayloadValue, type: FieldType): FieldResult {
  if (value === null) return { value: null };
  if (isTooLarge(value)) {
    return {
      value: null,
      problem: 'The value is larger than 1 MiB. It is kept in the call, not in the item.',
    };
  }
  switch (type) {
    case 'text':
      return { value: toText(value) ?? null };
    case 'number':
      return toNumber(value);
    case 'date':
      return { value: toDateText(value) ?? toText(value) ?? null };
    case 'boolean':
      return toBoolean(value);
    case 'list':
      return { value: Array.isArray(value) ? value.map(toJsonValue) : [toJsonValue(value)] };
    case 'object':
      return isPayloadObject(value)
        ? { value: toJsonValue(value) }
        : { value: null, problem: `Expected an object, found ${wordFor(value)}.` };
  }
}

function isTooLarge(value: PayloadValue): boolean {
  if (typeof value === 'string') return value.length > maxFieldChars;
  if (value instanceof ExactNumber) return value.source.length > maxFieldChars;
  const isNested = Array.isArray(value) || isPayloadObject(value);
  return isNested && toJsonCapped(value, maxFieldChars).cut;
}

function toNumber(value: PayloadValue): FieldResult {
  if (typeof value === 'number') return { value };
  if (value instanceof ExactNumber) return { value: value.source };
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '') return { value: null };
    if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
      const number = Number(text);
      return { value: String(number) === text ? number : text };
    }
  }
  return { value: null, problem: `Expected a number, found ${wordFor(value)}.` };
}

const truths = new Set(['true', 'yes', 'y', 'on', '1']);
const untruths = new Set(['false', 'no', 'n', 'off', '0']);

function toBoolean(value: PayloadValue): FieldResult {
  if (typeof value === 'boolean') return { value };
  if (typeof value === 'string' || typeof value === 'number') {
    const word = String(value).trim().toLowerCase();
    if (truths.has(word)) return { value: true };
    if (untruths.has(word)) return { value: false };
    if (word === '') return { value: null };
  }
  return { value: null, problem: `Expected true or false, found ${wordFor(value)}.` };
}

export function wordFor(value: PayloadValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isPayloadObject(value)) return 'an object';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'string' ? 'a text' : 'a number';
}
