// A JSON file as rows: the elements of its list, each kept as the text that stands in the file, so that no digit is lost. A file
// that is one object is one row. What is not JSON refuses the whole file, with line and column.
import type { ImportCharset } from '#contract';
import { BodyFault } from '../../parsing/body-fault.ts';
import { scanJson } from '../../parsing/scan-json.ts';
import { FileFault } from './file-fault.ts';
import { textOf } from './file-text.ts';
import { emptyBatch, type ReaderFacts, type RowBatch } from './row-batch.ts';
import { maxObjectChars, maxRowChars } from './row-limits.ts';

const rowsAtOnce = 500;

interface Place {
  line: number;
  column: number;
}

/** before: nothing but space yet · wanted: an element must come · maybe: an element or the end · inside · between: comma or end · after */
type Phase = 'before' | 'wanted' | 'maybe' | 'inside' | 'between' | 'after';

/** @throws FileFault */
export async function* readJson(
  file: string,
  charset: ImportCharset,
  facts: ReaderFacts,
  onBytes: (bytes: number) => void,
): AsyncGenerator<RowBatch> {
  const cutter = createCutter(facts);
  for await (const text of textOf(file, charset, onBytes)) {
    cutter.feed(text);
    if (cutter.count() >= rowsAtOnce) yield cutter.take();
  }
  cutter.end();
  yield cutter.take();
}

function createCutter(facts: ReaderFacts) {
  let phase: Phase = 'before';
  let batch: RowBatch = emptyBatch();
  let pieces: string[] = [];
  let length = 0;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let row = 0;
  let line = 1;
  let lineStart = 0;
  /** Characters before the chunk at hand. */
  let before = 0;
  let opened: Place = { line: 1, column: 1 };
  let lastReturn = false;

  const place = (offset: number): Place => ({ line, column: before + offset - lineStart + 1 });
  const limit = () => (facts.isOneObject ? maxObjectChars : maxRowChars);

  function keep(piece: string): void {
    if (piece === '') return;
    pieces.push(piece);
    length += piece.length;
    if (length > limit()) {
      throw new FileFault(
        facts.isOneObject
          ? 'The file is one JSON object of more than 24 MiB. Save its list of records as a file of its own.'
          : `Element ${(row + 1).toLocaleString('en')} (line ${opened.line.toLocaleString('en')}) is larger than 4 MiB.`,
      );
    }
  }

  function close(): void {
    const json = pieces.join('').trim();
    pieces = [];
    length = 0;
    row += 1;
    if (json === '') throw malformed('a value is missing before this comma or bracket', opened);
    try {
      scanJson(json);
    } catch (error) {
      if (!(error instanceof BodyFault)) throw error;
      if (error.status !== 400) {
        batch.failed.push({ row, reason: error.message });
        return;
      }
      throw malformedIn(error, opened);
    }
    if (json.startsWith('{')) batch.rows.push({ row, json });
    else batch.failed.push({ row, reason: 'It is not an object. Every row must be a JSON object.' });
  }

  function begin(offset: number): void {
    opened = place(offset);
    phase = 'inside';
    depth = 0;
    inText = false;
    escaped = false;
  }

  function feed(text: string): void {
    let from = phase === 'inside' ? 0 : -1;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (phase === 'inside') {
        if (inText) {
          if (escaped) escaped = false;
          else if (unit === 92) escaped = true;
          else if (unit === 34) inText = false;
        } else if (unit === 34) inText = true;
        else if (unit === 123 || unit === 91) depth += 1;
        else if (depth > 0 && (unit === 125 || unit === 93)) {
          depth -= 1;
          if (depth === 0 && facts.isOneObject) {
            keep(text.slice(from, i + 1));
            close();
            phase = 'after';
            from = -1;
          }
        } else if (depth === 0 && (unit === 44 || unit === 93) && !facts.isOneObject) {
          keep(text.slice(from, i));
          close();
          phase = unit === 44 ? 'wanted' : 'after';
          from = -1;
        }
      } else if (!isSpace(unit)) {
        if (phase === 'before') {
          if (unit === 91) phase = 'maybe';
          else if (unit === 123) {
            facts.isOneObject = true;
            begin(i);
            depth = 1;
            from = i;
          } else throw malformed('the file must be a list of objects or one object', place(i));
        } else if (phase === 'maybe' && unit === 93) phase = 'after';
        else if (phase === 'after') {
          throw malformed(
            facts.isOneObject
              ? 'something follows the object. Several objects, one on each line, are NDJSON: give the file the ending .ndjson'
              : 'something follows the list',
            place(i),
          );
        } else if (unit === 44 || unit === 93) throw malformed('a value is missing here', place(i));
        else {
          begin(i);
          from = i;
          i -= 1;
          continue;
        }
      }
      if (unit === 10 || unit === 13) {
        if (!(unit === 10 && lastReturn)) line += 1;
        lineStart = before + i + 1;
      }
      lastReturn = unit === 13;
    }
    if (from >= 0) keep(text.slice(from));
    before += text.length;
  }

  return {
    feed,
    count: () => batch.rows.length + batch.failed.length,
    take(): RowBatch {
      const taken = batch;
      batch = emptyBatch();
      return taken;
    },
    end(): void {
      if (phase === 'after') return;
      if (phase === 'before') throw new FileFault('The file is empty.');
      if (phase === 'inside' && (depth > 0 || inText)) {
        throw malformed(
          `the file ends inside ${facts.isOneObject ? 'the object' : `element ${(row + 1).toLocaleString('en')}`} that begins here`,
          opened,
        );
      }
      throw malformed('the file ends before the list is closed', place(0));
    },
  };
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9 || unit === 0xfeff;
}

function malformed(what: string, { line, column }: Place): FileFault {
  return new FileFault(
    `Not valid JSON at line ${line.toLocaleString('en')}, column ${column.toLocaleString('en')}: ${what}.`,
  );
}

/** The place inside an element as a place in the file. */
function malformedIn(error: BodyFault, opened: Place): FileFault {
  const inner = { line: error.at?.line ?? 1, column: error.at?.column ?? 1 };
  const line = opened.line + inner.line - 1;
  const column = inner.line === 1 ? opened.column + inner.column - 1 : inner.column;
  const what = error.message.replace(/^Not valid JSON: /, '').replace(/\.$/, '');
  return malformed(what, { line, column });
}
