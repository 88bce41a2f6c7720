// A typed value of an item in one line; objects and lists as compact JSON.
import type { JsonValue, ShownValue } from '#contract';
import { PayloadText } from '../payload/payload-text.tsx';
import { ValueText } from '../payload/value-text.tsx';

export function shownOf(value: JsonValue): ShownValue {
  if (value === null) return { type: 'null', text: 'null' };
  if (typeof value === 'string') return { type: 'text', text: value };
  if (typeof value === 'number') return { type: 'number', text: String(value) };
  if (typeof value === 'boolean') return { type: 'boolean', text: String(value) };
  return { type: Array.isArray(value) ? 'list' : 'object', text: JSON.stringify(value) };
}

/** Text without quotes, as in a table; everything else by its type's colour and shape. */
export function FieldValue({ value }: { value: JsonValue | undefined }) {
  if (value === undefined) return <span aria-hidden="true">–</span>;
  if (typeof value === 'string') return <PayloadText text={value} />;
  return <ValueText value={shownOf(value)} />;
}
