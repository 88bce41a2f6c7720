// Reads a file of captures, record by record: NDJSON as a stream, JSON and HAR as a whole, which bounds their size. Runs in a worker.
import { open, readFile, stat } from 'node:fs/promises';
import { type CaptureRecord, captureRecord } from './capture-record.ts';
import { recordOfHarEntry } from './har.ts';
import { byTime, type Dated } from './in-order-of-time.ts';
import { linesOf, readLine } from './lines-of-file.ts';

/** A sentence for people: what is wrong with the file, and where. */
export class CaptureFileFault extends Error {}

/** JSON and HAR are parsed in one piece. */
const maxWholeBytes = 256 * 1024 * 1024;
/** A body of 25 MiB as base64 with its headers. */
const maxLineBytes = 48 * 1024 * 1024;
const sniffedBytes = 4_096;

type Format = 'har' | 'list' | 'lines';

/**
 * In the order of the file.
 * @throws CaptureFileFault
 */
export async function* readCaptureFile(file: string): AsyncGenerator<CaptureRecord> {
  const format = await formatOf(file);
  if (format === 'har') yield* (await readHar(file)).records;
  else if (format === 'list') yield* await readList(file);
  else for await (const { record } of readLines(file)) yield record;
}

/**
 * The call that came first in front, whatever the order of the file: calls are indexed in the order in which they are stored,
 * and the last one decides what an item is. Of NDJSON only the times are held; each line is read again at its turn.
 * @throws CaptureFileFault
 */
export async function* readCaptureFileByTime(file: string): AsyncGenerator<CaptureRecord> {
  const format = await formatOf(file);
  if (format === 'har') {
    const { records, isOurs } = await readHar(file);
    yield* byTime(records.map(dated), isOurs).map(({ what }) => what);
  } else if (format === 'list') {
    yield* byTime((await readList(file)).map(dated), true).map(({ what }) => what);
  } else {
    const places: Dated<{ start: number; length: number }>[] = [];
    for await (const { record, start, length } of readLines(file)) {
      places.push({ at: Date.parse(record.receivedAt), what: { start, length } });
    }
    const handle = await open(file, 'r');
    try {
      for (const { what } of byTime(places, true)) {
        yield checked(parse(await readLine(handle, what), 'A line'), 'A line');
      }
    } finally {
      await handle.close();
    }
  }
}

function dated(record: CaptureRecord): Dated<CaptureRecord> {
  return { at: Date.parse(record.receivedAt), what: record };
}

async function formatOf(file: string): Promise<Format> {
  const beginning = await sniff(file);
  if (beginning.trim() === '') throw new CaptureFileFault('The file is empty.');
  if (/^\s*\{\s*"log"\s*:/.test(beginning)) return 'har';
  if (/^\s*\[/.test(beginning)) return 'list';
  if (/^\s*\{/.test(beginning)) return 'lines';
  throw new CaptureFileFault(
    'This is no file of calls. Hookbench takes the HAR, NDJSON and JSON files that it exports, and HAR files of other tools; CSV is for spreadsheets only.',
  );
}

async function sniff(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    return buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\ufeff/, '');
  } finally {
    await handle.close();
  }
}

async function* readLines(
  file: string,
): AsyncGenerator<{ record: CaptureRecord; start: number; length: number }> {
  let number = 0;
  for await (const { text, start, length } of linesOf(file, maxLineBytes)) {
    number += 1;
    const place = `Line ${number.toLocaleString('en')}`;
    if (text === undefined) throw new CaptureFileFault(`${place} is too long to be a call.`);
    if (text.trim() === '') continue;
    yield { record: checked(parse(text, place), place), start, length };
  }
}

async function readList(file: string): Promise<CaptureRecord[]> {
  const list = await readWhole(file);
  if (!Array.isArray(list)) throw new CaptureFileFault('The file must be a list of calls.');
  return list.map((value, i) => checked(value, `Element ${(i + 1).toLocaleString('en')}`));
}

/** `isOurs`: whether Hookbench wrote it, newest first. */
async function readHar(file: string): Promise<{ records: CaptureRecord[]; isOurs: boolean }> {
  const { log } = (await readWhole(file)) as {
    log?: { entries?: unknown; creator?: { name?: unknown } };
  };
  const entries = log?.entries;
  if (!Array.isArray(entries)) throw new CaptureFileFault('log.entries is missing: this is no HAR file.');
  const records = entries.map((value, i) => {
    try {
      return recordOfHarEntry(value, i + 1);
    } catch (error) {
      throw new CaptureFileFault(`Entry ${(i + 1).toLocaleString('en')}: ${sentenceOf(error)}`);
    }
  });
  return { records, isOurs: log?.creator?.name === 'Hookbench' };
}

async function readWhole(file: string): Promise<unknown> {
  const { size } = await stat(file);
  if (size > maxWholeBytes) {
    throw new CaptureFileFault(
      'The file is larger than 256 MiB. Export so many calls as NDJSON, which is read line by line.',
    );
  }
  return parse((await readFile(file, 'utf8')).replace(/^\ufeff/, ''), 'The file');
}

function parse(json: string, place: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new CaptureFileFault(`${place} is not valid JSON: ${sentenceOf(error)}`);
  }
}

function checked(value: unknown, place: string): CaptureRecord {
  const parsed = captureRecord.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw new CaptureFileFault(
    where === 'kind' || where === 'version' || where === ''
      ? `${place} is no call that Hookbench exported.`
      : `${place}: "${where}": ${issue?.message ?? 'it does not fit'}.`,
  );
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
