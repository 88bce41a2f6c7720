// Values ready for the screen: a type and a text exactly as received, cut at a cap.
import type { FieldType, JsonValue, ShownValue } from '#contract';
import { ExactNumber, type PayloadValue, typeOfValue } from '../parsing/payload-value.ts';
import { toJsonCapped } from './to-json.ts';

/** Characters of a value that are shown; the whole is in the stored body. */
export const maxShownChars = 2_000;

export function shownValue(value: PayloadValue, maxChars = maxShownChars): ShownValue {
  const type = typeOfValue(value);
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber) {
    const whole = String(value);
    return whole.length > maxChars
      ? { type, text: whole.slice(0, maxChars), cut: true }
      : { type, text: whole };
  }
  const { text, cut } = toJsonCapped(value, maxChars);
  return cut ? { type, text, cut } : { type, text };
}

/** A field after its conversion. A number that stands as text keeps the type number. */
export function shownField(value: JsonValue, type: FieldType): ShownValue {
  const shown = shownValue(value);
  return type === 'number' && shown.type === 'text' ? { ...shown, type: 'number' } : shown;
}
