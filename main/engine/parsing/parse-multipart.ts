// multipart/form-data (RFC 7578) to a payload object. A field is its text; a file is {filename, contentType, size, base64?}.
// Brackets in names work as in forms. Works on the bytes, because files are not text.
import { BodyFault } from './body-fault.ts';
import { readContentType } from './content-type.ts';
import { decodeText } from './decode-text.ts';
import { createFormTree } from './form-tree.ts';
import { emptyPayloadObject, type PayloadObject } from './payload-value.ts';

/** Files up to this size carry their bytes as `base64`; of larger ones the stored call keeps the only copy. */
export const maxInlineFileBytes = 64 * 1024;

/** @throws BodyFault 400 malformedMultipart with the byte offset, 400/415 of a field's text, 422 tooManyKeys */
export function parseMultipart(
  bytes: Uint8Array,
  boundary: string | undefined,
): { value: PayloadObject; notes: string[] } {
  if (boundary === undefined || boundary === '') {
    throw malformed('the Content-Type names no boundary. Send multipart/form-data; boundary=…', 0);
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tree = createFormTree();
  for (const part of partsOf(buffer, boundary)) {
    const { headers, content, offset } = part;
    const disposition = readContentType(headers.get('content-disposition'));
    const name = disposition.parameters.get('name');
    if (disposition.type !== 'form-data' || name === undefined) {
      throw malformed('a part has no Content-Disposition with a name.', offset);
    }
    const filename =
      extendedName(disposition.parameters.get('filename*')) ?? disposition.parameters.get('filename');
    const type = headers.get('content-type');
    if (filename === undefined) {
      const { text, notes } = decodeText(content, readContentType(type).parameters.get('charset'));
      for (const note of notes) tree.notes.add(note);
      tree.add(name, text);
    } else {
      tree.add(name, fileValue(filename, type, content));
    }
  }
  return { value: tree.value(), notes: [...tree.notes] };
}

/** The boundary of a multipart body whose type was not declared, read from its first line. */
export function sniffBoundary(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 300)).toString(
    'latin1',
  );
  return /^--([^\r\n]{1,70})\r?\ncontent-disposition:/i.exec(start)?.[1]?.trimEnd();
}

function fileValue(filename: string, type: string | undefined, content: Buffer): PayloadObject {
  const file = emptyPayloadObject();
  file['filename'] = filename;
  file['contentType'] = type ?? 'application/octet-stream';
  file['size'] = content.length;
  if (content.length <= maxInlineFileBytes) file['base64'] = content.toString('base64');
  return file;
}

interface Part {
  headers: Map<string, string>;
  content: Buffer;
  offset: number;
}

function* partsOf(buffer: Buffer, boundary: string): Generator<Part> {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let start = delimiterAt(buffer, delimiter, 0);
  if (start < 0) throw malformed('the declared boundary does not stand in the body.', 0);
  for (;;) {
    const after = start + delimiter.length;
    if (buffer[after] === 45 && buffer[after + 1] === 45) return;
    const lineEnd = buffer.indexOf(10, after);
    const end = lineEnd < 0 ? -1 : delimiterAt(buffer, delimiter, lineEnd);
    if (end < 0) throw malformed('the body ends before the closing boundary.', buffer.length);
    let contentEnd = end - 1;
    if (buffer[contentEnd - 1] === 13) contentEnd--;
    yield readPart(buffer.subarray(lineEnd + 1, Math.max(lineEnd + 1, contentEnd)), lineEnd + 1);
    start = end;
  }
}

/** The next boundary at the start of a line (or of the body), whole: `--ab` does not match in `--abc`. */
function delimiterAt(buffer: Buffer, delimiter: Buffer, from: number): number {
  for (let at = buffer.indexOf(delimiter, from); at >= 0; at = buffer.indexOf(delimiter, at + 1)) {
    const before = at === 0 || buffer[at - 1] === 10;
    const rest = buffer.subarray(at + delimiter.length, at + delimiter.length + 2);
    const [first, second] = rest;
    if (
      before &&
      (first === undefined || first === 13 || first === 10 || first === 32 || (first === 45 && second === 45))
    ) {
      return at;
    }
  }
  return -1;
}

function readPart(part: Buffer, offset: number): Part {
  const headers = new Map<string, string>();
  let at = 0;
  for (;;) {
    const lineEnd = part.indexOf(10, at);
    if (lineEnd < 0) throw malformed('a part has no empty line between its headers and its content.', offset);
    const line = part.subarray(at, lineEnd).toString('utf8').replace(/\r$/, '');
    at = lineEnd + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, content: part.subarray(at), offset };
}

/** RFC 5987: UTF-8''na%C3%AFve.txt */
function extendedName(value: string | undefined): string | undefined {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(value ?? '')?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return encoded;
    throw error;
  }
}

function malformed(why: string, offset: number): BodyFault {
  return new BodyFault(400, 'malformedMultipart', `The multipart body cannot be read: ${why}`, { offset });
}
