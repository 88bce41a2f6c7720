// What a payload is once it is read: JSON-shaped data in which every number keeps the digits that were sent.
// Objects may have any key (`__proto__`, `toJSON`, `then`, …) as own property; read them with Object.hasOwn or Object.keys only.
import type { ValueType } from '#contract';

export type PayloadValue = null | boolean | number | string | ExactNumber | PayloadValue[] | PayloadObject;
export interface PayloadObject {
  [key: string]: PayloadValue;
}

/** What TypeScript's library does not declare yet: text that JSON.stringify writes as it stands. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/**
 * A JSON number whose text is not what `String(Number(text))` gives back: 1.10, 1e5, -0, 12345678901234567890.
 * A leaf without own properties. `String(n)` and `JSON.stringify(n)` give the digits as received; `Number(n)` the nearest double.
 */
export class ExactNumber {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
    Object.freeze(this);
  }
  /** The number exactly as it was written in the body. */
  get source(): string {
    return this.#source;
  }
  toString(): string {
    return this.#source;
  }
  valueOf(): number {
    return Number(this.#source);
  }
  toJSON(): unknown {
    return rawJson(this.#source);
  }
}

/** True for an object of the payload; false for lists, null, scalars and exact numbers. */
export function isPayloadObject(value: PayloadValue | undefined): value is PayloadObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** An empty object on which every key, `__proto__` included, is an ordinary own property. */
export function emptyPayloadObject(): PayloadObject {
  return Object.create(null) as PayloadObject;
}

export function typeOfValue(value: PayloadValue): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || value instanceof ExactNumber) return 'number';
  return 'object';
}
