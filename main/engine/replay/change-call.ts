// One edit for many calls: headers set or left out, values of JSON bodies set or taken away. A body in which nothing is set goes byte for
// byte; one that is changed keeps every digit of the rest. Pure.
import { type CallChanges, ProblemError } from '#contract';
import { readDotted } from '../mapping/dotted-path.ts';
import type { PathKey, Segment } from '../mapping/path-segments.ts';
import { toJson } from '../mapping/to-json.ts';
import { parseBody } from '../parsing/parse-body.ts';
import { parseJson } from '../parsing/parse-json.ts';
import { isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';
import { type HeaderList, isNamed, type SourceCall, withoutHeaders } from './source-call.ts';

/** Read and written on the engine's loop: a larger one would hold it up. */
const mostBytes = 1024 * 1024;

type Step = { name: string } | { index: number } | { name: string; index: number };
export type CallChange = (call: SourceCall) => { call: SourceCall } | { impossible: string };

/** @throws ProblemError replay.invalid with the place of what cannot be read */
export function compileChanges({ headers = [], values = [] }: CallChanges): CallChange {
  const set = values.map(({ path, value }, at) => ({
    path,
    steps: stepsOf(path, at),
    text: value === undefined ? undefined : jsonTextOf(value),
  }));
  return (call) => {
    const others = withoutHeaders(
      call.headers,
      headers.map(({ name }) => name),
    );
    const added = headers.flatMap(
      ({ name, value }): HeaderList => (value === undefined ? [] : [[name, value]]),
    );
    const changed = { ...call, headers: [...others, ...added] };
    if (set.length === 0) return { call: changed };
    if (call.body.length > mostBytes)
      return { impossible: 'The body is larger than 1 MB. Edit this call alone.' };
    const parsed = parseBody({
      body: call.body,
      contentType: call.headers.find(isNamed('content-type'))?.[1],
      contentEncoding: call.headers.find(isNamed('content-encoding'))?.[1],
    });
    if (!parsed.ok || parsed.format !== 'json') {
      return { impossible: 'The body is no JSON, so no value in it can be set.' };
    }
    for (const { path, steps, text } of set) {
      const fault = put(parsed.value, steps, text === undefined ? undefined : parseJson(text).value);
      if (fault !== undefined) return { impossible: `${path} cannot be set: ${fault}` };
    }
    return {
      call: {
        ...changed,
        body: Buffer.from(toJson(parsed.value)),
        headers: [...withoutHeaders(others, ['content-encoding']).map(inUtf8), ...added],
      },
    };
  };
}

/** The same header, with the character set in which a changed body is written. */
function inUtf8([name, value]: [string, string]): [string, string] {
  const isType = name.toLowerCase() === 'content-type';
  return [name, isType ? value.replace(/(;\s*charset\s*=\s*)("[^"]*"|[^;\s]*)/i, '$1utf-8') : value];
}

function stepsOf(path: string, at: number): Step[] {
  const root = /^\s*\$\.?/.exec(path)?.[0].length ?? 0;
  const read = readDotted(path, root);
  const steps = read.ok ? read.segments.map(stepOf) : [];
  if (read.ok && steps.length > 0 && steps.every((step) => step !== undefined)) return steps;
  const why = read.ok ? 'It must name one place, such as data.email or items[0].sku.' : read.message;
  throw new ProblemError('replay.invalid', `"${path}" cannot be set. ${why}`, {
    path: `changes.values.${at}.path`,
    ...(read.ok ? {} : { at: { offset: read.position, length: 1 } }),
  });
}

function stepOf({ descendant, selectors }: Segment): Step | undefined {
  const [only, another] = selectors;
  if (descendant || another || !only) return undefined;
  if (only.kind === 'name') return { name: only.name };
  if (only.kind === 'index') return { index: only.index };
  return only.kind === 'nameOrIndex' ? { name: only.name, index: only.index } : undefined;
}

/** JSON as it is written; any other text is meant as a text. */
function jsonTextOf(written: string): string {
  try {
    JSON.parse(written);
    return written;
  } catch {
    // No JSON: a text without quotes, as people type it.
    return JSON.stringify(written);
  }
}

function keyIn(value: PayloadValue, step: Step): PathKey | undefined {
  if (Array.isArray(value)) {
    if (!('index' in step)) return undefined;
    const at = step.index < 0 ? value.length + step.index : step.index;
    return at >= 0 && at <= value.length ? at : undefined;
  }
  return isPayloadObject(value) && 'name' in step ? step.name : undefined;
}

/** Sets or, without a value, takes away. What is wrong, or undefined. */
function put(
  root: PayloadValue,
  steps: readonly Step[],
  value: PayloadValue | undefined,
): string | undefined {
  let at = root;
  for (const step of steps.slice(0, -1)) {
    const key = keyIn(at, step);
    const below = key === undefined || !Object.hasOwn(at as object, key) ? undefined : (at as never)[key];
    if (below === undefined) return value === undefined ? undefined : 'the place above it is not there.';
    at = below;
  }
  const last = steps.at(-1);
  const key = last && keyIn(at, last);
  if (key === undefined) return value === undefined ? undefined : 'the place above it holds no such thing.';
  if (value !== undefined) {
    Object.defineProperty(at, key, { value, writable: true, enumerable: true, configurable: true });
  } else if (Array.isArray(at)) at.splice(Number(key), 1);
  else delete (at as Record<string, PayloadValue>)[key];
  return undefined;
}
