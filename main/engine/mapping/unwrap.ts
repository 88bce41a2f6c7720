// Unwrapping: a text inside a payload that holds JSON or base64 is replaced by what it holds. Pure; the payload is never changed,
// only the way down to the text is copied. Threats: texts made to cost time or memory. What comes out is bound like a body.
import type { MappingRow, UnwrapAs, UnwrapStep } from '#contract';
import { BodyFault } from '../parsing/body-fault.ts';
import { parseJson } from '../parsing/parse-json.ts';
import { emptyPayloadObject, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';
import { type CompiledPath, compilePath, type PathContext } from './compile-path.ts';
import type { PathKey } from './path-segments.ts';

export interface CompiledUnwrap {
  row: string;
  path: CompiledPath;
  as: UnwrapAs;
}

/** Texts that one step may unwrap in one call. */
const maxPlaces = 10_000;

/** What can be compiled, and a row for each step that cannot. */
export function compileUnwrap(steps: readonly UnwrapStep[]): {
  compiled: CompiledUnwrap[];
  rows: MappingRow[];
} {
  const compiled: CompiledUnwrap[] = [];
  const rows: MappingRow[] = [];
  for (const [i, { path: text, as }] of steps.entries()) {
    const row = `unwrap.${i}`;
    const result = compilePath(text);
    if (result.ok && (result.path.source === 'headers' || result.path.source === 'query')) {
      const message = 'Only values of the body can be unwrapped.';
      rows.push({ row, problem: { code: 'syntax', message, position: 0 } });
    } else if (result.ok) {
      compiled.push({ row, path: result.path, as });
    } else if (text.trim() === '') {
      rows.push({
        row,
        problem: { code: 'empty', message: 'Which text is to be unwrapped? Give its path.' },
      });
    } else {
      const { message, position } = result;
      rows.push({ row, problem: { code: 'syntax', message, position } });
    }
  }
  return { compiled, rows };
}

export interface Unwrapped {
  value: PayloadValue;
  /** One for each step: the first value that came out, or why none did; `isAbsent` where the call has no such place. */
  steps: { row: string; value?: PayloadValue; fault?: string; isAbsent?: boolean }[];
}

/** Steps in order, each on what the ones before left. A text that does not hold what the step expects stays as it is. */
export function unwrap(
  steps: readonly CompiledUnwrap[],
  payload: PayloadValue,
  context: PathContext,
): Unwrapped {
  let value = payload;
  const results: Unwrapped['steps'] = [];
  for (const { row, path, as } of steps) {
    const result: Unwrapped['steps'][number] = { row };
    const places = path.find(value, { ...context, root: value }).slice(0, maxPlaces);
    if (places.length === 0) {
      result.isAbsent = true;
      result.fault = 'There is nothing at this path in this call.';
    }
    for (const place of places) {
      const opened = open(place.value, as);
      if ('fault' in opened) {
        result.fault ??= opened.fault;
      } else {
        value = replacedAt(value, place.path, opened.value);
        if (!('value' in result)) result.value = opened.value;
      }
    }
    results.push(result);
  }
  return { value, steps: results };
}

function open(value: PayloadValue, as: UnwrapAs): { value: PayloadValue } | { fault: string } {
  if (typeof value !== 'string') return { fault: 'Only a text can be unwrapped, and this is none.' };
  if (as === 'json') return readJson(value);
  const text = decodeBase64(value);
  if (text === undefined) return { fault: 'This text is no base64 of a text.' };
  return as === 'base64' ? { value: text } : readJson(text);
}

function readJson(text: string): { value: PayloadValue } | { fault: string } {
  try {
    return { value: parseJson(text).value };
  } catch (error) {
    if (error instanceof BodyFault) return { fault: `This text is no JSON. ${error.message}` };
    throw error;
  }
}

/** Base64 or base64url, padding and line breaks optional; undefined unless it is the base64 of UTF-8 text. */
function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\s=]+/g, '');
  if (compact === '' || compact.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*$/.test(compact)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64url'));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A copy of `top` with another value at one place; everything beside the way there is shared with the old one. */
function replacedAt(top: PayloadValue, path: readonly PathKey[], value: PayloadValue): PayloadValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(top) && typeof key === 'number') {
    const copy = top.slice();
    copy[key] = replacedAt(copy[key] as PayloadValue, rest, value);
    return copy;
  }
  // The list of one that XML reads: its only entry is the value itself.
  if (!isPayloadObject(top) || typeof key === 'number') return replacedAt(top, rest, value);
  const copy = Object.assign(emptyPayloadObject(), top);
  copy[key] = replacedAt(copy[key] as PayloadValue, rest, value);
  return copy;
}
