// A path as people type it to something that finds values. Two notations: dotted (data.email, items[0].sku, ["odd key"].x)
// and JSONPath (RFC 9535, from $ on). Beside the body: $root.… (the whole payload, also where a split is set),
// $headers["x-event"] (any letter case) and $query["page"]. Nothing in a path ever runs as code.
import type { PayloadValue } from '../parsing/payload-value.ts';
import { compileJsonPath } from './compile-json-path.ts';
import { type DottedResult, readDotted, readQuotedName } from './dotted-path.ts';
import { type PathKey, pathOf, type Segment, type Walk, walkSegments } from './path-segments.ts';

export interface Found {
  value: PayloadValue;
  /** Keys and indexes from the value that was searched; of a header or query value its name. */
  path: PathKey[];
}

/** What a path may reach beside the value that it is applied to. */
export interface PathContext {
  /** The whole payload, for `$root`; the value itself where left out. */
  root?: PayloadValue;
  headers?: readonly (readonly [string, string])[];
  /** The query string without `?`. */
  query?: string;
  /** True for XML: `[0]` and `[*]` take a single element as a list of one. */
  singleAsList?: boolean;
}

export interface CompiledPath {
  source: 'body' | 'root' | 'headers' | 'query';
  /** Empty for headers and query. */
  segments: readonly Segment[];
  /** True for filters, descendants and unions: apply these off the main thread. */
  heavy: boolean;
  /** Everything that the path selects, in document order. */
  find(value: PayloadValue, context?: PathContext): Found[];
  /** The first of `find`, the one that counts where a single value is needed. */
  first(value: PayloadValue, context?: PathContext): Found | undefined;
}

export type CompilePathResult =
  | { ok: true; path: CompiledPath }
  /** `position` counts characters from 0 in the text as given, spaces in front included. */
  | { ok: false; message: string; position: number };

const maxLength = 20_000;
const maxJsonPathLength = 2_000;

export function compilePath(text: string): CompilePathResult {
  const trimmed = text.trim();
  const shift = text.length - text.trimStart().length;
  if (trimmed === '') return { ok: false, message: 'The path is empty.', position: 0 };
  if (trimmed.length > maxLength) {
    return { ok: false, message: `The path is longer than ${maxLength} characters.`, position: maxLength };
  }
  const result = compileTrimmed(trimmed);
  return result.ok ? result : { ...result, position: result.position + shift };
}

function compileTrimmed(text: string): CompilePathResult {
  const named = /^\$(headers|query)(?![\w-])/.exec(text);
  if (named) return compileNamed(text, named[1] === 'headers' ? 'headers' : 'query');
  const rooted = /^\$root(?![\w-])/.exec(text);
  if (rooted) return overSegments('root', readRest(text, rooted[0].length));
  if (text.startsWith('$')) return overSegments('body', readJsonPath(text, 0));
  return overSegments('body', readFrom(text, 0));
}

/** Behind `$root`: nothing, or a dotted path that starts with a dot or a bracket. */
function readRest(text: string, from: number): DottedResult {
  if (from === text.length) return { ok: true, segments: [] };
  const next = text.charAt(from);
  if (next === '[') return readFrom(text, from);
  if (next === '.' && from + 1 < text.length) return readFrom(text, from + 1);
  if (next === '.')
    return { ok: false, message: 'A name is missing after the last dot.', position: text.length };
  return { ok: false, message: 'Expected a dot or [ here.', position: from };
}

function readFrom(text: string, from: number): DottedResult {
  const dotted = readDotted(text, from);
  if (dotted.ok || !dotted.needsJsonPath) return dotted;
  const prefix = text.charAt(from) === '[' ? '$' : '$.';
  return readJsonPath(prefix + text.slice(from), from - prefix.length);
}

/** `shift` turns a position in the JSONPath text into one in the text as typed. */
function readJsonPath(text: string, shift: number): DottedResult {
  if (text.length > maxJsonPathLength) {
    const dotted = plainJsonPath(text);
    if (dotted?.ok) return dotted;
    return {
      ok: false,
      message: `A JSONPath may have ${maxJsonPathLength} characters at most.`,
      position: shift,
    };
  }
  const compiled = compileJsonPath(text);
  if (compiled.ok) return compiled;
  // XML names such as soapenv:Envelope, @id and #text are no RFC 9535 names, but there is only one way to mean them.
  const dotted = plainJsonPath(text);
  if (dotted?.ok) return dotted;
  return { ...compiled, position: Math.max(0, compiled.position + shift) };
}

function plainJsonPath(text: string): DottedResult | undefined {
  if (!/^\$[.[][\p{L}\p{N}_@#:.\-[\]"']*$/u.test(text)) return undefined;
  return readDotted(text, text.charAt(1) === '.' ? 2 : 1);
}

function overSegments(source: 'body' | 'root', read: DottedResult): CompilePathResult {
  if (!read.ok) return { ok: false, message: read.message, position: read.position };
  const { segments } = read;
  const heavy = segments.some(
    ({ descendant, selectors }) =>
      descendant || selectors.length > 1 || selectors.some(({ kind }) => kind === 'filter'),
  );
  function nodes(value: PayloadValue, context: PathContext) {
    const top = source === 'root' ? (context.root ?? value) : value;
    const walk: Walk = { root: top, singleAsList: context.singleAsList ?? false };
    return walkSegments(segments, top, walk);
  }
  return {
    ok: true,
    path: {
      source,
      segments,
      heavy,
      find: (value, context = {}) =>
        nodes(value, context).map((node) => ({ value: node.value, path: pathOf(node) })),
      first(value, context = {}) {
        const [node] = nodes(value, context);
        return node && { value: node.value, path: pathOf(node) };
      },
    },
  };
}

/** `$headers["x-event"]`, `$headers.x-event`, `$query["page"]`. */
function compileNamed(text: string, source: 'headers' | 'query'): CompilePathResult {
  const start = source.length + 1;
  const example = source === 'headers' ? '$headers["x-event"]' : '$query["page"]';
  let name = '';
  if (text.charAt(start) === '.') {
    name = text.slice(start + 1).trim();
  } else if (text.charAt(start) === '[') {
    const quoted = readQuotedName(text, start + 1);
    if (!quoted.ok) return quoted;
    if (text.charAt(quoted.end) !== ']' || quoted.end !== text.length - 1) {
      return {
        ok: false,
        message: `Expected ] and the end of the path, as in ${example}.`,
        position: quoted.end,
      };
    }
    name = quoted.name;
  }
  if (name === '') {
    return {
      ok: false,
      message: `Write which one is meant, as in ${example}.`,
      position: Math.min(start, text.length),
    };
  }
  const wanted = name.toLowerCase();
  const find = (_value: PayloadValue, context: PathContext = {}): Found[] => {
    const values =
      source === 'headers'
        ? (context.headers ?? []).filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
        : new URLSearchParams(context.query ?? '').getAll(name);
    return values.map((value) => ({ value, path: [name] }));
  };
  return {
    ok: true,
    path: { source, segments: [], heavy: false, find, first: (value, context) => find(value, context)[0] },
  };
}
