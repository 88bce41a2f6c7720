// Reads single facts out of a raw request: a header, a query value, a value of a JSON body. Pure; never throws on what a sender wrote.
import { createHash, timingSafeEqual } from 'node:crypto';

/** Header names and values as received, in order. */
export type HeaderPairs = readonly (readonly [string, string])[];

/** The first header of that name, in any letter case. */
export function headerValue(headers: HeaderPairs, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([given]) => given.toLowerCase() === wanted)?.[1];
}

/** The first value of that name in a query string without its `?`, decoded. */
export function queryValue(query: string, name: string): string | undefined {
  return new URLSearchParams(query).get(name) ?? undefined;
}

export function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** Signed times, tokens and challenges stand in small bodies; a large one is not parsed on the engine's own loop. */
export const maxParsedBytes = 1024 * 1024;

/** The value of a JSON text; `undefined` where it is not JSON or larger than `maxParsedBytes`. */
export function parseJsonBody(body: Uint8Array): unknown {
  if (body.length > maxParsedBytes) return undefined;
  try {
    return JSON.parse(textOf(body));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Walks a dotted path over own properties and list indexes. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const key of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

/** Text and numbers as text; everything else is no single value. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  if (typeof found === 'string') return found;
  return typeof found === 'number' ? String(found) : undefined;
}

/** Equal or not, in a time that says nothing about where two texts differ or how long the expected one is. */
export function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
