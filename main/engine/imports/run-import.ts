// Does one import task on one file, inside the worker: reads it whole, and gives out its rows in chunks where that is asked.
import type { ImportFacts } from '#contract';
import { packBody } from '../captures/body-packing.ts';
import type { ImportChunk, ImportTask } from './import-task.ts';
import { rangesOf } from './row-ranges.ts';
import { FileFault } from './rows/file-fault.ts';
import { type FileFacts, type FileReading, readRows } from './rows/read-rows.ts';
import type { FailedRow, FileRow } from './rows/row-batch.ts';

/** A chunk is small enough to be mapped at once, and to stay below the limits of a call. */
const maxChunkRows = 500;
const maxChunkChars = 128 * 1024;
/** Rows that could not be read are listed up to this number, and counted beyond it. */
const maxListed = 10_000;
const sampleRows = 20;
const sampleChars = 200;

export interface ImportOutput {
  onBytes(bytes: number): void;
  /** Resolves when more may follow. */
  part(chunk: ImportChunk | undefined, failed: FailedRow[]): Promise<void>;
}

/** @throws FileFault with what was found out before */
export async function runImport(task: ImportTask, output: ImportOutput): Promise<ImportFacts> {
  const reading = await readRows(task.file, task.fileName, task.options, output.onBytes);
  const found: FoundRows = { sample: [], rows: 0, failed: 0 };
  try {
    return await readAll(task, reading, found, output);
  } catch (error) {
    if (error instanceof FileFault) error.facts = importFacts(reading.facts, found, task);
    throw error;
  }
}

interface FoundRows {
  sample: FileRow[];
  rows: number;
  failed: number;
}

async function readAll(
  task: ImportTask,
  { facts, batches }: FileReading,
  found: FoundRows,
  output: ImportOutput,
): Promise<ImportFacts> {
  const gives = task.mode === 'apply';
  const { sample } = found;
  let firstFailed: FailedRow | undefined;
  let waiting: FileRow[] = [];
  let waitingChars = 0;

  async function giveChunk(): Promise<void> {
    if (waiting.length === 0) return;
    const chunk = await chunkOf(waiting, facts.isOneObject === true);
    waiting = [];
    waitingChars = 0;
    await output.part(chunk, []);
  }

  for await (const batch of batches) {
    found.rows += batch.rows.length;
    firstFailed ??= batch.failed[0];
    if (gives && batch.failed.length > 0 && found.failed < maxListed) {
      await output.part(undefined, batch.failed.slice(0, maxListed - found.failed));
    }
    found.failed += batch.failed.length;
    if (sample.length < sampleRows) sample.push(...batch.rows.slice(0, sampleRows - sample.length));
    if (!gives) continue;
    for (const row of batch.rows) {
      if (waiting.length >= maxChunkRows || waitingChars + row.json.length > maxChunkChars) await giveChunk();
      waiting.push(row);
      waitingChars += row.json.length;
    }
  }
  await giveChunk();
  if (found.rows === 0) throw noRows(facts, firstFailed);
  return importFacts(facts, found, task);
}

async function chunkOf(rows: readonly FileRow[], isOneObject: boolean): Promise<ImportChunk> {
  const texts = rows.map((row) => row.json);
  const body = Buffer.from(isOneObject ? (texts[0] ?? '') : `[${texts.join(',\n')}]`);
  return {
    rows: rows.length,
    ranges: rangesOf(rows.map(({ row }) => row)),
    size: body.length,
    body: await packBody(body, false),
  };
}

function noRows(facts: FileFacts, failed: FailedRow | undefined): FileFault {
  if (failed) {
    return new FileFault(
      `No row of the file can be applied. Row ${failed.row.toLocaleString('en')}: ${failed.reason}`,
    );
  }
  return new FileFault(
    facts.columns ? 'The file has a header, but no rows below it.' : 'The file has no rows.',
  );
}

function importFacts(facts: FileFacts, { rows, failed, sample }: FoundRows, task: ImportTask): ImportFacts {
  const values = sample.map(({ row, json }) => ({ row, object: topValues(json) }));
  const columns =
    facts.columns ?? [...new Set(values.flatMap(({ object }) => [...object.keys()]))].slice(0, 100);
  const isTable = facts.format === 'csv' || facts.format === 'xlsx';
  return {
    format: facts.format,
    charset: facts.charset,
    delimiter: facts.delimiter,
    header: isTable ? (task.options.header ?? true) : undefined,
    sheet: facts.sheet,
    sheets: facts.sheets,
    columns,
    rows,
    failed,
    notes: [...facts.notes].slice(0, 50),
    sample: values.map(({ row, object }) => ({ row, values: columns.map((name) => object.get(name) ?? '') })),
  };
}

/** The values of an object as text, cut at a cap; numbers with their digits. */
function topValues(json: string): Map<string, string> {
  const values = new Map<string, string>();
  const withSource = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ) => Record<string, unknown>;
  const object = withSource(json, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? { digits: source } : value,
  );
  for (const [name, value] of Object.entries(object)) values.set(name, shown(value).slice(0, sampleChars));
  return values;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isDigits(value)) return value.digits;
  return JSON.stringify(value, (_key, inner: unknown) => (isDigits(inner) ? Number(inner.digits) : inner));
}

function isDigits(value: unknown): value is { digits: string } {
  return typeof value === 'object' && value !== null && 'digits' in value && typeof value.digits === 'string';
}
