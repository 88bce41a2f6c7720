// An NDJSON file as rows: one object a line. A line that is none fails alone; blank lines are skipped.
import type { ImportCharset } from '#contract';
import { BodyFault, placeInText } from '../../parsing/body-fault.ts';
import { scanJson } from '../../parsing/scan-json.ts';
import { FileFault } from './file-fault.ts';
import { textOf } from './file-text.ts';
import { emptyBatch, type RowBatch } from './row-batch.ts';
import { maxRowChars } from './row-limits.ts';

const rowsAtOnce = 500;

/** @throws FileFault */
export async function* readNdjson(
  file: string,
  charset: ImportCharset,
  onBytes: (bytes: number) => void,
): AsyncGenerator<RowBatch> {
  let batch = emptyBatch();
  let line = 0;
  let rest = '';
  for await (const text of textOf(file, charset, onBytes)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxRowChars) throw tooLong(line + lines.length + 1);
    for (const each of lines) {
      line += 1;
      takeLine(each, line, batch);
      if (batch.rows.length + batch.failed.length >= rowsAtOnce) {
        yield batch;
        batch = emptyBatch();
      }
    }
  }
  if (rest !== '') takeLine(rest, line + 1, batch);
  yield batch;
}

function takeLine(content: string, row: number, batch: RowBatch): void {
  const json = content.trim();
  if (json === '') return;
  if (json.length > maxRowChars) throw tooLong(row);
  const reason = jsonFault(json);
  if (reason === undefined) batch.rows.push({ row, json });
  else batch.failed.push({ row, reason });
}

/** Why a text is no JSON object, or undefined where it is one. */
export function jsonFault(json: string): string | undefined {
  try {
    scanJson(json);
  } catch (error) {
    if (!(error instanceof BodyFault)) throw error;
    const at = error.at?.offset === undefined ? error.at : placeInText(json, error.at.offset);
    return at?.column === undefined ? error.message : `${error.message} (character ${at.column})`;
  }
  return json.startsWith('{') ? undefined : 'It is not an object. Every row must be a JSON object.';
}

function tooLong(line: number): FileFault {
  return new FileFault(
    `Line ${line.toLocaleString('en')} is larger than 4 MiB. NDJSON has one object on each line; a file that is one JSON value ends in .json.`,
  );
}
