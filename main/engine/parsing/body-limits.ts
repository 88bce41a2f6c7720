// The limits of every body, whatever its format, and the faults that name them.
import { BodyFault } from './body-fault.ts';

/** Bytes of a body after decompression, where the connection sets no other limit: 25 MiB. */
export const defaultMaxBytes = 25 * 1024 * 1024;
/** Levels of objects and lists (or XML elements) inside one another. */
export const maxDepth = 512;
/** Keys of all objects (or elements and attributes, or form fields) of one body. */
export const maxKeys = 200_000;

/** Elements of a list (or lines of NDJSON): each may become an item. */
export const maxElements = 200_000;
/**
 * Objects and lists of one body, and numbers that must keep their digits. JSON.parse cannot be stopped half-way, and a worker
 * that runs out of memory inside it takes the whole process along; so memory is bound before it starts. Measured on Node 24:
 * about 110 bytes an empty list, 200 bytes an exact number.
 */
export const maxContainers = 2_000_000;
export const maxExactNumbers = 2_000_000;

/** In the unit that needs no digits behind the point. */
export function limitText(bytes: number): string {
  if (bytes % (1024 * 1024) === 0) return `${bytes / (1024 * 1024)} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes.toLocaleString('en')} bytes`;
}

export function tooLarge(maxBytes: number): BodyFault {
  return new BodyFault(
    413,
    'tooLarge',
    `The body is larger than the limit of ${limitText(maxBytes)} after decompression.`,
  );
}

export function tooDeep(at?: { line: number; column: number; offset?: number }): BodyFault {
  return new BodyFault(
    422,
    'tooDeep',
    `The body is nested deeper than the limit of ${maxDepth} levels. Send a flatter structure.`,
    at,
  );
}

export function tooManyKeys(at?: { line: number; column: number; offset?: number }): BodyFault {
  return new BodyFault(
    422,
    'tooManyKeys',
    `The body has more than the limit of ${maxKeys.toLocaleString('en')} keys. Split it into several calls.`,
    at,
  );
}

export function tooManyElements(): BodyFault {
  return new BodyFault(
    422,
    'tooManyElements',
    `The body has more than the limit of ${maxElements.toLocaleString('en')} elements. Split it into several calls.`,
  );
}

/** `what` in the plural: "objects and lists". */
export function tooManyValues(what: string, limit: number, at: { line: number; column: number }): BodyFault {
  return new BodyFault(
    422,
    'tooManyValues',
    `The body has more than the limit of ${limit.toLocaleString('en')} ${what}. Split it into several calls.`,
    at,
  );
}
