// Signs a request as the application would: for the simulator, re-signed replays and tests. The counterpart of verify-signature.ts.
import { createHash, createHmac, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { parseJsonBody, textAt, valueAt } from './request-parts.ts';
import type { SchemeOf, SignatureScheme } from './signature-scheme.ts';
import { keyOf, type SignedRequest, signedContent } from './signed-content.ts';
import { standardWebhooksHmac } from './verify-hmac.ts';

export interface SignInput {
  method: string;
  url: string;
  rawBody: Uint8Array;
  /** The shared secret; for `publicKey` schemes the private key as PKCS #8 PEM. */
  secret: string;
  /** Milliseconds since 1970. */
  now: number;
  /** The delivery id that Standard Webhooks signs; a fresh one without it. */
  id?: string;
}

/** What to add to the request. `body` is there where the signature stands inside it. */
export interface SignedParts {
  headers: Record<string, string>;
  query: Record<string, string>;
  body?: Uint8Array;
}

/** The time as the scheme writes it; where it stands in the body, the body's own. */
function timestampFor(
  scheme: SchemeOf<'hmac'> | SchemeOf<'publicKey'>,
  input: SignInput,
): string | undefined {
  const { timestamp } = scheme;
  if (!timestamp) return undefined;
  if (timestamp.in === 'body') return textAt(parseJsonBody(input.rawBody), timestamp.path);
  if (timestamp.unit === 'iso') return new Date(input.now).toISOString();
  return String(timestamp.unit === 's' ? Math.floor(input.now / 1000) : input.now);
}

function requestOf(input: SignInput): SignedRequest {
  return { method: input.method, url: input.url, headers: [], query: '', rawBody: input.rawBody };
}

function signHmac(scheme: SchemeOf<'hmac'>, input: SignInput): SignedParts {
  const time = timestampFor(scheme, input);
  const content = signedContent(scheme.content, requestOf(input), time);
  const signature = createHmac(scheme.algorithm, keyOf(scheme, input.secret))
    .update(content)
    .digest(scheme.encoding);
  if (scheme.queryParameter !== undefined)
    return { headers: {}, query: { [scheme.queryParameter]: signature } };
  const headers: Record<string, string> = {};
  if (scheme.timestamp?.in === 'header') headers[scheme.timestamp.header] = time ?? '';
  if (scheme.fields) {
    const field = `${scheme.fields.signatures[0]}=${signature}`;
    const timeField =
      scheme.timestamp?.in === 'field' ? `${scheme.timestamp.field}=${time}${scheme.fields.separator}` : '';
    headers[scheme.header ?? ''] = timeField + field;
  } else {
    headers[scheme.header ?? ''] = `${scheme.prefix ?? ''}${signature}`;
  }
  return { headers, query: {} };
}

function signPublicKey(scheme: SchemeOf<'publicKey'>, input: SignInput): SignedParts {
  const time = timestampFor(scheme, input);
  const content = signedContent(scheme.content, requestOf(input), time);
  const key = createPrivateKey(input.secret);
  const signature = sign(scheme.algorithm === 'ed25519' ? null : 'sha256', content, key).toString(
    scheme.encoding,
  );
  const headers: Record<string, string> = { [scheme.header]: signature };
  if (scheme.timestamp?.in === 'header') headers[scheme.timestamp.header] = time ?? '';
  return { headers, query: {} };
}

function signStandardWebhooks(scheme: SchemeOf<'standardWebhooks'>, input: SignInput): SignedParts {
  const id = input.id ?? `msg_${randomUUID().replaceAll('-', '')}`;
  const secret = input.secret.replace(/^whsec_/, '');
  const { headers } = signHmac(standardWebhooksHmac(scheme.headerPrefix, id), { ...input, secret });
  return { headers: { [`${scheme.headerPrefix}-id`]: id, ...headers }, query: {} };
}

/** Sets a value at a dotted path of which everything but the last key is there already. */
function setAt(root: unknown, path: string, value: string): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.length === 0 ? root : valueAt(root, keys.join('.'));
  if (typeof parent === 'object' && parent !== null) Object.assign(parent, { [last]: value });
}

function signBody(
  scheme: SchemeOf<'bodyHmac'> | SchemeOf<'bodyToken'>,
  input: SignInput,
): SignedParts | undefined {
  const body = parseJsonBody(input.rawBody);
  if (body === undefined) return undefined;
  if (scheme.kind === 'bodyToken') {
    const list = valueAt(body, scheme.listPath);
    if (!Array.isArray(list)) return undefined;
    for (const element of list) setAt(element, scheme.property, input.secret);
  } else {
    if (scheme.timestampPath !== undefined)
      setAt(body, scheme.timestampPath, String(Math.floor(input.now / 1000)));
    const content = scheme.contentPaths.map((path) => textAt(body, path) ?? '').join('');
    setAt(
      body,
      scheme.signaturePath,
      createHmac(scheme.algorithm, input.secret).update(content).digest(scheme.encoding),
    );
  }
  return { headers: {}, query: {}, body: Buffer.from(JSON.stringify(body)) };
}

function signJwt(scheme: SchemeOf<'jwt'>, input: SignInput): SignedParts {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const hash = createHash('sha256').update(input.rawBody).digest('hex');
  const claims = {
    iat: Math.floor(input.now / 1000),
    ...(scheme.bodyHashClaim === undefined ? {} : { [scheme.bodyHashClaim]: hash }),
  };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  const signature = createHmac('sha256', input.secret).update(text).digest('base64url');
  return { headers: { [scheme.header]: `${scheme.prefix ?? ''}${text}.${signature}` }, query: {} };
}

/** `undefined` where the scheme cannot be imitated: unsigned, keys that only the sender has, or a body that is not JSON. */
export function signRequest(scheme: SignatureScheme, input: SignInput): SignedParts | undefined {
  switch (scheme.kind) {
    case 'hmac':
      return signHmac(scheme, input);
    case 'standardWebhooks':
      return signStandardWebhooks(scheme, input);
    case 'publicKey':
      return signPublicKey(scheme, input);
    case 'token':
      return { headers: { [scheme.header]: `${scheme.prefix ?? ''}${input.secret}` }, query: {} };
    case 'basic':
      return {
        headers: { Authorization: `Basic ${Buffer.from(input.secret).toString('base64')}` },
        query: {},
      };
    case 'bodyHmac':
    case 'bodyToken':
      return signBody(scheme, input);
    case 'jwt':
      return signJwt(scheme, input);
    case 'notCheckable':
    case 'none':
      return undefined;
  }
}
