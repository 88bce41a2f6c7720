// What a signature covers: builds the signed bytes of a request from a scheme's template, its time and its key. Pure.

import type { HeaderPairs } from './request-parts.ts';
import { headerValue, parseJsonBody, textAt, textOf } from './request-parts.ts';
import type { SchemeOf } from './signature-scheme.ts';

/** A request as the sender signed it. `url` is the public one, with its query. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: HeaderPairs;
  /** Without the `?`. */
  query: string;
  rawBody: Uint8Array;
}

type Templated = SchemeOf<'hmac'> | SchemeOf<'publicKey'>;

/** Names and values of a form body, sorted by name, joined without separators, as Twilio signs them. */
function sortedForm(body: Uint8Array): string {
  const fields = [...new URLSearchParams(textOf(body))];
  return fields
    .sort(([a, one], [b, other]) => (a === b ? order(one, other) : order(a, b)))
    .map(([name, value]) => name + value)
    .join('');
}
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The bytes that are signed. The body stands in them exactly as received. */
export function signedContent(
  template: string,
  request: SignedRequest,
  timestamp: string | undefined,
): Buffer {
  const parts = template.split(/\{(\w+)\}/);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 0) return Buffer.from(part);
      if (part === 'body') return request.rawBody;
      if (part === 'timestamp') return Buffer.from(timestamp ?? '');
      if (part === 'method') return Buffer.from(request.method);
      if (part === 'url') return Buffer.from(request.url);
      if (part === 'sortedForm') return Buffer.from(sortedForm(request.rawBody));
      throw new Error(`Signature templates know no {${part}}.`);
    }),
  );
}

/** `t=1,v1=ab` as pairs; a name may stand several times. */
export function headerFields(header: string, separator: string): [string, string][] {
  return header.split(separator).map((field) => {
    const mark = field.indexOf('=');
    return mark < 0 ? [field.trim(), ''] : [field.slice(0, mark).trim(), field.slice(mark + 1).trim()];
  });
}

export interface ReadTimestamp {
  /** As it stands in the request and in the signed content. */
  text: string;
  /** Milliseconds since 1970; NaN where it is not a time. */
  ms: number;
}

/** The time that a request claims; `undefined` where it has none. */
export function readTimestamp(scheme: Templated, request: SignedRequest): ReadTimestamp | undefined {
  const { timestamp } = scheme;
  if (!timestamp) return undefined;
  let text: string | undefined;
  if (timestamp.in === 'header') text = headerValue(request.headers, timestamp.header);
  else if (timestamp.in === 'body') text = textAt(parseJsonBody(request.rawBody), timestamp.path);
  else {
    const header = headerValue(request.headers, scheme.header ?? '') ?? '';
    const separator = 'fields' in scheme ? (scheme.fields?.separator ?? ',') : ',';
    text = headerFields(header, separator).find(([name]) => name === timestamp.field)?.[1];
  }
  if (text === undefined || text === '') return undefined;
  if (timestamp.unit === 'iso') return { text, ms: Date.parse(text) };
  if (!/^\d{1,16}$/.test(text)) return { text, ms: Number.NaN };
  return { text, ms: timestamp.unit === 's' ? Number(text) * 1000 : Number(text) };
}

/** The signatures that stand in the request, without prefix, in its own encoding. */
export function readSignatures(scheme: SchemeOf<'hmac'>, request: SignedRequest): string[] {
  if (scheme.queryParameter !== undefined) {
    const value = new URLSearchParams(request.query).get(scheme.queryParameter);
    return value ? [value] : [];
  }
  const headers = [scheme.header, ...(scheme.otherHeaders ?? [])]
    .map((name) => (name === undefined ? undefined : headerValue(request.headers, name)))
    .filter((value) => value !== undefined);
  return headers.flatMap((header) => {
    if (scheme.fields) {
      const { separator, signatures } = scheme.fields;
      return headerFields(header, separator)
        .filter(([name, value]) => signatures.includes(name) && value !== '')
        .map(([, value]) => value);
    }
    const parts = scheme.listSeparator ? header.split(scheme.listSeparator) : [header];
    const prefix = scheme.prefix ?? '';
    return parts
      .map((part) => part.trim())
      .filter((part) => part.startsWith(prefix) && part.length > prefix.length)
      .map((part) => part.slice(prefix.length));
  });
}

/** The key that a secret stands for. */
export function keyOf(scheme: SchemeOf<'hmac'>, secret: string): Buffer {
  return Buffer.from(secret, scheme.secretEncoding ?? 'utf8');
}
