// Newline-delimited JSON: one object a line. Blank lines are skipped; the record separator of JSON text sequences too.
import { BodyFault, placeInText } from './body-fault.ts';
import { maxElements, maxKeys, tooManyElements, tooManyKeys } from './body-limits.ts';
import { parseJson } from './parse-json.ts';
import { isPayloadObject, type PayloadValue } from './payload-value.ts';
import { scanJson } from './scan-json.ts';

/** Starts each text of application/json-seq (RFC 7464). */
const recordSeparator = 0x1e;

/** @throws BodyFault 400 malformedJson, 422 notAnObject, tooDeep or tooManyKeys, each with the line of the whole body */
export function parseNdjson(text: string): { value: PayloadValue[]; notes: string[] } {
  const value: PayloadValue[] = [];
  const notes = new Set<string>();
  let keys = 0;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line++;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const content = text.slice(text.charCodeAt(start) === recordSeparator ? start + 1 : start, end);
    const shift = start + (end - start - content.length);
    if (content.trim() !== '') {
      const parsed = parseLine(content, line, shift);
      if (!isPayloadObject(parsed.value)) {
        throw new BodyFault(
          422,
          'notAnObject',
          `Line ${line} is not an object. Every line must be one JSON object.`,
          {
            line,
            column: 1,
            offset: shift,
            index: value.length,
          },
        );
      }
      keys += parsed.keys;
      if (keys > maxKeys) throw tooManyKeys({ line, column: 1, offset: shift });
      if (value.length >= maxElements) throw tooManyElements();
      value.push(parsed.value);
      for (const note of parsed.notes) notes.add(note);
    }
    start = end + 1;
  }
  return { value, notes: [...notes] };
}

/** True where the text looks like NDJSON: several lines, the first of them a whole JSON object. */
export function looksLikeNdjson(text: string): boolean {
  const trimmed = text.trim();
  const newline = trimmed.indexOf('\n');
  const first = trimmed.slice(0, Math.max(0, newline)).trimEnd();
  if (!first.startsWith('{') || !first.endsWith('}')) return false;
  try {
    scanJson(first);
    return true;
  } catch (error) {
    if (error instanceof BodyFault) return false;
    throw error;
  }
}

function parseLine(content: string, line: number, shift: number): ReturnType<typeof parseJson> {
  try {
    return parseJson(content);
  } catch (error) {
    if (!(error instanceof BodyFault) || !error.at) throw error;
    const inLine = placeInText(content, error.at.offset ?? 0);
    throw new BodyFault(error.status, error.code, `Line ${line}: ${error.message}`, {
      line,
      column: inLine.column,
      offset: shift + inLine.offset,
    });
  }
}
