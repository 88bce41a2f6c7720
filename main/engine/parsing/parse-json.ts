// A JSON text to a payload value. Scan first (limits, exactness, place of a fault), then JSON.parse.
import { BodyFault, placeInText } from './body-fault.ts';
import { maxElements, tooManyElements } from './body-limits.ts';
import { ExactNumber, isPayloadObject, type PayloadValue } from './payload-value.ts';
import { type JsonScan, scanJson } from './scan-json.ts';

/** JSON.parse's third argument of the reviver, which TypeScript's library does not declare yet. */
type SourceReviver = (key: string, value: PayloadValue, context: { source?: string }) => PayloadValue;
const parseWithSource = JSON.parse as (text: string, reviver: SourceReviver) => PayloadValue;

/**
 * Any JSON value; numbers that a double does not give back as written become ExactNumber.
 * @throws BodyFault 400 malformedJson, 422 tooDeep or tooManyKeys
 */
export function parseJson(text: string): { value: PayloadValue; notes: string[]; keys: number } {
  const scan = scanJson(text);
  return { value: parseScanned(text, scan), notes: notesOf(scan), keys: scan.keys };
}

/** An object or a list of objects, as a call must be. @throws BodyFault as parseJson, and 422 notAnObject, tooManyElements */
export function parseJsonBody(text: string): { value: PayloadValue; notes: string[] } {
  const parsed = parseJson(text);
  const { value } = parsed;
  if (Array.isArray(value)) {
    if (value.length > maxElements) throw tooManyElements();
    const index = value.findIndex((element) => !isPayloadObject(element));
    if (index >= 0) {
      throw new BodyFault(
        422,
        'notAnObject',
        `Element ${index} of the list (counted from 0) is ${wordFor(value[index] as PayloadValue)}. Every element must be an object.`,
        { index },
      );
    }
  } else if (!isPayloadObject(value)) {
    throw new BodyFault(
      422,
      'notAnObject',
      `The body is ${wordFor(value)}. Send a JSON object or a list of objects.`,
      placeInText(text, text.length - text.trimStart().length),
    );
  }
  return parsed;
}

function parseScanned(text: string, scan: JsonScan): PayloadValue {
  if (!scan.inexact) return JSON.parse(text) as PayloadValue;
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? new ExactNumber(source)
      : value,
  );
}

function notesOf(scan: JsonScan): string[] {
  const notes: string[] = [];
  if (scan.duplicateKey !== undefined) {
    const key = JSON.stringify(scan.duplicateKey.slice(0, 60));
    notes.push(`The key ${key} stands twice in one object; the last value counts.`);
  }
  return notes;
}

function wordFor(value: PayloadValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return `the value ${value}`;
  return 'a number';
}
