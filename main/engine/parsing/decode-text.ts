// Bytes to text: byte-order mark, declared charset, XML declaration, the zero bytes of UTF-16 and UTF-32, else strict UTF-8.
// Nothing is replaced silently: bytes that are not valid UTF-8 are refused with their offset.
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { BodyFault } from './body-fault.ts';

const marks: { name: string; bytes: number[] }[] = [
  { name: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { name: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { name: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'utf-16le', bytes: [0xff, 0xfe] },
  { name: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * @param declared the charset of the header, if any
 * @throws BodyFault 400 brokenText (offset in bytes), 415 unknownCharset
 */
export function decodeText(
  bytes: Uint8Array,
  declared: string | undefined,
): { text: string; notes: string[] } {
  const mark = marks.find(({ bytes: start }) => start.every((byte, i) => bytes[i] === byte));
  if (mark) {
    const notes = [`Starts with a byte-order mark of ${mark.name.toUpperCase()}; it was taken off.`];
    if (declared && !agrees(declared, mark.name)) {
      notes.push(
        `Declared charset ${shown(declared)}, read as ${mark.name.toUpperCase()} because of the mark.`,
      );
    }
    const rest = bytes.subarray(mark.bytes.length);
    return { text: decodeAs(rest, mark.name, mark.bytes.length), notes };
  }
  const pattern = wideEncoding(bytes);
  if (pattern && (!declared || isUtf8Name(declared) || agrees(declared, pattern))) {
    return {
      text: decodeAs(bytes, pattern, 0),
      notes: [`Read as ${pattern.toUpperCase()} by its zero bytes.`],
    };
  }
  const name = declared ?? xmlEncoding(bytes);
  const text = decodeAs(bytes, name ?? 'utf-8', 0);
  return { text, notes: name && !isUtf8Name(name) ? [`Read with the declared charset ${shown(name)}.`] : [] };
}

function decodeAs(bytes: Uint8Array, name: string, skipped: number): string {
  if (isUtf8Name(name)) {
    if (!isUtf8(bytes)) {
      const offset = firstBrokenByte(bytes) + skipped;
      throw new BodyFault(
        400,
        'brokenText',
        `The byte at offset ${offset} is not valid UTF-8. Send UTF-8, or declare the charset in the Content-Type.`,
        { offset },
      );
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
  if (!iconv.encodingExists(name) || notACharset.test(name)) {
    throw new BodyFault(
      415,
      'unknownCharset',
      `The declared charset ${shown(name)} is not one that Hookbench reads. Send UTF-8.`,
    );
  }
  const width = /32/.test(name) ? 4 : /16|ucs-?2/i.test(name) ? 2 : 1;
  if (bytes.length % width !== 0) {
    const offset = bytes.length - (bytes.length % width) + skipped;
    throw new BodyFault(400, 'brokenText', `The ${name.toUpperCase()} text ends inside a character.`, {
      offset,
    });
  }
  return iconv.decode(bytes, name, { stripBOM: true });
}

/** Codecs of iconv-lite that are not charsets, and UTF-7, which hides markup. */
const notACharset = /^(base64|hex|binary|utf-?7(-?imap)?|unicode11utf7|internal)$/i;

/** US-ASCII is read as UTF-8, which contains it. */
function isUtf8Name(name: string): boolean {
  return /^(utf-?8|us-ascii|ascii|ansi_x3\.4-1968|unicode-1-1-utf-8|utf8mb4)$/i.test(name.trim());
}

function agrees(declared: string, found: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain(found) === plain(declared) || plain(found).startsWith(plain(declared));
}

/** RFC 4627 section 3: the first characters of JSON and XML are ASCII, so zero bytes tell the width and the order. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2) return undefined;
  const [a, b, c, d] = bytes;
  if (a === 0 && b === 0 && c === 0 && d) return 'utf-32be';
  if (a && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b) return 'utf-16be';
  if (a && b === 0) return 'utf-16le';
  return undefined;
}

/** The encoding that an XML declaration names, read from its ASCII bytes. */
function xmlEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString(
    'latin1',
  );
  const match = /^\s*<\?xml\s[^>]*?encoding\s*=\s*(?:"([^"]+)"|'([^']+)')/.exec(start);
  const name = match?.[1] ?? match?.[2];
  // Bytes that could be read so far are ASCII-compatible; a declaration of UTF-16 in them is a known untruth of senders.
  return name && /^(utf-?16|ucs-?2|utf-?32|ucs-?4)/i.test(name) ? undefined : name;
}

/** The name as it may stand in a message: printable ASCII, short. */
function shown(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 40);
}

/** Offset of the first byte at which the bytes stop being valid UTF-8; their length where they are valid. */
export function firstBrokenByte(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const more =
      lead >= 0xc2 && lead <= 0xdf
        ? 1
        : lead >= 0xe0 && lead <= 0xef
          ? 2
          : lead >= 0xf0 && lead <= 0xf4
            ? 3
            : 0;
    if (more === 0) return i;
    const second = bytes[i + 1] ?? 0;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return i;
    for (let k = 2; k <= more; k++) {
      if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return i;
    }
    i += more + 1;
  }
  return i;
}
