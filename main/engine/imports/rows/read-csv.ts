// A CSV file as rows. Values stay text. Quotes that do not fit refuse the whole file, with their line and column.
import { CsvError, parse } from 'csv-parse';
import type { ImportCharset, ImportOptions } from '#contract';
import { FileFault } from './file-fault.ts';
import { textOf } from './file-text.ts';
import { type Delimiter, findDelimiter, separatorHint } from './find-delimiter.ts';
import { findQuoteFault, type QuoteFault } from './quote-fault.ts';
import { emptyBatch, type ReaderFacts, type RowBatch } from './row-batch.ts';
import { maxColumns, maxRowChars } from './row-limits.ts';
import { type CellJson, createTableRows } from './table-rows.ts';

const rowsAtOnce = 500;

export interface CsvFacts extends ReaderFacts {
  delimiter?: Delimiter;
}

/** @throws FileFault */
export async function* readCsv(
  file: string,
  charset: ImportCharset,
  options: ImportOptions,
  facts: CsvFacts,
  onBytes: (bytes: number) => void,
): AsyncGenerator<RowBatch> {
  const texts = textOf(file, charset, onBytes);
  const first = await texts.next();
  const start = first.done ? '' : first.value;
  const hint = separatorHint(start);
  const delimiter = options.delimiter ?? hint?.delimiter ?? findDelimiter(start);
  facts.delimiter = delimiter;

  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: maxRowChars,
  });
  const feeding = feed(parser, hint ? start.slice(hint.length) : start, texts);
  const table = createTableRows(options.header ?? true, facts);
  let batch = emptyBatch();
  let row = hint ? 1 : 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1;
      if (record.length === 1 && record[0] === '') continue;
      if (record.length > maxColumns * 20) throw tooWide(record.length, row);
      table.add(row, record.map(cellOf), batch);
      if (batch.rows.length + batch.failed.length >= rowsAtOnce) {
        yield batch;
        batch = emptyBatch();
      }
    }
    await feeding;
    yield batch;
  } catch (error) {
    throw await faultOf(error, file, charset, delimiter, row);
  } finally {
    parser.destroy();
    await feeding.catch(() => undefined);
  }
}

/** Rejects with the fault of the text; the parser is ended with it, so that its reader sees it, too. */
async function feed(parser: ReturnType<typeof parse>, start: string, rest: AsyncGenerator<string>) {
  try {
    await write(parser, start);
    for await (const text of rest) {
      if (parser.destroyed) return;
      await write(parser, text);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    await rest.return(undefined);
  }
}

async function write(parser: ReturnType<typeof parse>, text: string): Promise<void> {
  if (text === '' || parser.destroyed || parser.write(text)) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      for (const event of ['drain', 'close', 'error'] as const) parser.off(event, go);
      resolve();
    };
    for (const event of ['drain', 'close', 'error'] as const) parser.once(event, go);
  });
}

function cellOf(value: string): CellJson {
  return JSON.stringify(value);
}

function tooWide(width: number, row: number): FileFault {
  return new FileFault(
    `Row ${row} has ${width.toLocaleString('en')} columns; at most ${maxColumns.toLocaleString('en')} can be read. Look whether the delimiter is right.`,
  );
}

async function faultOf(
  error: unknown,
  file: string,
  charset: ImportCharset,
  delimiter: string,
  row: number,
): Promise<unknown> {
  if (!(error instanceof CsvError)) return error;
  const quotes = await findQuoteFault(
    textOf(file, charset, () => undefined),
    delimiter,
  );
  if (quotes) return new FileFault(quoteWords(quotes));
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new FileFault(`Row ${row + 1} is larger than 4 MiB. Look whether a quote is missing there.`);
  }
  return new FileFault(`The CSV cannot be read after row ${row}: ${error.code}.`);
}

function quoteWords({ kind, line, column }: QuoteFault): string {
  const place = `line ${line.toLocaleString('en')}, column ${column.toLocaleString('en')}`;
  switch (kind) {
    case 'notClosed':
      return `The quote that opens at ${place} is never closed. Close it, or double it where it is part of the value ("").`;
    case 'afterQuote':
      return `There is text after the closing quote at ${place}. A quote inside a quoted value is written twice ("").`;
    case 'inField':
      return `There is a quote inside a value at ${place}. Put the whole value in quotes and write the quote twice ("").`;
  }
}
