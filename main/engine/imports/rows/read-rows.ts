// Reads a file of any format as rows, and what was found out about it: the one door of the row readers.
import type { ImportCharset, ImportFormat, ImportOptions } from '#contract';
import { checkStart, formatOfName } from './detect-file.ts';
import { FileFault } from './file-fault.ts';
import { findCharset, readStart } from './file-text.ts';
import { type CsvFacts, readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readNdjson } from './read-ndjson.ts';
import { readXlsx, type XlsxFacts } from './read-xlsx.ts';
import type { RowBatch } from './row-batch.ts';
import { maxRows } from './row-limits.ts';

export interface FileFacts extends CsvFacts, XlsxFacts {
  format: ImportFormat;
  charset?: ImportCharset;
}

export interface FileReading {
  /** Complete when `batches` has ended. */
  facts: FileFacts;
  batches: AsyncGenerator<RowBatch>;
}

/** @param onBytes told how many bytes of the file are read. @throws FileFault here and while reading */
export async function readRows(
  file: string,
  fileName: string,
  options: ImportOptions,
  onBytes: (bytes: number) => void,
): Promise<FileReading> {
  const format = checkStart(formatOfName(fileName), await readStart(file));
  const facts: FileFacts = { format, notes: new Set() };
  if (format === 'xlsx') return { facts, batches: bounded(readXlsx(file, options, facts, onBytes)) };
  if (format !== formatOfName(fileName))
    facts.notes.add('It has one object on each line, so it was read as NDJSON.');
  const { charset, note } = options.charset
    ? { charset: options.charset, note: undefined }
    : await findCharset(file, format === 'csv');
  facts.charset = charset;
  if (note) facts.notes.add(note);
  return { facts, batches: bounded(read(charset)) };

  function read(charset: ImportCharset): AsyncGenerator<RowBatch> {
    if (format === 'csv') return readCsv(file, charset, options, facts, onBytes);
    if (format === 'ndjson') return readNdjson(file, charset, onBytes);
    return readJson(file, charset, facts, onBytes);
  }
}

async function* bounded(batches: AsyncGenerator<RowBatch>): AsyncGenerator<RowBatch> {
  let rows = 0;
  for await (const batch of batches) {
    rows += batch.rows.length + batch.failed.length;
    if (rows > maxRows) {
      throw new FileFault(
        `The file has more than ${maxRows.toLocaleString('en')} rows. Split it into several files.`,
      );
    }
    yield batch;
  }
}
