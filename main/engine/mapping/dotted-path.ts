// The dotted notation: reading it into segments, and writing a concrete place as the friendliest text that reads back to it.
import type { PathKey, Segment, Selector } from './path-segments.ts';

export type DottedResult =
  | { ok: true; segments: Segment[] }
  /** `needsJsonPath`: it has .., a filter, a slice or a union, which only JSONPath knows. */
  | { ok: false; message: string; position: number; needsJsonPath?: boolean };

/** Reads `text` from the offset `from` to its end. Positions count from 0 in `text`. */
export function readDotted(text: string, from: number): DottedResult {
  const segments: Segment[] = [];
  let i = from;
  const fail = (position: number, message: string): DottedResult => ({ ok: false, message, position });
  let nameExpected = true;
  while (i < text.length) {
    const start = text.charAt(i);
    if (start === '[') {
      const bracket = readBracket(text, i);
      if (!bracket.ok) return bracket;
      segments.push({ descendant: false, selectors: [bracket.selector] });
      i = bracket.end;
      nameExpected = false;
    } else if (start === '.') {
      if (text.charAt(i + 1) === '.') {
        return { ok: false, message: 'Two dots need JSONPath.', position: i, needsJsonPath: true };
      }
      if (nameExpected) return fail(i, 'A name is missing before this dot.');
      i++;
      if (i === text.length) return fail(i, 'A name is missing after the last dot.');
      if (text.charAt(i) === '[') return fail(i, 'Leave out the dot before [.');
      nameExpected = true;
    } else {
      if (!nameExpected) return fail(i, 'Expected a dot or [ here.');
      let end = i;
      while (end < text.length && !'.[]'.includes(text.charAt(end))) end++;
      if (text.charAt(end) === ']') return fail(end, 'This ] closes nothing.');
      const name = text.slice(i, end).trim();
      if (name === '') return fail(i, 'A name is missing here.');
      if (/^["']/.test(name)) return fail(i, 'A name in quotes needs brackets: ["odd key"].');
      segments.push({ descendant: false, selectors: [bareSelector(name)] });
      i = end;
      nameExpected = false;
    }
  }
  return { ok: true, segments };
}

function bareSelector(name: string): Selector {
  if (name === '*') return { kind: 'wildcard', members: true };
  if (/^(0|[1-9]\d{0,14})$/.test(name)) return { kind: 'nameOrIndex', name, index: Number(name) };
  return { kind: 'name', name };
}

type BracketResult =
  | { ok: true; selector: Selector; end: number }
  | { ok: false; message: string; position: number; needsJsonPath?: boolean };

/** `[0]`, `[-1]`, `[*]`, `["name"]`, `['name']`, with spaces allowed inside. */
function readBracket(text: string, open: number): BracketResult {
  const inside = open + 1 + (text.slice(open + 1).length - text.slice(open + 1).trimStart().length);
  const first = text.charAt(inside);
  if (first === '"' || first === "'") {
    const quoted = readQuotedName(text, inside);
    if (!quoted.ok) return quoted;
    const close = closing(text, quoted.end);
    if (close >= 0) return { ok: true, selector: { kind: 'name', name: quoted.name }, end: close + 1 };
    const needsJsonPath = text.slice(quoted.end).trimStart().startsWith(',');
    return { ok: false, message: 'Expected ] after the name.', position: quoted.end, needsJsonPath };
  }
  const simple = /^\s*(\*|-?(?:0|[1-9]\d{0,14}))\s*\]/.exec(text.slice(open + 1, open + 40));
  if (simple?.[1] !== undefined) {
    const end = open + 1 + simple[0].length;
    if (simple[1] === '*') return { ok: true, selector: { kind: 'wildcard', members: false }, end };
    const index = Number(simple[1]);
    if (!Object.is(index, -0)) return { ok: true, selector: { kind: 'index', index }, end };
  }
  if (first === ']') {
    return { ok: false, message: 'Write [*] for every element, or [0] for the first.', position: inside };
  }
  const content = text.slice(inside).split(']', 1)[0] ?? '';
  if (first === '?' || /^[-\d*:,\s"']+$/.test(content)) {
    return { ok: false, message: 'This needs JSONPath.', position: inside, needsJsonPath: true };
  }
  if (inside >= text.length) return { ok: false, message: 'This [ is not closed.', position: open };
  return { ok: false, message: 'Expected a number, * or a name in quotes after [.', position: inside };
}

/** The offset of the ] after optional spaces, or -1. */
function closing(text: string, from: number): number {
  let i = from;
  while (text.charAt(i) === ' ') i++;
  return text.charAt(i) === ']' ? i : -1;
}

/** A name in double or single quotes with the escapes of JSON (and \'). `end` is the offset behind the closing quote. */
export function readQuotedName(
  text: string,
  start: number,
): { ok: true; name: string; end: number } | { ok: false; message: string; position: number } {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") {
    return { ok: false, message: 'Expected a name in quotes here.', position: start };
  }
  let name = '';
  for (let i = start + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === quote) return { ok: true, name, end: i + 1 };
    if (char !== '\\') {
      name += char;
      continue;
    }
    const escaped = text.charAt(i + 1);
    const plain = escapes.get(escaped);
    const hex = /^[0-9a-f]{4}$/i.exec(text.slice(i + 2, i + 6))?.[0];
    if (plain !== undefined) {
      name += plain;
      i++;
    } else if (escaped === 'u' && hex !== undefined) {
      name += String.fromCharCode(Number.parseInt(hex, 16));
      i += 5;
    } else {
      return {
        ok: false,
        message: 'This backslash starts no known escape. Write \\\\ for a backslash.',
        position: i,
      };
    }
  }
  return { ok: false, message: 'The closing quote is missing.', position: start };
}

const escapes = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A concrete place as text: `data.items[0].sku`, `["odd key"]`, `$` for the top. compilePath reads it back to that place. */
export function formatPath(path: readonly PathKey[]): string {
  if (path.length === 0) return '$';
  let text = '';
  for (const key of path) text = appendKey(text, key);
  return text;
}

/** The path of a child: `parent` is a text that formatPath made, `''` for the top. */
export function appendKey(parent: string, key: PathKey): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  const plain = /^[\p{L}\p{N}_@#][\p{L}\p{N}_@#:-]*$/u.test(key) && !/^\d+$/.test(key);
  if (!plain) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}
