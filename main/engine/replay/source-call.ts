// A call that can be sent: what of a stored capture (or a sample) goes out, with the edits of the user. Never changes what is stored.
import type { CallEdit, CaptureOrigin, OriginalAnswer } from '#contract';
import type { CaptureRow } from '../captures/captures-table.ts';
import { inboundPath } from '../data-sources/data-sources.ts';

export type HeaderList = [string, string][];

export interface SourceCall {
  method: string;
  /** What stood behind the token of the webhook URL: empty, or starts with `/`. */
  pathRest: string;
  /** Without `?`. */
  query: string;
  headers: HeaderList;
  body: Uint8Array;
  dataSourceId: string;
  connectionId: string;
  /** Of the delivery, as the application wrote it. */
  deliveryId: string | undefined;
  label: string;
  origin: CaptureOrigin;
  /** The capture that is sent again. */
  replayOf: string | undefined;
  original: OriginalAnswer | undefined;
}

/** Headers that belong to one connection between two programs, not to the call (RFC 9110, 7.6.1), and those that are made anew. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'content-length',
]);

/** What goes on to the next program. `Host` is left in; who sends decides about it. */
export function endToEnd(headers: HeaderList): HeaderList {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((each) => each.trim().toLowerCase()));
  const dropped = new Set([...hopByHop, ...named]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

export const isNamed = (name: string) => (header: readonly [string, string]) =>
  header[0].toLowerCase() === name.toLowerCase();

export function withoutHeaders(headers: HeaderList, names: Iterable<string>): HeaderList {
  const dropped = new Set([...names].map((name) => name.toLowerCase()));
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/** Rows of files and typed items never were HTTP calls; sent, they are JSON posts. */
function asHttp(row: CaptureRow, headers: HeaderList): { method: string; headers: HeaderList } {
  if (row.method !== 'IMPORT' && row.method !== 'MANUAL') return { method: row.method, headers };
  return { method: 'POST', headers: [['content-type', row.content_type ?? 'application/json']] };
}

function pathRestOf(path: string): string {
  if (!path.startsWith(inboundPath)) return '';
  const slash = path.indexOf('/', inboundPath.length);
  return slash < 0 ? '' : path.slice(slash);
}

export function sourceCallOf(row: CaptureRow, body: Uint8Array): SourceCall {
  const { method, headers } = asHttp(row, JSON.parse(row.headers) as HeaderList);
  return {
    method,
    pathRest: pathRestOf(row.path),
    query: row.query,
    headers,
    body,
    dataSourceId: row.data_source_id,
    connectionId: row.connection_id,
    deliveryId: row.delivery_id ?? undefined,
    label: row.event_type ?? row.method,
    origin: 'replay',
    replayOf: row.id,
    original: {
      status: row.status,
      outcome: row.outcome,
      ...(row.answered_us === null ? {} : { answeredInMs: row.answered_us / 1000 }),
      items: row.item_count,
    },
  };
}

/** An edited body goes out as the text that it is: the compression of the original one does not belong to it. */
export function editCall(call: SourceCall, edit: CallEdit): SourceCall {
  const body =
    edit.body === undefined
      ? call.body
      : 'text' in edit.body
        ? Buffer.from(edit.body.text)
        : Buffer.from(edit.body.base64, 'base64');
  const headers: HeaderList =
    edit.headers?.map(({ name, value, received }): [string, string] => [
      name,
      value ?? (received === undefined ? '' : (call.headers[received]?.[1] ?? '')),
    ]) ?? call.headers;
  return {
    ...call,
    method: edit.method ?? call.method,
    query: edit.query ?? call.query,
    body,
    headers: edit.body === undefined ? headers : withoutHeaders(headers, ['content-encoding']),
  };
}
