// One outbound HTTP request and what came of it: the only way out of the engine to what users name. Resolves for failures too; rejects
// only for faults of our own.
//
// Threats: see target-guard.ts and open-connection.ts. No redirect is followed; an answer is read up to a cap and a time.
import type { ExchangeFailure } from '#contract';
import { type ConnectionFacts, type ConnectionStep, openConnection } from './open-connection.ts';
import { type AnswerSoFar, keptAnswerBytes, readAnswer } from './read-answer.ts';
import { type ResolveName, resolveName as systemResolveName } from './resolve-name.ts';
import { answerFault, SendFault } from './send-fault.ts';
import { hostAndPort, readTargetUrl } from './target-guard.ts';

export interface OutboundRequest {
  method: string;
  url: string;
  /** In order; names may repeat. `Host` and `Content-Length` are set here. */
  headers: readonly (readonly [string, string])[];
  /** The Host header, where it shall not be that of the URL. */
  host?: string | undefined;
  body?: Uint8Array | undefined;
}

export interface SendOptions {
  /** For the whole call, from the look-up of the name to the last byte. */
  timeoutMs: number;
  /** Private and loopback targets that may be called, `host:port`. */
  allowedTargets: readonly string[];
  signal?: AbortSignal | undefined;
  /** Told after each step that succeeded, with what is known by then. */
  watch?: ((step: ConnectionStep, facts: ConnectionFacts) => void) | undefined;
}

export interface SentAnswer {
  status: number;
  headers: [string, string][];
  /** The first 64 KiB. */
  body: Uint8Array;
  /** Bytes that came; where `cut` and the answer was endless, those until we hung up. */
  size: number;
  /** True where `body` is not the whole one. */
  cut: boolean;
}

export interface SentTiming {
  nameMs?: number | undefined;
  connectMs?: number | undefined;
  tlsMs?: number | undefined;
  /** From the last byte of the request (connected) to the first of the answer. */
  firstByteMs?: number | undefined;
  totalMs: number;
}

export interface SentRequest {
  answer?: SentAnswer | undefined;
  /** Also where the status is no 2xx. */
  failure?: ExchangeFailure | undefined;
  /** The address that was connected to, with the port. */
  address?: string | undefined;
  timing: SentTiming;
  /** All addresses of the name. */
  addresses?: string[] | undefined;
  /** Where the guard refused a private target: the `host:port` to allow. */
  toAllow?: string | undefined;
  tls?: ConnectionFacts['tls'];
}

export type SendRequest = (request: OutboundRequest, options: SendOptions) => Promise<SentRequest>;

/** `resolveName` and `extraCa` (PEM) are for tests. */
export function createSendRequest(
  deps: { resolveName?: ResolveName; extraCa?: readonly string[] } = {},
): SendRequest {
  const { resolveName = systemResolveName, extraCa = [] } = deps;

  return async function sendRequest(request, options) {
    const start = performance.now();
    // What is left of a time limit is rarely a whole number, and a timer takes no other.
    const deadline = AbortSignal.timeout(Math.max(0, Math.ceil(options.timeoutMs)));
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    const facts: ConnectionFacts = {};
    let answer: AnswerSoFar | undefined;
    let failure: ExchangeFailure | undefined;
    try {
      const target = readTargetUrl(request.url);
      if ('fault' in target) throw new SendFault('invalidUrl', `This URL cannot be called: ${target.fault}`);
      const { url, host } = target;
      const socket = await openConnection(target, facts, {
        allowedTargets: options.allowedTargets,
        resolveName,
        extraCa,
        signal,
        watch: options.watch,
      });
      const call = {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: [
          ...(request.host === undefined ? [] : [['host', request.host] as const]),
          ...request.headers
            .filter(([name]) => !isOurs(name))
            .map(([name, value]) => [name, onTheWire(value)] as const),
        ],
        body: request.body,
      };
      try {
        await readAnswer(socket, call, signal, (begun) => {
          answer = begun;
        });
      } catch (error) {
        if (signal.aborted) throw error;
        throw answerFault(host, error);
      }
    } catch (error) {
      failure = failureOf(error, request.url, options, deadline);
    }
    failure ??= answer && statusFailure(answer);
    return {
      ...(answer ? { answer: shownAnswer(answer) } : {}),
      ...(failure ? { failure } : {}),
      timing: {
        nameMs: round(facts.nameMs),
        connectMs: round(facts.connectMs),
        tlsMs: round(facts.tlsMs),
        firstByteMs: round(answer?.firstByteMs),
        totalMs: round(performance.now() - start),
      },
      address: facts.address,
      addresses: facts.addresses,
      toAllow: facts.toAllow,
      tls: facts.tls,
    };
  };
}

/** Headers that say how the request travels; set by the client, never by who asks for the call. */
const ours = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

/** True for a header that is left out of a request, whoever gives it. */
export function isOurs(headerName: string): boolean {
  return ours.has(headerName.toLowerCase());
}

/** As the one header that carries it: UTF-8 bytes, which the client writes one by one. */
function onTheWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

function failureOf(
  error: unknown,
  url: string,
  options: SendOptions,
  deadline: AbortSignal,
): ExchangeFailure {
  if (error instanceof SendFault) return error.failure;
  if (options.signal?.aborted) return { code: 'cancelled', message: 'The call was cancelled.' };
  if (!deadline.aborted) throw error;
  const target = readTargetUrl(url);
  const place = 'fault' in target ? url : hostAndPort(target.host, target.port);
  return {
    code: 'timeout',
    message: `${place} did not answer in full within ${options.timeoutMs / 1000} s.`,
  };
}

const redirects = new Set([301, 302, 303, 307, 308]);

function statusFailure({ status, headers }: AnswerSoFar): ExchangeFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (redirects.has(status)) {
    const to = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    const where = to === undefined ? '' : ` to ${to}`;
    return {
      code: 'redirected',
      message: `It answered ${status}, a redirect${where}. Redirects are not followed.`,
    };
  }
  if (status === 401 || status === 403 || status === 407) {
    return {
      code: 'authorizationFailed',
      message: `It answered ${status}: the authorization was not accepted.`,
    };
  }
  return { code: 'status', message: `It answered ${status}.` };
}

function shownAnswer({ status, headers, chunks, size, cut }: AnswerSoFar): SentAnswer {
  return { status, headers, body: Buffer.concat(chunks), size, cut: cut || size > keptAnswerBytes };
}

/** To a hundredth of a millisecond. */
function round(ms: number): number;
function round(ms: number | undefined): number | undefined;
function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 100) / 100;
}
