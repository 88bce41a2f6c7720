// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): entries of captures, and captures of entries. What the standard has no
// place for stands in `_hookbench`, so that our own files come back whole and every other tool still reads them. Pure.
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { bytesOf, type CaptureRecord, captureRecord, recordKind, recordVersion } from './capture-record.ts';

export const harHead =
  '{"log":{"version":"1.2","creator":{"name":"Hookbench","version":"1"},"pages":[],"entries":[';
export const harTail = '\n]}}\n';

/** What of a record stands nowhere else in an entry. */
const own = captureRecord.omit({
  receivedAt: true,
  method: true,
  path: true,
  query: true,
  headers: true,
  status: true,
  text: true,
});

export function harEntry(record: CaptureRecord) {
  const host = record.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'hookbench.invalid';
  const waitedMs = record.answeredInMs ?? 0;
  const bytes = bytesOf(record);
  const { kind, version, id, source, contentType, format, outcome, answeredInMs, eventType } = record;
  const { deliveryId, rejection, notes, base64, masked } = record;
  return {
    startedDateTime: record.receivedAt,
    time: waitedMs,
    request: {
      method: record.method,
      url: `http://${host}${record.path}${record.query === '' ? '' : `?${record.query}`}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: record.headers.map(([name, value]) => ({ name, value })),
      queryString: [...new URLSearchParams(record.query)].map(([name, value]) => ({ name, value })),
      ...(bytes.length === 0
        ? {}
        : { postData: { mimeType: contentType ?? '', text: record.text ?? bytes.toString('latin1') } }),
      headersSize: -1,
      bodySize: bytes.length,
    },
    response: {
      status: record.status,
      statusText: STATUS_CODES[record.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: 'application/json' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: waitedMs, receive: 0 },
    _hookbench: {
      kind,
      version,
      id,
      source,
      contentType,
      format,
      outcome,
      answeredInMs,
      eventType,
      deliveryId,
      rejection,
      notes,
      base64,
      masked,
    },
  };
}

const pair = z.object({ name: z.string(), value: z.string() });

/** An entry of any tool: only the request is used. */
const entry = z.object({
  startedDateTime: z.string().optional(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(pair),
    postData: z
      .object({
        mimeType: z.string().optional(),
        text: z.string().optional(),
        encoding: z.string().optional(),
      })
      .optional(),
  }),
  response: z.object({ status: z.number() }).optional(),
  _hookbench: own.optional(),
});

/** @throws Error with a sentence, where it is no entry of a HAR file */
export function recordOfHarEntry(value: unknown, number: number): CaptureRecord {
  const parsed = entry.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'it is no entry'}`);
  }
  const { request, response, startedDateTime, _hookbench: kept } = parsed.data;
  if (!URL.canParse(request.url)) throw new Error(`request.url: "${request.url.slice(0, 100)}" is no URL`);
  const { pathname, search } = new URL(request.url);
  const at = new Date(startedDateTime ?? Number.NaN);
  const headers = request.headers
    // Of HTTP/2, where they are no headers.
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value: text }): [string, string] => [name, text]);
  const contentType =
    headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? request.postData?.mimeType;
  const body =
    request.postData?.text === undefined
      ? {}
      : request.postData.encoding === 'base64'
        ? { base64: request.postData.text }
        : { text: request.postData.text };
  const query = search.slice(1);
  if (kept) {
    const { base64, ...rest } = kept;
    return captureRecord.parse({
      ...rest,
      receivedAt: at.toISOString(),
      method: request.method,
      path: pathname,
      query: rawQueryOf(request.url) ?? query,
      headers,
      status: response?.status ?? 200,
      ...(base64 === undefined ? body : { base64 }),
    });
  }
  return captureRecord.parse({
    kind: recordKind,
    version: recordVersion,
    id: `entry ${number}`,
    source: { name: new URL(request.url).host.slice(0, 120) || 'HAR' },
    receivedAt: Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString(),
    method: request.method.toUpperCase(),
    path: pathname,
    query,
    // The text of a HAR is never compressed.
    headers: headers.filter(([name]) => name.toLowerCase() !== 'content-encoding'),
    ...(contentType ? { contentType } : {}),
    format: 'text',
    outcome: 'accepted',
    status: 200,
    notes: [],
    ...body,
    masked: false,
  });
}

/** Our own files hold the query as it came, which URL would write anew. */
function rawQueryOf(url: string): string | undefined {
  const mark = url.indexOf('?');
  return mark < 0 ? undefined : url.slice(mark + 1);
}
