// Calls the application behind a connection: Base Url, configured headers, authorization, signature; and gives the exchange with every
// secret concealed.
import { randomUUID } from 'node:crypto';
import type { ActionMethod, Exchange, ExchangeFailure } from '#contract';
import { signRequest } from '../verification/sign-request.ts';
import { type Authorized, authorize, shownAuthorization } from './authorize.ts';
import { hopHeader, nextHop } from './loop-guard.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import { type OpenedOutgoing, signingSecret } from './outgoing-settings.ts';
import { retryAfterOf } from './retry-after.ts';
import type { OutboundRequest, SendRequest, SentRequest } from './send-request.ts';
import { type Conceal, createConceal, shownBody } from './shown-exchange.ts';
import { joinTarget } from './target-url.ts';

export interface ConnectionCall {
  connectionId: string;
  method: ActionMethod;
  /** Path and query behind the Base Url: empty, or starts with `/` or `?`. It cannot change the host. */
  target: string;
  headers: readonly (readonly [string, string])[];
  body?: Uint8Array | undefined;
  /** The same over all tries: `Idempotency-Key` and `webhook-id`. */
  idempotencyKey?: string | undefined;
  /** Rounds through our own receiver that led to this call: `hopsOf(headers of the capture)`. */
  hops?: number | undefined;
  signal: AbortSignal;
}

export interface CalledConnection {
  exchange: Exchange;
  /** What `Retry-After` of the answer asks for. */
  retryAfterMs?: number | undefined;
}

/** Resolves for failures too, with `exchange.failure`; also where the connection has no outgoing configuration (`notConfigured`). */
export type CallConnection = (call: ConnectionCall) => Promise<CalledConnection>;

export function createCallConnection(deps: {
  /** Undefined where none is saved, or the connection is gone. */
  opened(connectionId: string): OpenedOutgoing | undefined;
  sendRequest: SendRequest;
  tokens: OAuthTokens;
  /** Our own receiver. */
  own: { local(): string; public(): string | undefined };
}): CallConnection {
  const { sendRequest, tokens } = deps;

  return async function callConnection(call) {
    const start = performance.now();
    const opened = deps.opened(call.connectionId);
    if (!opened) {
      return unsent(call, call.target, {
        code: 'notConfigured',
        message: 'This connection has no outgoing configuration. Set its Base Url first.',
      });
    }
    const { baseUrl, timeoutMs, allowedTargets } = opened.settings;
    const url = joinTarget(baseUrl, call.target);
    if (url === undefined) {
      return unsent(call, `${baseUrl}${call.target}`, {
        code: 'invalidUrl',
        message: 'Base Url and path make no URL that can be called.',
      });
    }
    const own = { local: deps.own.local(), public: deps.own.public(), allowedTargets };
    const round = nextHop(url, call.hops ?? 0, own);
    if (round?.isLoop) {
      return unsent(call, url, {
        code: 'loop',
        message:
          'This call would go to our own receiver for the third time in a row, so it was stopped. Change the module, or where it sends to.',
      });
    }

    const left = () => Math.max(1, timeoutMs - (performance.now() - start));
    const attempt = async (refusedToken?: string) => {
      const authorized = await authorize(opened, tokens, {
        connectionId: call.connectionId,
        timeoutMs: left(),
        signal: call.signal,
        refusedToken,
      });
      if ('failure' in authorized) return { failure: authorized.failure };
      const request = requestOf(opened, call, url, authorized, round?.hop);
      const sent = await sendRequest(request, { timeoutMs: left(), allowedTargets, signal: call.signal });
      return { authorized, request, sent };
    };

    const first = await attempt();
    if (first.failure) return unsent(call, url, first.failure);
    const { keptToken, secrets } = first.authorized;
    const isRefused = keptToken !== undefined && first.sent.answer?.status === 401;
    const second = isRefused ? await attempt(keptToken) : undefined;
    // Where no other token was given, the call that was refused is what there is to tell.
    const { request, sent } = second?.failure ? first : (second ?? first);
    const conceal = createConceal([...secrets, ...(second?.authorized?.secrets ?? [])]);
    const shown = withAuthorization(request, shownAuthorization(opened), url);
    const exchange = shownExchange(shown, sent, conceal, performance.now() - start);
    if (second?.failure) {
      const { code, message } = second.failure;
      exchange.failure = { code, message: `It answered 401, and the token could not be renewed. ${message}` };
    }
    const { answer } = sent;
    return {
      exchange,
      ...(answer ? { retryAfterMs: retryAfterOf(answer.headers, Date.now()) } : {}),
    };
  };
}

