// A body for the viewer: raw and pretty text up to a cap, and the root of its tree. Bodies that cannot be read are shown too.
import type { CaptureView } from '#contract';
import { rootNode } from '../mapping/payload-tree.ts';
import { prettyPrint, prettyXml } from '../mapping/pretty-print.ts';
import { BodyFault } from '../parsing/body-fault.ts';
import { readContentType } from '../parsing/content-type.ts';
import { decodeText } from '../parsing/decode-text.ts';
import { bytesOf, type ParsedBody } from '../parsing/parse-body.ts';
import type { PayloadFacts } from './payload-task.ts';

/** Characters of each text; the whole body goes through a download. */
export const maxViewChars = 256 * 1024;

type CappedText = CaptureView['raw'];

/** @param body as received; looked at only where `parsed` could not be read */
export function captureView(facts: PayloadFacts, body: Uint8Array, parsed: ParsedBody): CaptureView {
  if (!parsed.ok) {
    const raw = unreadableText(facts, body);
    return { raw, pretty: raw };
  }
  const raw = capped(parsed.text);
  if (parsed.format === 'empty') return { raw, pretty: raw };
  const pretty =
    parsed.format === 'xml' ? prettyXml(parsed.text, maxViewChars) : prettyPrint(parsed.value, maxViewChars);
  return { raw, pretty, root: rootNode(parsed.value) };
}

function capped(text: string): CappedText {
  return text.length > maxViewChars ? { text: text.slice(0, maxViewChars), cut: true } : { text, cut: false };
}

function unreadableText(facts: PayloadFacts, body: Uint8Array): CappedText {
  const bytes = unpacked(facts, body);
  const text = textOf(bytes, facts.contentType);
  return text === undefined ? hexDump(bytes) : capped(text);
}

/** The body as received where it cannot be decompressed. */
function unpacked(facts: PayloadFacts, body: Uint8Array): Uint8Array {
  try {
    return bytesOf({ ...facts, body });
  } catch (error) {
    if (error instanceof BodyFault) return body;
    throw error;
  }
}

/** The text where the bytes are one: by their charset, or as UTF-8 with few faults. Undefined for binary data. */
function textOf(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  let text: string;
  try {
    text = decodeText(bytes, readContentType(contentType).parameters.get('charset')).text;
  } catch (error) {
    if (!(error instanceof BodyFault)) throw error;
    text = new TextDecoder().decode(bytes);
  }
  const start = text.slice(0, 4096);
  const odd = [...start].filter(
    (char) => char === '\ufffd' || (char < ' ' && !'\t\n\r\f'.includes(char)),
  ).length;
  return odd * 20 > start.length ? undefined : text;
}

/** 16 bytes a line: offset, hexadecimal, printable ASCII. */
function hexDump(bytes: Uint8Array): CappedText {
  const lines: string[] = [];
  const lineChars = 78;
  const maxLines = Math.floor(maxViewChars / lineChars);
  for (let at = 0; at < bytes.length && lines.length < maxLines; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${ascii}`);
  }
  return { text: lines.join('\n'), cut: lines.length * 16 < bytes.length };
}
