// Finding a text anywhere in a payload, and one value as a whole; for readers of a tree of which only a part was fetched. Pure.
import type { FoundPlaces, PayloadPlace } from '#contract';
import { ExactNumber, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';
import { type CompiledPath, compilePath, type PathContext } from './compile-path.ts';
import { formatPath } from './dotted-path.ts';
import type { PathKey } from './path-segments.ts';
import { toPrettyJson } from './to-json.ts';

const placesAtOnce = 200;
/** Characters of one value that travel. */
const maxValueChars = 4 * 1024 * 1024;

/**
 * Places whose key or value (texts, numbers, true, false, null) holds `text`, without regard to letter case, in the order of the
 * body. A text that starts with `$` and is a path finds what it selects; one that only looks like a path is sought as a text, with the fault told. Places are numbered in that order; the search goes on at number `after`, and `next` is where it would go on.
 */
export function findPlaces(value: PayloadValue, text: string, after: number): FoundPlaces {
  let fault: FoundPlaces['fault'];
  if (text.startsWith('$')) {
    const compiled = compilePath(text);
    if (compiled.ok && compiled.path.source === 'body') return selectPlaces(value, compiled.path, after);
    if (!compiled.ok && /^\$(?:[.[]|$)/.test(text)) {
      fault = { message: compiled.message, position: compiled.position };
    }
  }
  const sought = text.toLowerCase();
  const found: PayloadPlace[] = [];
  const segments: PathKey[] = [];
  let number = 0;
  let next: number | undefined;

  function visit(inner: PayloadValue, key: PathKey | undefined): void {
    if (next !== undefined) return;
    const here = number++;
    if (here >= after && holds(inner, key)) {
      if (found.length === placesAtOnce) {
        next = here;
        return;
      }
      found.push({ path: segments.length === 0 ? '$' : formatPath(segments), segments: [...segments] });
    }
    if (Array.isArray(inner)) {
      for (const [i, element] of inner.entries()) below(i, element);
    } else if (isPayloadObject(inner)) {
      for (const name of Object.keys(inner)) below(name, inner[name] as PayloadValue);
    }
  }
  function below(key: PathKey, inner: PayloadValue): void {
    segments.push(key);
    visit(inner, key);
    segments.pop();
  }
  function holds(inner: PayloadValue, key: PathKey | undefined): boolean {
    if (typeof key === 'string' && key.toLowerCase().includes(sought)) return true;
    if (Array.isArray(inner) || isPayloadObject(inner)) return false;
    const shown = inner instanceof ExactNumber ? inner.source : String(inner);
    return shown.toLowerCase().includes(sought);
  }

  visit(value, undefined);
  return { found, isPath: false, ...(next !== undefined && { next }), ...(fault && { fault }) };
}

function selectPlaces(value: PayloadValue, path: CompiledPath, after: number): FoundPlaces {
  const all = path.find(value);
  const found = all.slice(after, after + placesAtOnce).map(({ path }) => ({
    path: path.length === 0 ? '$' : formatPath(path),
    segments: path,
  }));
  return { found, isPath: true, ...(after + placesAtOnce < all.length && { next: after + placesAtOnce }) };
}

/** A text as it is; everything else as JSON with every digit. Undefined where the path leads nowhere. */
export function wholeValue(
  value: PayloadValue,
  pathText: string,
  context: PathContext = {},
): { text: string; cut: boolean } | undefined {
  const compiled = compilePath(pathText);
  if (!compiled.ok) return undefined;
  const found = compiled.path.first(value, context);
  if (!found) return undefined;
  if (typeof found.value !== 'string') return toPrettyJson(found.value, maxValueChars);
  const cut = found.value.length > maxValueChars;
  return { text: cut ? found.value.slice(0, maxValueChars) : found.value, cut };
}
