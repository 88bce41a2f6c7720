// What is typed into a field, to its value and back. Pure.
import type { FieldType, JsonValue } from '#contract';
import { text } from '../../text/en.ts';
import { objectOfRows } from './value-rows.ts';

/** A value as it stands in its input; nothing is the empty text. */
export function typedOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Numbers and dates stay as typed: the engine reads them without losing a digit. Empty gives null. */
export function valueTyped(typed: string, type: FieldType): { value: JsonValue } | { problem: string } {
  if (typed.trim() === '') return { value: null };
  if (type === 'boolean') return { value: typed === 'true' };
  if (type !== 'list' && type !== 'object') return { value: typed };
  const object = objectOfRows(typed);
  if (object === 'twice') return { problem: text.manual.nameTwice };
  if (object) return { value: object };
  const problem = type === 'list' ? text.manual.noList : text.manual.noObject;
  let value: JsonValue;
  try {
    value = JSON.parse(typed, keepDigits) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return { problem };
    throw error;
  }
  const isFit = Array.isArray(value)
    ? type === 'list'
    : type === 'object' && typeof value === 'object' && value !== null;
  return isFit ? { value } : { problem };
}

/** A number that a double does not give back as it was typed becomes a text, as in everything received. */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return String(value) === context.source ? value : context.source;
}
