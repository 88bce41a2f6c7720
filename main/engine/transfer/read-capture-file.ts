// Reads a file of captures, record by record: NDJSON as a stream, JSON and HAR as a whole, which bounds their size. Runs in a worker.
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type CaptureRecord, captureRecord } from './capture-record.ts';
import { recordOfHarEntry } from './har.ts';

/** A sentence for people: what is wrong with the file, and where. */
export class CaptureFileFault extends Error {}

/** JSON and HAR are parsed in one piece. */
const maxWholeBytes = 256 * 1024 * 1024;
/** A body of 25 MiB as base64 with its headers. */
const maxLineChars = 48 * 1024 * 1024;
const sniffedBytes = 4_096;

/** @throws CaptureFileFault */
export async function* readCaptureFile(file: string): AsyncGenerator<CaptureRecord> {
  const beginning = await sniff(file);
  if (beginning.trim() === '') throw new CaptureFileFault('The file is empty.');
  if (/^\s*\{\s*"log"\s*:/.test(beginning)) yield* readHar(file);
  else if (/^\s*\[/.test(beginning)) yield* readList(file);
  else if (/^\s*\{/.test(beginning)) yield* readLines(file);
  else {
    throw new CaptureFileFault(
      'This is no file of calls. Hookbench takes the HAR, NDJSON and JSON files that it exports, and HAR files of other tools; CSV is for spreadsheets only.',
    );
  }
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

async function* readLines(file: string): AsyncGenerator<CaptureRecord> {
  const lines = createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const json = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (json.trim() === '') continue;
    const place = `Line ${number.toLocaleString('en')}`;
    if (json.length > maxLineChars) throw new CaptureFileFault(`${place} is too long to be a call.`);
    yield checked(parse(json, place), place);
  }
}

async function* readList(file: string): AsyncGenerator<CaptureRecord> {
  const list = await readWhole(file);
  if (!Array.isArray(list)) throw new CaptureFileFault('The file must be a list of calls.');
  for (const [i, value] of list.entries()) {
    yield checked(value, `Element ${(i + 1).toLocaleString('en')}`);
  }
}

async function* readHar(file: string): AsyncGenerator<CaptureRecord> {
  const { log } = (await readWhole(file)) as { log?: { entries?: unknown } };
  const entries = log?.entries;
  if (!Array.isArray(entries)) throw new CaptureFileFault('log.entries is missing: this is no HAR file.');
  for (const [i, value] of entries.entries()) {
    try {
      yield recordOfHarEntry(value, i + 1);
    } catch (error) {
      throw new CaptureFileFault(`Entry ${(i + 1).toLocaleString('en')}: ${sentenceOf(error)}`);
    }
  }
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
