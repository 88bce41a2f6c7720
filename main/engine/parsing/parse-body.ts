// Bytes of a call to a value: decompression, charset, format (declared, else recognised), limits. Pure and synchronous;
// bodies that are large go through the payload worker, which calls this.
import type { BodyFormat, Rejection } from '#contract';
import { BodyFault, type FaultStatus } from './body-fault.ts';
import { defaultMaxBytes } from './body-limits.ts';
import { type ContentType, formatOfType, readContentType, takenTypes } from './content-type.ts';
import { decodeText } from './decode-text.ts';
import { decompressBody } from './decompress-body.ts';
import { parseForm } from './parse-form.ts';
import { parseJsonBody } from './parse-json.ts';
import { parseMultipart, sniffBoundary } from './parse-multipart.ts';
import { looksLikeNdjson, parseNdjson } from './parse-ndjson.ts';
import { parseXml } from './parse-xml.ts';
import { emptyPayloadObject, type PayloadValue } from './payload-value.ts';

export interface BodyInput {
  /** As received, before decompression. Never written to. */
  body: Uint8Array;
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
  /** Limit in bytes after decompression; 25 MiB where left out. */
  maxBytes?: number | undefined;
}

export type ParsedBody =
  | {
      ok: true;
      format: BodyFormat;
      value: PayloadValue;
      /** 1 for an object, an XML document or a form; N for a list of N objects; 0 for an empty list. An empty body is 1: its facts may stand in headers and query. */
      elements: number;
      /** What a reader should know: sniffed type, charset, duplicate keys. One sentence each. */
      notes: string[];
      /** The decoded text. Of a multipart body its bytes as tolerant UTF-8. */
      text: string;
    }
  | { ok: false; format: BodyFormat; status: FaultStatus; rejection: Rejection };

type Reading = { value: PayloadValue; notes: string[] };

/** Never throws for any bytes or headers; every fault is a rejection with a status. */
export function parseBody(input: BodyInput): ParsedBody {
  const declared = readContentType(input.contentType);
  const declaredFormat = formatOfType(declared.type);
  const faults: { format: BodyFormat; fault: BodyFault }[] = [];
  try {
    const bytes = bytesOf(input);
    if (bytes.length === 0) return emptyBody('', []);
    return parseBytes(bytes, declared, declaredFormat, faults);
  } catch (error) {
    if (!(error instanceof BodyFault)) throw error;
    // The fault of the declared format, or of the one that the body looks like, tells the sender most.
    const { format, fault } = faults[0] ?? { format: declaredFormat ?? 'text', fault: error };
    const rejection = { code: fault.code, message: fault.message, ...(fault.at ? { at: fault.at } : {}) };
    return { ok: false, format, status: fault.status, rejection };
  }
}

/** Tries the formats in order and collects their faults. @throws BodyFault where none reads */
function parseBytes(
  bytes: Uint8Array,
  { type, parameters }: ContentType,
  declared: BodyFormat | undefined,
  faults: { format: BodyFormat; fault: BodyFault }[],
): ParsedBody {
  function attempt(
    format: BodyFormat,
    text: string,
    notes: string[],
    read: () => Reading,
  ): ParsedBody | undefined {
    try {
      return success(read(), { format, declared, type, notes }, text);
    } catch (error) {
      if (!(error instanceof BodyFault)) throw error;
      faults.push({ format, fault: error });
      // A limit or a wrong shape is the verdict on a body that was recognised; another format would only hide it.
      if (error.status !== 400) throw error;
      return undefined;
    }
  }

  const boundary =
    (declared === 'multipart' ? parameters.get('boundary') : undefined) ?? sniffBoundary(bytes);
  if (declared === 'multipart' || boundary !== undefined) {
    const parsed = attempt('multipart', tolerantText(bytes), [], () => parseMultipart(bytes, boundary));
    if (parsed) return parsed;
  }
  const charset = parameters.get('charset') || undefined;
  const { text, notes } = decodeOrRefuse(bytes, charset, declared);
  if (text.trim() === '') return emptyBody(text, notes);
  for (const format of candidatesFor(text, declared)) {
    const parsed = attempt(format, text, notes, () => readAs(format, text, charset));
    if (parsed) return parsed;
  }
  throw unreadable();
}

