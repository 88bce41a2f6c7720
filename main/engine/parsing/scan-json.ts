// One strict pass over a JSON text (RFC 8259) before JSON.parse: is it well-formed, how deep, how many keys, are there
// numbers that a double does not give back, is a key written twice. It builds no values; faults say where and what to do.
import { BodyFault, placeInText } from './body-fault.ts';
import {
  maxContainers,
  maxDepth,
  maxExactNumbers,
  maxKeys,
  tooDeep,
  tooManyKeys,
  tooManyValues,
} from './body-limits.ts';
import { foundAt, wordFault } from './json-fault-text.ts';

export interface JsonScan {
  /** True where at least one number would lose its digits as a double. */
  inexact: boolean;
  /** Keys of all objects together. */
  keys: number;
  /** A key that stands twice in one object, if any. */
  duplicateKey?: string;
}

const OBJECT = 1;
const LIST = 2;

/**
 * @throws BodyFault 400 malformedJson with line, column and character offset; 422 tooDeep, tooManyKeys.
 *   Where it does not throw, JSON.parse takes the text, and the other way round (limits aside).
 */
export function scanJson(text: string): JsonScan {
  const end = text.length;
  const kinds: number[] = [];
  const keySets: (Set<string> | undefined)[] = [];
  const openings: number[] = [];
  const scan: JsonScan = { inexact: false, keys: 0 };
  let containers = 0;
  let exactNumbers = 0;
  let i = 0;

  function fail(offset: number, message: string): never {
    throw new BodyFault(400, 'malformedJson', `Not valid JSON: ${message}`, placeInText(text, offset));
  }
  function skipSpace(): void {
    for (;;) {
      const unit = text.charCodeAt(i);
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return;
      i++;
    }
  }
  function atEnd(): never {
    const opening = openings.at(-1);
    if (opening === undefined) return fail(end, 'the body ends before a value.');
    const what = kinds.at(-1) === OBJECT ? 'object' : 'list';
    const { line, column } = placeInText(text, opening);
    return fail(
      end,
      `the body ends before the ${what} that starts at line ${line}, column ${column} is closed.`,
    );
  }

  /** From the opening quote to behind the closing one. */
  function skipText(): void {
    const start = i++;
    for (;;) {
      const unit = text.charCodeAt(i);
      if (unit === 34) {
        i++;
        return;
      }
      if (unit === 92) {
        const escaped = text.charCodeAt(i + 1);
        if (escaped === 117) {
          for (let k = 2; k < 6; k++) {
            if (!isHex(text.charCodeAt(i + k))) fail(i, 'after \\u four hexadecimal digits must follow.');
          }
          i += 6;
        } else if (i + 1 < end && '"\\/bfnrt'.includes(text.charAt(i + 1))) {
          i += 2;
        } else if (i + 1 >= end) {
          fail(end, 'the body ends inside a text; its closing " is missing.');
        } else {
          fail(i, 'this backslash starts no known escape. Write \\\\ for a backslash.');
        }
      } else if (i >= end) {
        const { line, column } = placeInText(text, start);
        fail(end, `the text that starts at line ${line}, column ${column} has no closing ".`);
      } else if (unit < 32) {
        if (unit === 10 || unit === 13)
          fail(i, 'a text ends at the end of the line without ". Write a line break as \\n.');
        fail(i, `${foundAt(text, i)} must be escaped inside a text.`);
      } else {
        i++;
      }
    }
  }

  function skipNumber(): void {
    const start = i;
    if (text.charCodeAt(i) === 45) i++;
    if (text.charCodeAt(i) === 48) {
      i++;
      if (isDigit(text.charCodeAt(i)))
        fail(start, 'a number must not start with 0. Remove the zero, or quote it as a text.');
    } else if (isDigit(text.charCodeAt(i))) {
      while (isDigit(text.charCodeAt(i))) i++;
    } else {
      fail(i, wordFault(text, i) ?? `expected a digit after -, found ${foundAt(text, i)}.`);
    }
    let plain = true;
    if (text.charCodeAt(i) === 46) {
      plain = false;
      i++;
      if (!isDigit(text.charCodeAt(i)))
        fail(i, `expected a digit after the decimal point, found ${foundAt(text, i)}.`);
      while (isDigit(text.charCodeAt(i))) i++;
    }
    if ((text.charCodeAt(i) | 32) === 101) {
      plain = false;
      i++;
      if (text.charCodeAt(i) === 43 || text.charCodeAt(i) === 45) i++;
      if (!isDigit(text.charCodeAt(i)))
        fail(i, `expected a digit in the exponent, found ${foundAt(text, i)}.`);
      while (isDigit(text.charCodeAt(i))) i++;
    }
    if (plain && i - start <= 15 && text.charCodeAt(start) !== 45) return;
    const source = text.slice(start, i);
    if (String(Number(source)) === source) return;
    scan.inexact = true;
    if (++exactNumbers > maxExactNumbers) {
      throw tooManyValues('numbers with digits to keep', maxExactNumbers, placeInText(text, start));
    }
  }

  /** The key, the colon and the space around them. */
  function readKey(): void {
    if (i >= end) atEnd();
    if (text.charCodeAt(i) !== 34) {
      const single = text.charCodeAt(i) === 39;
      fail(
        i,
        single
          ? 'keys need double quotes ("), found a single quote.'
          : `expected a key in double quotes${kinds.length > 0 ? ' or }' : ''}, found ${foundAt(text, i)}.`,
      );
    }
    const start = i;
    skipText();
    if (++scan.keys > maxKeys) throw tooManyKeys(placeInText(text, start));
    if (scan.duplicateKey === undefined) {
      const raw = text.slice(start + 1, i - 1);
      const key = raw.includes('\\') ? (JSON.parse(text.slice(start, i)) as string) : raw;
      const top = keySets.length - 1;
      const seen = keySets[top] ?? new Set<string>();
      if (seen.has(key)) scan.duplicateKey = key;
      keySets[top] = seen.add(key);
    }
    skipSpace();
    if (text.charCodeAt(i) !== 58) {
      if (i >= end) atEnd();
      fail(i, `expected a colon after the key, found ${foundAt(text, i)}.`);
    }
    i++;
    skipSpace();
  }

  function open(kind: number): void {
    if (kinds.length >= maxDepth) throw tooDeep(placeInText(text, i));
    if (++containers > maxContainers) {
      throw tooManyValues('objects and lists', maxContainers, placeInText(text, i));
    }
    kinds.push(kind);
    keySets.push(undefined);
    openings.push(i);
    i++;
    skipSpace();
  }

  /** Behind a value: closes what ends here and moves to the next value. False at the end of the document. */
  function next(): boolean {
    for (;;) {
      skipSpace();
      const kind = kinds.at(-1);
      if (kind === undefined) {
        if (i >= end) return false;
        return fail(i, `expected the end of the body after the value, found ${foundAt(text, i)}.`);
      }
      if (i >= end) atEnd();
      const unit = text.charCodeAt(i);
      const closing = kind === OBJECT ? 125 : 93;
      if (unit === closing) {
        kinds.pop();
        keySets.pop();
        openings.pop();
        i++;
        continue;
      }
      const close = kind === OBJECT ? '}' : ']';
      if (unit !== 44) {
        return fail(
          i,
          wordFault(text, i) ?? `expected a comma or ${close} after the value, found ${foundAt(text, i)}.`,
        );
      }
      const comma = i++;
      skipSpace();
      if (text.charCodeAt(i) === closing)
        fail(comma, `nothing follows this comma before ${close}. Remove the comma.`);
      if (kind === OBJECT) readKey();
      return true;
    }
  }

  skipSpace();
  for (;;) {
    const unit = text.charCodeAt(i);
    if (unit === 123) {
      open(OBJECT);
      if (text.charCodeAt(i) !== 125) {
        readKey();
        continue;
      }
    } else if (unit === 91) {
      open(LIST);
      if (text.charCodeAt(i) !== 93) {
        if (i >= end) atEnd();
        continue;
      }
    } else if (unit === 34) {
      skipText();
    } else if (unit === 45 || isDigit(unit)) {
      skipNumber();
    } else if (text.startsWith('true', i) || text.startsWith('null', i)) {
      i += 4;
    } else if (text.startsWith('false', i)) {
      i += 5;
    } else if (i >= end) {
      atEnd();
    } else {
      fail(i, wordFault(text, i) ?? `expected a value, found ${foundAt(text, i)}.`);
    }
    if (!next()) return scan;
  }
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isHex(unit: number): boolean {
  return isDigit(unit) || ((unit | 32) >= 97 && (unit | 32) <= 102);
}