/** Later ones win over earlier ones of the same name, in any letter case. */
function merged(...lists: (readonly (readonly [string, string])[])[]): [string, string][] {
  let all: [string, string][] = [];
  for (const list of lists) {
    const names = new Set(list.map(([name]) => name.toLowerCase()));
    all = [
      ...all.filter(([name]) => !names.has(name.toLowerCase())),
      ...list.map(([name, value]): [string, string] => [name, value]),
    ];
  }
  return all;
}

function requestOf(
  { settings, secrets }: OpenedOutgoing,
  call: ConnectionCall,
  url: string,
  authorized: Authorized,
  hop: number | undefined,
): OutboundRequest {
  const whole = new URL(
    withParameters(
      url,
      authorized.query.map(([name, value]) => [name, encodeURIComponent(value)]),
    ),
  );
  const { body, idempotencyKey } = call;
  const signing = secrets.get(signingSecret);
  const signed =
    signing === undefined
      ? undefined
      : signRequest(
          { kind: 'standardWebhooks', headerPrefix: 'webhook' },
          {
            method: call.method,
            url: whole.href,
            rawBody: body ?? new Uint8Array(),
            secret: signing,
            now: Date.now(),
            id: idempotencyKey ?? `msg_${randomUUID().replaceAll('-', '')}`,
          },
        );
  return {
    method: call.method,
    url: whole.href,
    headers: merged(
      [
        ['User-Agent', 'Hookbench'],
        ['Accept', '*/*'],
      ],
      settings.headers.map(({ name, value }) => [name, value]),
      call.headers,
      authorized.headers,
      idempotencyKey === undefined ? [] : [['Idempotency-Key', idempotencyKey]],
      Object.entries(signed?.headers ?? {}),
      hop === undefined ? [] : [[hopHeader, String(hop)]],
    ),
    body,
  };
}

/** What stands in the URL already is sent as it is. */
function withParameters(url: string, encoded: readonly (readonly [string, string])[]): string {
  const added = encoded.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&');
  if (added === '') return url;
  return `${url}${url.endsWith('?') ? '' : url.includes('?') ? '&' : '?'}${added}`;
}

/** The request as it is shown: dots in the very places of the authorization, because a short secret cannot be found by its text. */
function withAuthorization(
  request: OutboundRequest,
  shown: ReturnType<typeof shownAuthorization>,
  url: string,
): OutboundRequest {
  const dots = new Map(shown.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return {
    ...request,
    headers: request.headers.map(([name, value]) => [name, dots.get(name.toLowerCase()) ?? value]),
    url: shown.query.length === 0 ? request.url : withParameters(url, shown.query),
  };
}

function typeOf(headers: readonly (readonly [string, string])[]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}

/** What was sent and what came, for people and for the store. */
export function shownExchange(
  request: OutboundRequest,
  sent: SentRequest,
  conceal: Conceal,
  totalMs: number,
): Exchange {
  const shown = (headers: readonly (readonly [string, string])[]) =>
    headers.map(([name, value]): [string, string] => [name, conceal(value)]);
  const { answer, failure, address, timing } = sent;
  const brokenOff = failure !== undefined && ['answerBroken', 'timeout', 'cancelled'].includes(failure.code);
  return {
    request: {
      method: request.method,
      url: conceal(request.url),
      headers: shown(request.headers),
      ...(request.body ? { body: shownBody(request.body, typeOf(request.headers), conceal) } : {}),
    },
    ...(answer
      ? {
          answer: {
            status: answer.status,
            headers: shown(answer.headers),
            ...(answer.size > 0
              ? { body: shownBody(answer.body, typeOf(answer.headers), conceal, answer.size, brokenOff) }
              : {}),
          },
        }
      : {}),
    ...(failure ? { failure: { ...failure, message: conceal(failure.message) } } : {}),
    ...(address === undefined ? {} : { address }),
    timing: { ...timing, totalMs: Math.round(totalMs * 100) / 100 },
  };
}

/** The exchange of a call that did not leave. */
function unsent(call: ConnectionCall, url: string, failure: ExchangeFailure): CalledConnection {
  return {
    exchange: {
      request: {
        method: call.method,
        url,
        headers: call.headers.map(([name, value]) => [name, value]),
        ...(call.body ? { body: shownBody(call.body, typeOf(call.headers)) } : {}),
      },
      failure,
      timing: { totalMs: 0 },
    },
  };
}
