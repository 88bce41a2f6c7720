// Writes rendered pieces into the places of a request: path, query, header, and bodies. Literal parts are the author's; values come from
// payloads and can never leave their place: no other host, no further header, no other path segment, no further member of a JSON object or
// element of XML. Pure.
import { ExactNumber } from '../parsing/payload-value.ts';
import { JsonText, type Piece, textOf } from './liquid-templates.ts';

/** A place cannot be written; for people. */
export class PlaceError extends Error {}

export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => ('literal' in piece ? piece.literal : textOf(piece.value))).join('');
}

const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** What the author may write unescaped in a path or query; an escape stays one. */
function literalPart(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})|[^\w\-.~!$&'()*+,;=:@/?%]/giu, (char) =>
    encodeURIComponent(char.toWellFormed()),
  );
}

/** Path and, where the author wrote a `?`, query; begins with `/` or is empty. Throws `PlaceError`. */
export function writePath(pieces: readonly Piece[]): string {
  let path = '';
  for (const piece of pieces) {
    if ('literal' in piece) {
      if (piece.literal.includes('#'))
        throw new PlaceError('A path has no "#". Write %23 for the character.');
      path += literalPart(piece.literal);
      continue;
    }
    const text = textOf(piece.value);
    if (text === '' && !path.includes('?')) {
      throw new PlaceError('A value in the path is empty, so another address would be called.');
    }
    path += encode(text);
  }
  if (path !== '' && !path.startsWith('/') && !path.startsWith('?')) {
    throw new PlaceError('Start the path with "/".');
  }
  const [segments = ''] = path.split('?');
  if (segments.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new PlaceError('A part of the path is "." or "..", which would lead to another address.');
  }
  return path;
}

export function writeQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

/** One line: line breaks and other control characters become spaces. */
export function writeHeader(pieces: readonly Piece[]): string {
  return plainText(pieces)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** Inside quotes a value is written as text of JSON, outside as a JSON value. */
export function writeJson(pieces: readonly Piece[]): string {
  let json = '';
  let inText = false;
  let escaped = false;
  for (const piece of pieces) {
    if ('literal' in piece) {
      for (const char of piece.literal) {
        if (escaped) escaped = false;
        else if (inText && char === '\\') escaped = true;
        else if (char === '"') inText = !inText;
      }
      json += piece.literal;
      continue;
    }
    escaped = false;
    json += inText ? JSON.stringify(textOf(piece.value)).slice(1, -1) : jsonOf(piece.value);
  }
  return json;
}

function jsonOf(value: unknown): string {
  if (value instanceof JsonText || value instanceof ExactNumber) return String(value);
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  return JSON.stringify(value ?? null) ?? 'null';
}

export function writeXml(pieces: readonly Piece[]): string {
  return pieces.map((piece) => ('literal' in piece ? piece.literal : xmlText(textOf(piece.value)))).join('');
}

const entities: (string | undefined)[] = [];
for (const [char, entity] of [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
] as const) {
  entities[char.charCodeAt(0)] = entity;
}

/** By hand: a text of a megabyte takes a few milliseconds, with a regular expression some seventy. */
function xmlText(text: string): string {
  let written = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const entity = entities[text.charCodeAt(at)];
    if (entity === undefined) continue;
    written += text.slice(from, at) + entity;
    from = at + 1;
  }
  return written + text.slice(from);
}

/** Longer values are shortened in what is only looked at. */
const lookedAtChars = 1_000;
/** What XML cannot hold, however it is written. */
const noXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * The same pieces with long values cut, for a look at the structure that they stand in: values are written so that they cannot change it,
 * and megabytes of them need not be read again.
 */
export function shortened(pieces: readonly Piece[], kind: 'json' | 'xml'): Piece[] {
  return pieces.map((piece) => {
    if ('literal' in piece) return piece;
    const { value } = piece;
    if (kind === 'xml') {
      const text = textOf(value);
      return { value: text.length > lookedAtChars ? (noXml.exec(text)?.[0] ?? 'text') : text };
    }
    if (typeof value === 'string') return { value: value.slice(0, lookedAtChars) };
    if (value instanceof JsonText) return value.text.length > lookedAtChars ? { value: null } : piece;
    return typeof value === 'object' && !(value instanceof ExactNumber) ? { value: null } : piece;
  });
}

export function writeForm(pairs: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(
    pairs.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
  ).toString();
}
