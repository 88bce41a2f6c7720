// The receiver's step between the raw bytes and everything that reads them: handshakes are answered, signatures are checked. Decides
// whether a call goes on; stores nothing.
//
// Threats: forged, replayed and changed calls. The raw bytes are judged, nothing is parsed before; the sender of a refused call learns
// nothing but that it was refused; explanations are for the user, and looking for them is bounded in time.
import type { IncomingMessage } from 'node:http';
import type { CallVerification, FoundInCall } from '#contract';
import type { ApplicationDefinition } from '../catalog/application-definition.ts';
import type { InboundConnection } from '../data-sources/data-sources.ts';
import { answerHandshake, type HandshakeAnswer } from '../verification/handshakes.ts';
import { maxNearMissBytes } from '../verification/near-misses.ts';
import type { SignatureChecker } from '../verification/signature-checker.ts';
import type { SignatureScheme } from '../verification/signature-scheme.ts';
import type { SignatureVerdict, VerifyInput } from '../verification/verify-signature.ts';
import { isLoopbackName } from './target.ts';

/** How the calls of one connection are verified. */
export interface LiveVerification {
  /** Any of them makes a call genuine; those that cannot be checked here stand there too. */
  schemes: readonly SignatureScheme[];
  /** Newest first. */
  secrets: readonly string[];
  verifyToken: string | undefined;
  /** True where a secret is set that cannot be opened. */
  unreadable: boolean;
}

export interface VerifyCallDeps {
  of(connection: InboundConnection): LiveVerification;
  checker: SignatureChecker;
  /** Secrets of other connections, newest first. */
  otherSecrets(connectionId: string): { name: string; secret: string }[];
  /** The step that keeps a secret which a handshake brought, to run in the transaction of the call; see connection-secrets.ts. */
  keepFound(connection: InboundConnection, secret: string): (() => boolean) | undefined;
  /** Base addresses without a slash at the end. */
  addresses: { local(): string; public(): string | undefined };
}

export interface RawCall {
  request: IncomingMessage;
  headers: [string, string][];
  query: string;
  connection: InboundConnection;
  definition: ApplicationDefinition | undefined;
  body: Uint8Array;
}

export type VerifiedCall =
  | {
      kind: 'handshake';
      answer: HandshakeAnswer;
      found?: FoundInCall;
      /** To run in the transaction that stores the call. */
      keepSecret?: () => boolean;
    }
  | { kind: 'goesOn'; verification: CallVerification }
  | { kind: 'refused'; verification: CallVerification }
  | { kind: 'unreadable'; verification: CallVerification };

/** Milliseconds of one second in which explanations of wrong signatures are looked for; further calls go without. */
const explainingMs = 200;
/** So many of one second are explained however long it takes. */
const leastExplained = 4;

const noScheme: CallVerification = {
  result: 'notChecked',
  code: 'noScheme',
  reason: 'Nothing is set here that could check the call.',
};
const unreadable: CallVerification = {
  result: 'notChecked',
  code: 'secretUnreadable',
  reason:
    'The stored secret cannot be opened with the key of this computer, so the call was answered with 503. Remove the secret and set it again.',
};

export function createVerifyCall(deps: VerifyCallDeps) {
  const { addresses } = deps;
  let spent = { second: 0, ms: 0, calls: 0 };

  /** The same verdict with what would have matched, while there is time for it. */
  async function explain(
    { schemes }: LiveVerification,
    input: VerifyInput,
    verdict: SignatureVerdict,
  ): Promise<SignatureVerdict> {
    const started = performance.now();
    const second = Math.floor(started / 1000);
    if (second !== spent.second) spent = { second, ms: 0, calls: 0 };
    if (spent.ms >= explainingMs && spent.calls >= leastExplained) return verdict;
    spent.calls += 1;
    const explained = await deps.checker.check(schemes, input);
    spent.ms += performance.now() - started;
    return explained ?? verdict;
  }

  /** The address that the sender called, as far as its Host tells. */
  function urlOf(request: IncomingMessage): string {
    const { host = '' } = request.headers;
    const base = isLoopbackName(host) ? `http://${host}` : (addresses.public() ?? `http://${host}`);
    return base + (request.url ?? '');
  }

  /** Addresses that the sender may have signed instead. */
  function otherUrls(request: IncomingMessage): string[] {
    const path = request.url ?? '';
    const { host = '' } = request.headers;
    const bases = [addresses.public(), addresses.local(), `http://${host}`, `https://${host}`];
    return [...new Set(bases.flatMap((base) => (base === undefined ? [] : [base + path])))];
  }

  return async function verifyCall(call: RawCall): Promise<VerifiedCall> {
    const { request, headers, query, connection, definition, body } = call;
    const live = deps.of(connection);
    const method = request.method ?? '';
    const url = urlOf(request);
    const now = Date.now();
    const answer = answerHandshake(
      definition && { ...definition, signatureSchemes: live.schemes },
      { method, headers, query, body, url },
      {
        secrets: live.secrets,
        ...(live.verifyToken === undefined ? {} : { verifyToken: live.verifyToken }),
        now,
      },
    );
    if (answer) return handshakeOf(answer, connection);
    if (live.unreadable) return { kind: 'unreadable', verification: unreadable };
    const input = { method, url, headers, query, rawBody: body, secrets: live.secrets, now };
    let verdict = await deps.checker.check(live.schemes, input);
    if (verdict?.code === 'wrongSignature' && body.length <= maxNearMissBytes) {
      const hints = { otherSecrets: deps.otherSecrets(connection.id), otherUrls: otherUrls(request) };
      verdict = await explain(live, { ...input, hints }, verdict);
    }
    return verdict === undefined
      ? { kind: 'goesOn', verification: noScheme }
      : judged(verdict, live.secrets.length > 0);
  };

  function handshakeOf(answer: HandshakeAnswer, connection: InboundConnection): VerifiedCall {
    const { token, link, secret } = answer.found ?? {};
    const keepSecret = secret === undefined ? undefined : deps.keepFound(connection, secret);
    const found: FoundInCall = {
      ...(token === undefined ? {} : { token }),
      ...(link === undefined ? {} : { link }),
      ...(secret === undefined ? {} : { secretKept: keepSecret !== undefined }),
    };
    return {
      kind: 'handshake',
      answer,
      ...(answer.found ? { found } : {}),
      ...(keepSecret ? { keepSecret } : {}),
    };
  }
}

export type VerifyCall = ReturnType<typeof createVerifyCall>;

/** Where a secret is set, only a right signature goes on, unless this kind of signature cannot be checked at all. */
function judged(verdict: SignatureVerdict, hasSecret: boolean): VerifiedCall {
  const { result, ...why } = verdict;
  const verification: CallVerification = {
    result: result === 'notCheckable' ? 'notChecked' : result,
    ...why,
  };
  if (result === 'valid') return { kind: 'goesOn', verification };
  if (result === 'notCheckable') {
    const isOpen = !hasSecret || verdict.code !== 'badSecret';
    return { kind: isOpen ? 'goesOn' : 'refused', verification };
  }
  return { kind: 'refused', verification };
}
