// Reads and writes the paths of a mapping as far as the screen needs them: to take a clicked path relative to the split
// element, and to find the value of a row in the tree. Whether a path is right and what it yields is the engine's word.

export type Segment = string | number;

/** `any` is a wildcard; `some` is a filter, a slice or a union, of which the screen knows no element. */
export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'any' }
  | { kind: 'some' }
  | { kind: 'deep' };

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function unquote(quoted: string): string {
  return quoted.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_all, code: string | undefined, other: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
    return known[other] ?? other;
  });
}

function bracketSelector(inside: string): Selector {
  const text = inside.trim();
  if (text === '*') return { kind: 'any' };
  if (/^-?\d+$/.test(text)) {
    const index = Number(text);
    return index < 0 ? { kind: 'some' } : { kind: 'index', index };
  }
  const quoted = /^'((?:[^'\\]|\\.)*)'$|^"((?:[^"\\]|\\.)*)"$/s.exec(text);
  if (quoted) return { kind: 'name', name: unquote(quoted[1] ?? quoted[2] ?? '') };
  return { kind: 'some' };
}

/** The end of a bracket that opens at `from`, or -1; quotes and inner brackets are stepped over. */
function bracketEnd(path: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < path.length; at += 1) {
    const character = path.charAt(at);
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '[') depth += 1;
    else if (character === ']') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** The selectors of a dotted path or a JSONPath; undefined where it does not read as one. */
export function readPath(text: string): Selector[] | undefined {
  let path = text.trim();
  if (path === '') return undefined;
  if (path.startsWith('$')) path = path.slice(1);
  else if (!path.startsWith('[')) path = `.${path}`;
  const selectors: Selector[] = [];
  let at = 0;
  while (at < path.length) {
    if (path.startsWith('..', at)) {
      selectors.push({ kind: 'deep' });
      at += 2;
      if (path.charAt(at) === '[') continue;
    } else if (path.charAt(at) === '.') at += 1;
    else if (path.charAt(at) !== '[') return undefined;
    if (path.charAt(at) === '[') {
      const end = bracketEnd(path, at);
      if (end < 0) return undefined;
      selectors.push(bracketSelector(path.slice(at + 1, end)));
      at = end + 1;
      continue;
    }
    const name = /^[^.[\]]+/.exec(path.slice(at))?.[0];
    if (name === undefined) return undefined;
    selectors.push(name === '*' ? { kind: 'any' } : { kind: 'name', name });
    at += name.length;
  }
  return selectors;
}

/** The segments of a path that names exactly one place; undefined where it may name several. */
export function readConcretePath(text: string): Segment[] | undefined {
  const segments: Segment[] = [];
  for (const selector of readPath(text) ?? [{ kind: 'some' as const }]) {
    if (selector.kind === 'name') segments.push(selector.name);
    else if (selector.kind === 'index') segments.push(selector.index);
    else return undefined;
  }
  return segments;
}

function quoteName(name: string): string {
  const escaped = name.replace(/[\\'\p{Cc}]/gu, (character) =>
    character === '\\' || character === "'"
      ? `\\${character}`
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `['${escaped}']`;
}

/** A path as people type it where every name allows that, else a JSONPath. */
export function writePath(segments: readonly Segment[]): string {
  let path = '$';
  let plain = typeof segments[0] === 'string';
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${segment}]`;
    else if (plainName.test(segment)) path += `.${segment}`;
    else {
      path += quoteName(segment);
      plain = false;
    }
  }
  return plain ? path.slice(2) : path;
}

function takes(selector: Selector, segment: Segment): boolean {
  if (selector.kind === 'name') return selector.name === segment;
  if (selector.kind === 'index') return selector.index === segment;
  return selector.kind !== 'deep';
}

/** How many segments the selectors take from the start; the most where they can in several ways; -1 where they cannot. */
function takenBy(selectors: readonly Selector[], segments: readonly Segment[], at = 0): number {
  const [first, ...rest] = selectors;
  if (first === undefined) return at;
  if (first.kind === 'deep') {
    for (let skip = segments.length; skip >= at; skip -= 1) {
      const taken = takenBy(rest, segments, skip);
      if (taken >= 0) return taken;
    }
    return -1;
  }
  const segment = segments[at];
  return segment !== undefined && takes(first, segment) ? takenBy(rest, segments, at + 1) : -1;
}

/** The path of a clicked value as a row needs it: relative to the split element where it lies in one, else whole. */
export function relativeToSplit(clicked: string, split: string | undefined): string {
  const selectors = readPath(split ?? '');
  const segments = readConcretePath(clicked);
  if (!selectors || !segments) return clicked;
  const taken = takenBy(selectors, segments);
  return taken < 0 ? clicked : writePath(segments.slice(taken));
}

/** Where the value of a row stands in the payload, taking the first element of the split; undefined where unknown. */
export function placeOfRow(path: string, split: string | undefined): Segment[] | undefined {
  const inside = readConcretePath(path);
  if (!inside) return undefined;
  if ((split ?? '').trim() === '') return inside;
  const element: Segment[] = [];
  for (const selector of readPath(split ?? '') ?? [{ kind: 'some' as const }]) {
    if (selector.kind === 'name') element.push(selector.name);
    else if (selector.kind === 'index') element.push(selector.index);
    else if (selector.kind === 'any') element.push(0);
    else return undefined;
  }
  return [...element, ...inside];
}

/** The split that makes every sibling of a clicked list element an item: `$.items[*]`. */
export function splitOverList(listPath: string): string {
  const segments = readConcretePath(listPath) ?? [];
  const written = writePath(segments);
  return `${written.startsWith('$') ? written : `$.${written}`}[*]`;
}

/** The same place written in another way gives the same key. */
export function placeKey(segments: readonly Segment[]): string {
  return JSON.stringify(segments);
}
