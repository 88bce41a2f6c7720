// How each kind of handshake is answered. Pure.
// Threats: the answer echoes what the sender wrote, so it is short, plain text or JSON, and never HTML; a header value is echoed only where it is
// visible ASCII; a link is only named, never opened here; a stranger's call never replaces a secret that is set.
import { createHmac } from 'node:crypto';
import type { HandshakeOf, HandshakeRule } from './handshake-rule.ts';
import {
  type HeaderPairs,
  headerValue,
  parseJsonBody,
  queryValue,
  sameText,
  textAt,
  textOf,
  valueAt,
} from './request-parts.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { verifyAnySignature } from './verify-signature.ts';

export interface HandshakeRequest {
  method: string;
  headers: HeaderPairs;
  /** Without the `?`. */
  query: string;
  body: Uint8Array;
  /** The public URL with its query, where signatures cover it. */
  url?: string;
}

export interface HandshakeSecrets {
  /** The live secrets, newest first. */
  secrets?: readonly string[];
  /** What the user typed into the application as verify token. */
  verifyToken?: string;
  /** Milliseconds since 1970; the present without it. */
  now?: number;
}

export interface HandshakeAnswer {
  status: number;
  headers: Record<string, string>;
  /** Absent: any body will do. */
  body?: string;
  /** One sentence for the list of calls; holds no secret. */
  note: string;
  /**
   * What the call brought: a token to copy back, a link to open, and the secret of later signatures, which is there only while none is set,
   * so that nobody who knows the URL can replace it.
   */
  found?: { secret?: string; token?: string; link?: string };
}

/** What of an application's definition decides. */
export interface HandshakeDefinition {
  handshake?: HandshakeRule | undefined;
  signatureSchemes: readonly SignatureScheme[];
  /** Empty where the application's calls have no body at all. */
  contentTypes: readonly string[];
}

export interface Asked {
  request: HandshakeRequest;
  secrets: HandshakeSecrets;
  definition: HandshakeDefinition;
}

const maxBodyBytes = 64 * 1024;
const maxEchoCharacters = 4096;

const text = (body: string, note: string): HandshakeAnswer => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body,
  note,
});
const json = (body: object, note: string): HandshakeAnswer => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
  note,
});
const empty = (status: number, note: string): HandshakeAnswer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: '',
  note,
});

function jsonOf(request: HandshakeRequest): unknown {
  return request.method === 'POST' && request.body.length <= maxBodyBytes
    ? parseJsonBody(request.body)
    : undefined;
}

function meets(body: unknown, match: Record<string, string | number> | undefined): boolean {
  return Object.entries(match ?? {}).every(([path, wanted]) => valueAt(body, path) === wanted);
}

function echoable(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value.length <= maxEchoCharacters;
}

function hasSecret({ secrets }: HandshakeSecrets): boolean {
  return (secrets ?? []).some((secret) => secret !== '');
}

/** Whether a probe is rightly signed; `undefined` where no secret is there to tell. */
function genuine({ request, secrets, definition }: Asked): boolean | undefined {
  const verdict = verifyAnySignature(definition.signatureSchemes, {
    method: request.method,
    url: request.url ?? '',
    headers: request.headers,
    query: request.query,
    rawBody: request.body,
    secrets: secrets.secrets ?? [],
    now: secrets.now ?? Date.now(),
  });
  return verdict === undefined || verdict.result === 'notCheckable' ? undefined : verdict.result === 'valid';
}

