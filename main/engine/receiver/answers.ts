// What the receiver answers: small JSON, never more than a fault, its place and what to do. No banner, no echo.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultPlace, OwnAnswer, Rejection } from '#contract';
import { limitText } from '../parsing/body-limits.ts';
import { limits } from './limits.ts';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
  /** True where the whole body was not read, so that the connection cannot be used again. */
  close?: boolean;
}

export const allowedMethods = 'GET, HEAD, OPTIONS, POST';
const retryAfterSeconds = '5';
const pausedRetryAfterSeconds = '60';

function fault(
  status: number,
  code: string,
  message: string,
  more: Partial<Answer> & { at?: FaultPlace } = {},
): Answer {
  const { at, ...rest } = more;
  return { status, body: JSON.stringify({ error: { code, message, ...(at ? { at } : {}) } }), ...rest };
}

export const answers = {
  accepted: (id: string, items: number): Answer => ({
    status: 200,
    body: JSON.stringify({ ok: true, id, items }),
  }),
  duplicate: (id: string): Answer => ({
    status: 200,
    body: JSON.stringify({ ok: true, id, items: 0, duplicate: true }),
  }),
  /** What a connection answers instead of the two above. */
  own: ({ status, headers, body }: OwnAnswer): Answer => ({
    status,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body,
  }),
  handshake: (id: string): Answer => ({ status: 200, body: JSON.stringify({ ok: true, id, items: 0 }) }),
  rejected: (status: number, { code, message, at }: Rejection): Answer =>
    fault(status, code, message, at ? { at } : {}),
  /** The same for every call that is not genuine: never which part of it was wrong. */
  notVerified: (): Answer => fault(401, 'notVerified', 'The call could not be verified.'),
  unknownUrl: (): Answer =>
    fault(404, 'unknownUrl', 'No webhook listens at this address. Copy the URL from the data source again.'),
  wrongMethod: (): Answer =>
    fault(405, 'methodNotAllowed', 'Send the call with POST.', { headers: { Allow: allowedMethods } }),
  tooLarge: (maxBytes: number, announced: boolean): Answer =>
    fault(
      413,
      'tooLarge',
      `The body is larger than ${limitText(maxBytes)}${announced ? ', as its Content-Length says' : ''}. Send it in smaller parts.`,
      { close: true },
    ),
  unknownTransferCoding: (): Answer =>
    fault(
      415,
      'unknownTransferCoding',
      'The Transfer-Encoding cannot be read. Send the body with chunked or a Content-Length; compression belongs into Content-Encoding.',
      { close: true },
    ),
  tooSlow: (): Answer =>
    fault(408, 'tooSlow', 'The request did not arrive in time. Send it again.', { close: true }),
  badRequest: (message: string): Answer => fault(400, 'badRequest', message, { close: true }),
  headersTooLarge: (): Answer =>
    fault(
      431,
      'headersTooLarge',
      `The headers of the request are larger than ${limits.maxHeaderBytes} bytes or more than ${limits.maxHeaders}.`,
      { close: true },
    ),
  /** `retryAfterSeconds`: when the connection takes the next call. */
  tooMany: (callsPerMinute: number, retryAfterSeconds: number, close: boolean): Answer =>
    fault(
      429,
      'tooManyCalls',
      `This webhook takes ${callsPerMinute} calls a minute. Send the call again after ${retryAfterSeconds} s.`,
      { headers: { 'Retry-After': String(retryAfterSeconds) }, close },
    ),
  unavailable: (message: string, close = false): Answer =>
    fault(503, 'unavailable', message, { headers: { 'Retry-After': retryAfterSeconds }, close }),
  paused: (close: boolean): Answer =>
    fault(503, 'paused', 'This webhook is paused. Send the call again later.', {
      headers: { 'Retry-After': pausedRetryAfterSeconds },
      close,
    }),
};

const fixedHeaders = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

function headersOf(answer: Answer): Record<string, string> {
  const isTyped = Object.keys(answer.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
  return {
    ...(isTyped || answer.body === '' ? {} : { 'Content-Type': 'application/json' }),
    // RFC 9110, 8.6: an answer without content by its status has no length.
    ...(answer.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(answer.body)) }),
    ...fixedHeaders,
    ...answer.headers,
    ...(answer.close ? { Connection: 'close' } : {}),
  };
}

/** What is kept of an answer beside its status, as JSON; `sentHeaders` makes the rest again. */
export function keptAnswer({ headers, body, close }: Answer): string {
  return JSON.stringify({ ...(headers && { headers }), body, ...(close && { close }) });
}

/** The answer that was kept, with every header that we set; Node adds Date and the state of the connection. HEAD was sent no body. */
export function answerFrom({ method, status }: { method: string; status: number }, kept: string) {
  const answer = { status, ...(JSON.parse(kept) as Omit<Answer, 'status'>) };
  const headers: [string, string][] = Object.entries(headersOf(answer));
  return { headers, body: method === 'HEAD' ? '' : answer.body };
}

/** How long a refused sender may go on sending, so that it gets to read the answer before the socket closes. */
const lingerMs = 2_000;

/** HEAD gets the headers only. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, headersOf(answer));
  const body = request.method === 'HEAD' ? undefined : answer.body;
  if (!answer.close || request.complete) {
    response.end(body);
    return;
  }
  // Closing while the sender still writes would reset the connection, and the answer could be lost with it.
  response.write(body ?? '');
  const timer = setTimeout(() => response.end(), lingerMs);
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => response.end());
  request.resume();
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/** The whole answer as text, for a socket whose request Node could not read. */
export function rawAnswer(answer: Answer): string {
  const headers = Object.entries(headersOf({ ...answer, close: true })).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? 'Error'}\r\n${headers.join('')}\r\n${answer.body}`;
}