/** The body after decompression. @throws BodyFault */
export function bytesOf(input: BodyInput): Uint8Array {
  if (input.body.length === 0) return input.body;
  return decompressBody(input.body, input.contentEncoding, input.maxBytes ?? defaultMaxBytes);
}

/** Bytes under a type that we do not take are refused as such, not for their charset. */
function decodeOrRefuse(bytes: Uint8Array, charset: string | undefined, declared: BodyFormat | undefined) {
  try {
    return decodeText(bytes, charset);
  } catch (error) {
    const startsLikeText = /^[\s\ufeff]*[{[<]/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
    if (error instanceof BodyFault && declared === undefined && !startsLikeText) throw unreadable();
    throw error;
  }
}

/** The formats to try, in order. What the text looks like is looked at only when the declared format did not read it. */
function* candidatesFor(text: string, declared: BodyFormat | undefined): Generator<BodyFormat> {
  const sure = declared !== 'form' && declared !== 'multipart' ? declared : undefined;
  if (sure) yield sure;
  for (const format of lookedUp(text, declared)) if (format !== sure) yield format;
}

/** The declared format unless the text plainly is another, then what the text looks like. */
function lookedUp(text: string, declared: BodyFormat | undefined): BodyFormat[] {
  const start = text.trimStart().charAt(0);
  const looks: BodyFormat[] = [];
  if (start === '{' || start === '[') {
    looks.push('json');
    if (looksLikeNdjson(text)) looks.push('ndjson');
  } else if (start === '<') {
    looks.push('xml');
  }
  if (/^\s*[^\s"'<>{}\\=&]+=[^\s"<>{}\\]*$/.test(text)) looks.push('form');
  if (declared === undefined) return looks;
  // curl and many clients declare a form by default. Encoded forms never start with these characters.
  if (declared === 'form' && looks.length > 0 && looks[0] !== 'form') {
    return /^[^\s"<>]*=/.test(text) ? [...looks, 'form'] : looks;
  }
  return [declared, ...looks].filter((format, i, all) => format !== 'multipart' && all.indexOf(format) === i);
}

function readAs(format: BodyFormat, text: string, charset: string | undefined): Reading {
  if (format === 'json') return parseJsonBody(text);
  if (format === 'ndjson') return parseNdjson(text);
  if (format === 'xml') return { value: parseXml(text), notes: [] };
  return parseForm(text, charset);
}

function success(
  reading: Reading,
  facts: { format: BodyFormat; declared: BodyFormat | undefined; type: string; notes: string[] },
  text: string,
): ParsedBody {
  const { format, declared, type } = facts;
  const notes = [...facts.notes];
  if (declared !== format) {
    const shown = type.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
    notes.push(
      shown === ''
        ? `No content type, read as ${nameOf(format)}.`
        : `Declared ${shown}, read as ${nameOf(format)}.`,
    );
  }
  notes.push(...reading.notes);
  const elements = Array.isArray(reading.value) ? reading.value.length : 1;
  return { ok: true, format, value: reading.value, elements, notes, text };
}

function emptyBody(text: string, notes: string[]): ParsedBody {
  return { ok: true, format: 'empty', value: emptyPayloadObject(), elements: 1, notes, text };
}

function tolerantText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function nameOf(format: BodyFormat): string {
  const names = {
    json: 'JSON',
    xml: 'XML',
    form: 'a form',
    multipart: 'multipart',
    ndjson: 'NDJSON',
    text: 'text',
    empty: 'empty',
  };
  return names[format];
}

function unreadable(): BodyFault {
  return new BodyFault(
    415,
    'unreadableType',
    `The body is of no type that Hookbench reads. Send one of ${takenTypes}.`,
  );
}