/** One responder a kind; `undefined` means that the call is no handshake of that kind. */
export const handshakeResponders: {
  [K in HandshakeRule['kind']]: (rule: HandshakeOf<K>, asked: Asked) => HandshakeAnswer | undefined;
} = {
  get200: (_, { request }) =>
    request.method === 'GET'
      ? { status: 200, headers: {}, note: 'URL check by GET, answered with 200.' }
      : undefined,

  head200: (_, { request }) =>
    request.method === 'HEAD'
      ? { status: 200, headers: {}, note: 'URL check by HEAD, answered with 200.' }
      : undefined,

  echoQuery(rule, { request, secrets }) {
    const value = queryValue(request.query, rule.parameter);
    if (request.method !== 'GET' || !echoable(value)) return undefined;
    const wanted = Object.entries(rule.query ?? {});
    if (wanted.some(([name, expected]) => queryValue(request.query, name) !== expected)) return undefined;
    if (rule.verifyToken === undefined) return text(value, `Sent ${rule.parameter} back.`);
    if (secrets.verifyToken === undefined) {
      return text(value, `Sent ${rule.parameter} back. No verify token is set here, so it was not compared.`);
    }
    const given = queryValue(request.query, rule.verifyToken) ?? '';
    return sameText(given, secrets.verifyToken)
      ? text(value, `The verify token is right. Sent ${rule.parameter} back.`)
      : empty(403, 'The verify token is not the one that is set here, so the check was refused.');
  },

  validationToken(rule, { request }) {
    const value = queryValue(request.query, rule.parameter);
    if ((request.method !== 'POST' && request.method !== 'GET') || !echoable(value)) return undefined;
    return text(value, `Sent ${rule.parameter} back as plain text.`);
  },

  echoJson(rule, { request }) {
    const body = jsonOf(request);
    const value = textAt(body, rule.path);
    if (!meets(body, rule.match) || !echoable(value)) return undefined;
    return json({ [rule.path]: value }, `Sent ${rule.path} back as JSON.`);
  },

  hashJson(rule, { request, secrets }) {
    const body = jsonOf(request);
    const value = textAt(body, rule.path);
    if (!meets(body, rule.match) || !echoable(value)) return undefined;
    const [secret] = secrets.secrets ?? [];
    if (!secret)
      return empty(503, 'The check needs the secret token. Set it here, then validate the URL again.');
    const hash = createHmac('sha256', secret).update(value).digest('hex');
    return json(
      { [rule.plainField]: value, [rule.hashField]: hash },
      `Sent ${rule.plainField} back with its HMAC.`,
    );
  },

  hashQuery(rule, { request, secrets }) {
    const value = queryValue(request.query, rule.parameter);
    if (request.method !== 'GET' || !echoable(value)) return undefined;
    const [secret] = secrets.secrets ?? [];
    if (!secret) return empty(503, 'The check needs the secret. Set it here, then check the URL again.');
    const hash = createHmac('sha256', secret).update(value).digest('base64');
    return json({ [rule.field]: rule.prefix + hash }, `Sent the HMAC of ${rule.parameter} back.`);
  },

  echoHeader(rule, { request, secrets }) {
    const value = headerValue(request.headers, rule.requestHeader);
    if (value === undefined || !/^[\x21-\x7e]{1,512}$/.test(value)) return undefined;
    return {
      ...empty(200, `Sent ${rule.requestHeader} back in the header ${rule.responseHeader}.`),
      headers: { 'Content-Type': 'text/plain; charset=utf-8', [rule.responseHeader]: value },
      ...(rule.becomesSecret && !hasSecret(secrets) ? { found: { secret: value } } : {}),
    };
  },

  headerToJson(rule, { request }) {
    const value = headerValue(request.headers, rule.header);
    if (request.method !== 'GET' || !echoable(value)) return undefined;
    return json({ [rule.field]: value }, `Sent ${rule.header} back as JSON.`);
  },

  signedProbe(rule, asked) {
    const body = jsonOf(asked.request);
    const list = rule.emptyListPath === undefined ? [] : valueAt(body, rule.emptyListPath);
    if (body === undefined || !meets(body, rule.match) || !Array.isArray(list) || list.length > 0)
      return undefined;
    const right = genuine(asked);
    if (right === undefined) {
      return empty(
        rule.status,
        'Probe answered, but without the key right and wrong ones cannot be told apart. Set it here.',
      );
    }
    return right
      ? empty(rule.status, 'Rightly signed probe, accepted.')
      : empty(401, 'Wrongly signed probe, refused as the application wants it.');
  },

  signedPing(rule, asked) {
    const { request } = asked;
    if (request.method !== 'POST' || request.body.length > maxBodyBytes) return undefined;
    if (rule.header && headerValue(request.headers, rule.header.name) !== rule.header.value) return undefined;
    if (rule.match && !meets(jsonOf(request), rule.match)) return undefined;
    if (rule.formField !== undefined) {
      const names =
        request.body.length <= maxBodyBytes ? [...new URLSearchParams(textOf(request.body)).keys()] : [];
      if (names.length !== 1 || names[0] !== rule.formField) return undefined;
    }
    // A wrongly signed ping is no handshake: it goes on to the ordinary refusal.
    if (rule.formField === undefined && genuine(asked) === false) return undefined;
    return { status: 200, headers: {}, note: 'Ping of the application, answered with 200.' };
  },

  linkToVisit(rule, { request }) {
    const body = jsonOf(request);
    const link = textAt(body, rule.path);
    if (!meets(body, rule.match) || link === undefined || !URL.canParse(link)) return undefined;
    const { protocol, hostname } = new URL(link);
    if (protocol !== 'https:' || !hostname.endsWith(rule.hostSuffix)) return undefined;
    return {
      ...empty(200, `The application waits until the link at ${rule.path} of this call is opened.`),
      found: { link },
    };
  },

  tokenToCopy(rule, { request, secrets }) {
    const token = textAt(jsonOf(request), rule.path);
    if (!echoable(token)) return undefined;
    return {
      ...empty(200, `Copy the value at ${rule.path} of this call back into the application.`),
      found: hasSecret(secrets) ? { token } : { token, secret: token },
    };
  },

  fixedReply: () => undefined,
};
