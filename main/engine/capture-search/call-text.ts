// The text of a call that is searched: its path, query and headers, and the decoded text of its body. Pure; reads what was refused, too,
// as far as it is text at all.
import type { BodyFormat } from '#contract';
import { BodyFault } from '../parsing/body-fault.ts';
import { readContentType } from '../parsing/content-type.ts';
import { decodeText } from '../parsing/decode-text.ts';
import { decompressBody } from '../parsing/decompress-body.ts';

export interface SearchedCall {
  path: string;
  query: string;
  headers: readonly (readonly [string, string])[];
  contentType: string | undefined;
  format: BodyFormat;
}

const maxUnpackedBytes = 25 * 1024 * 1024;

/** Path, query and headers, one a line. */
export function headText(call: SearchedCall): string {
  const lines = call.headers.map(([name, value]) => `${name}: ${value}`);
  return [call.path, decodePercent(call.query), ...lines].join('\n');
}

export function contentEncodingOf(headers: SearchedCall['headers']): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
}

/** Decompressed and decoded, with the escapes of its format undone. `maxBytes` bounds what is decoded; `cut` says that more is there. */
export function bodyText(
  call: SearchedCall,
  body: Uint8Array,
  maxBytes = Number.POSITIVE_INFINITY,
): { text: string; cut: boolean } {
  if (body.length === 0) return { text: '', cut: false };
  const bytes = unpacked(body, contentEncodingOf(call.headers));
  const cut = bytes.length > maxBytes;
  const text = decoded(cut ? bytes.subarray(0, maxBytes) : bytes, call.contentType);
  return { text: withoutEscapes(text, call.format), cut };
}

function unpacked(body: Uint8Array, encoding: string | undefined): Uint8Array {
  try {
    return decompressBody(body, encoding, maxUnpackedBytes);
  } catch (error) {
    if (error instanceof BodyFault) return body;
    throw error;
  }
}

function decoded(bytes: Uint8Array, contentType: string | undefined): string {
  try {
    return decodeText(bytes, readContentType(contentType).parameters.get('charset')).text;
  } catch (error) {
    if (error instanceof BodyFault) return new TextDecoder().decode(bytes);
    throw error;
  }
}

const jsonEscapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };
const xmlEntities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function withoutEscapes(text: string, format: BodyFormat): string {
  switch (format) {
    case 'json':
    case 'ndjson':
      return text.includes('\\')
        ? text.replaceAll(
            /\\(?:u([0-9a-fA-F]{4})|(.))/g,
            (_all, hex: string | undefined, char: string | undefined) =>
              hex === undefined
                ? (jsonEscapes[char ?? ''] ?? char ?? '')
                : String.fromCharCode(Number.parseInt(hex, 16)),
          )
        : text;
    case 'form':
      return decodePercent(text);
    case 'xml':
      return text.includes('&')
        ? text.replaceAll(
            /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
            (all, digits: string | undefined, hex: string | undefined, name: string | undefined) =>
              name === undefined
                ? (codePoint(digits === undefined ? Number.parseInt(hex ?? '', 16) : Number(digits)) ?? all)
                : (xmlEntities[name] ?? all),
          )
        : text;
    default:
      return text;
  }
}

function codePoint(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** `+` and `%xx` undone; what is no valid UTF-8 stays as it is. */
function decodePercent(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  return spaced.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
