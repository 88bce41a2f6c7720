// The text of a file as a stream of strings: byte-order mark, charset, no NUL. Nothing is replaced silently: UTF-8 that is not
// valid is refused with its place, or read as windows-1252 where the caller allows it, with a note.
import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ImportCharset } from '#contract';
import { FileFault } from './file-fault.ts';

const chunkBytes = 256 * 1024;
const sniffedBytes = 64 * 1024;

const marks: { charset: ImportCharset; bytes: number[] }[] = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
];

const names: Record<ImportCharset, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'windows-1252',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'iso-8859-15': 'ISO-8859-15',
  shift_jis: 'Shift JIS',
  gb18030: 'GB18030',
};

export interface CharsetFound {
  charset: ImportCharset;
  note?: string;
}

/** Bytes from the start of the file. */
export async function readStart(file: string, bytes = sniffedBytes): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * The charset by mark, by the zero bytes of UTF-16, else UTF-8 where all of the file is valid.
 * @param allowLegacy whether what is not UTF-8 may be windows-1252 (CSV; JSON is UTF-8 by its standard)
 * @throws FileFault where it is neither
 */
export async function findCharset(file: string, allowLegacy: boolean): Promise<CharsetFound> {
  const start = await readStart(file);
  const mark = markOf(start);
  if (mark) return { charset: mark.charset };
  const wide = wideCharset(start);
  if (wide) return { charset: wide, note: `Read as ${names[wide]} by its zero bytes.` };
  const broken = await firstBrokenPlace(file);
  if (broken === undefined) return { charset: 'utf-8' };
  if (allowLegacy) {
    return {
      charset: 'windows-1252',
      note: `The file is not UTF-8 (byte ${broken}); it was read as windows-1252. Look whether accents and signs are right.`,
    };
  }
  throw notUtf8(broken);
}

/** @throws FileFault for bytes that are not of this charset, and for a NUL */
export async function* textOf(
  file: string,
  charset: ImportCharset,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset, { fatal: true });
  let bytes = 0;
  let line = 1;
  for await (const chunk of streamOf(file)) {
    const text = decode(decoder, chunk, charset, bytes);
    bytes += chunk.length;
    const nul = text.indexOf('\0');
    if (nul >= 0) throw nulFault(line + newlines(text, nul));
    line += newlines(text, text.length);
    onBytes(bytes);
    if (text !== '') yield text;
  }
  const last = decode(decoder, undefined, charset, bytes);
  if (last !== '') yield last;
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Buffer | undefined,
  charset: ImportCharset,
  before: number,
): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const from = before.toLocaleString('en');
    const to = (before + (chunk?.length ?? 0)).toLocaleString('en');
    throw new FileFault(
      `The file is not ${names[charset]}: the bytes between ${from} and ${to} are no text in it. Choose another character set, or save the file as UTF-8.`,
    );
  }
}

function streamOf(file: string): ReadStream & AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: chunkBytes });
}

function markOf(start: Buffer) {
  return marks.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
}

/** Latin text in UTF-16 has a zero in nearly every second byte. */
function wideCharset(start: Buffer): ImportCharset | undefined {
  const pairs = Math.floor(Math.min(start.length, 4096) / 2);
  if (pairs < 2) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (start[i] === 0) even += 1;
    if (start[i + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.4 && even === 0) return 'utf-16le';
  if (even > pairs * 0.4 && odd === 0) return 'utf-16be';
  return undefined;
}

/** The offset at which the bytes stop being UTF-8 (to the chunk, then to the byte), or undefined. */
async function firstBrokenPlace(file: string): Promise<number | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let before = 0;
  for await (const chunk of streamOf(file)) {
    try {
      decoder.decode(chunk, { stream: true });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return before + brokenIn(chunk);
    }
    before += chunk.length;
  }
  try {
    decoder.decode();
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return before;
  }
}

/** The longest valid beginning of a chunk, by halving. */
function brokenIn(chunk: Buffer): number {
  let good = 0;
  let bad = chunk.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(chunk.subarray(0, middle), { stream: true });
      good = middle;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      bad = middle;
    }
  }
  return good;
}

function notUtf8(offset: number): FileFault {
  return new FileFault(
    `The byte at offset ${offset.toLocaleString('en')} is not valid UTF-8. Save the file as UTF-8 and upload it again.`,
  );
}

function nulFault(line: number): FileFault {
  return new FileFault(
    `There is a NUL byte in line ${line.toLocaleString('en')}, so this is not a text file, or it is damaged. Export it again.`,
  );
}

function newlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
