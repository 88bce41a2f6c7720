// The lines of a file with their places, so that one can be read again later. Only LF ends a line: U+2028 may stand inside a JSON text.
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

export interface LineOfFile {
  /** In bytes from the start of the file, without the line's end. */
  start: number;
  length: number;
  /** Undefined where the line is longer than it may be; then it is the last one that is given. */
  text: string | undefined;
}

const lineFeed = 10;

export async function* linesOf(file: string, maxBytes: number): AsyncGenerator<LineOfFile> {
  let start = 0;
  let length = 0;
  let parts: Buffer[] = [];
  const line = (): LineOfFile => ({ start, length, text: textOf(Buffer.concat(parts), start) });
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    while (from < chunk.length) {
      const end = chunk.indexOf(lineFeed, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      parts.push(part);
      length += part.length;
      if (length > maxBytes) {
        yield { start, length, text: undefined };
        return;
      }
      from += part.length;
      if (end < 0) continue;
      yield line();
      start += length + 1;
      length = 0;
      parts = [];
      from += 1;
    }
  }
  if (length > 0) yield line();
}

export async function readLine(
  handle: FileHandle,
  { start, length }: { start: number; length: number },
): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, start);
  return textOf(buffer.subarray(0, bytesRead), start);
}

function textOf(bytes: Buffer, start: number): string {
  const text = bytes.toString('utf8');
  return start === 0 ? text.replace(/^\ufeff/, '') : text;
}
