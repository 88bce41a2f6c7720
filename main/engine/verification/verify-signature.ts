// The verdict on a signature: valid, invalid, missing or not checkable, and why. Pure.
// Threats: forged and replayed calls, timing. Every comparison takes constant time, times may differ by 300 s either way, the raw bytes are judged
// before anything is parsed, and the sender never learns which part was wrong: the verdict is for the user alone.
import { createHash, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { findNearMiss, type NearMiss, type NearMissHints } from './near-misses.ts';
import { headerValue, parseJsonBody, sameText, textAt, valueAt } from './request-parts.ts';
import type { SchemeOf, SignatureScheme } from './signature-scheme.ts';
import { keyOf, readSignatures, readTimestamp, type SignedRequest, signedContent } from './signed-content.ts';

export interface VerifyInput extends SignedRequest {
  /** The live secrets, newest first; two while one is being rotated. A public key is a secret here. */
  secrets: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
  /** What else the signature may have been made with. Near misses are looked for only where this is given. */
  hints?: NearMissHints;
}

export type VerdictCode =
  | 'valid'
  | 'wrongSignature'
  | 'tooOld'
  | 'tooNew'
  | 'badTimestamp'
  | 'missingSignature'
  | 'missingTimestamp'
  | 'noSecret'
  | 'badSecret'
  | 'unsigned'
  | 'notSupported';

export interface SignatureVerdict {
  result: 'valid' | 'invalid' | 'missing' | 'notCheckable';
  code: VerdictCode;
  /** One sentence for the user. */
  reason: string;
  nearMiss?: NearMiss;
}

export const defaultToleranceSeconds = 300;

const valid: SignatureVerdict = { result: 'valid', code: 'valid', reason: 'The signature is right.' };
const wrong: SignatureVerdict = {
  result: 'invalid',
  code: 'wrongSignature',
  reason: 'The signature does not match the call and the secret.',
};
const badSecret: SignatureVerdict = {
  result: 'notCheckable',
  code: 'badSecret',
  reason: 'The stored secret does not have the form that this application uses. Copy it again.',
};

function missing(
  what: string,
  code: 'missingSignature' | 'missingTimestamp' = 'missingSignature',
): SignatureVerdict {
  return { result: 'missing', code, reason: `The call has no ${what}.` };
}

/** Checks the time of a call whose signature is right. */
function judgeTime(ms: number | undefined, toleranceSeconds: number, now: number): SignatureVerdict {
  if (ms === undefined) return valid;
  if (Number.isNaN(ms)) {
    return { result: 'invalid', code: 'badTimestamp', reason: 'The signed time of the call is not a time.' };
  }
  const late = Math.round((now - ms) / 1000);
  if (Math.abs(now - ms) <= toleranceSeconds * 1000) return valid;
  const code = late > 0 ? 'tooOld' : 'tooNew';
  const side = late > 0 ? 'old' : 'ahead of this computer';
  return {
    result: 'invalid',
    code,
    reason: `The signature is right, but the call is ${Math.abs(late)} s ${side}; ${toleranceSeconds} s are allowed.`,
    nearMiss: {
      kind: code,
      text: 'The signature matches. Check the clock of this computer, or whether the call was replayed.',
    },
  };
}

function verifyHmac(scheme: SchemeOf<'hmac'>, input: VerifyInput): SignatureVerdict {
  const given = readSignatures(scheme, input);
  if (given.length === 0)
    return missing(`signature in ${scheme.header ?? scheme.queryParameter ?? 'its headers'}`);
  const timestamp = readTimestamp(scheme, input);
  if (scheme.timestamp && !timestamp) return missing('signed time', 'missingTimestamp');
  const content = signedContent(scheme.content, input, timestamp?.text);
  const matches = input.secrets.some((secret) => {
    const expected = createHmac(scheme.algorithm, keyOf(scheme, secret))
      .update(content)
      .digest(scheme.encoding);
    return given.some((one) => sameText(scheme.encoding === 'hex' ? one.toLowerCase() : one, expected));
  });
  if (matches) return judgeTime(timestamp?.ms, scheme.toleranceSeconds ?? defaultToleranceSeconds, input.now);
  const nearMiss = input.hints && findNearMiss(scheme, input, given, timestamp?.text, input.hints);
  return nearMiss ? { ...wrong, nearMiss } : wrong;
}

/** The HMAC scheme that Standard Webhooks amounts to, once its id is known. */
export function standardWebhooksHmac(prefix: string, id: string): SchemeOf<'hmac'> {
  return {
    kind: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: `${prefix}-signature`,
    prefix: 'v1,',
    listSeparator: ' ',
    content: `${id.replace(/[{}]/g, '')}.{timestamp}.{body}`,
    timestamp: { in: 'header', header: `${prefix}-timestamp`, unit: 's' },
    secretEncoding: 'base64',
  };
}

function verifyStandardWebhooks(scheme: SchemeOf<'standardWebhooks'>, input: VerifyInput): SignatureVerdict {
  const prefix = scheme.headerPrefix;
  const id = headerValue(input.headers, `${prefix}-id`);
  const header = headerValue(input.headers, `${prefix}-signature`);
  if (!id || !header) return missing(`${prefix}-id and ${prefix}-signature`);
  const publicKeys = input.secrets.filter((secret) => secret.startsWith('whpk_'));
  const shared = input.secrets
    .filter((secret) => !secret.startsWith('whpk_'))
    .map((secret) => secret.replace(/^whsec_/, ''));
  const hmac = standardWebhooksHmac(prefix, id);
  if (publicKeys.length > 0 && header.includes('v1a,')) {
    const timestamp = readTimestamp(hmac, input);
    if (!timestamp) return missing('signed time', 'missingTimestamp');
    const content = signedContent(hmac.content, input, timestamp.text);
    const keys = publicKeys.map((secret) => ed25519Key(Buffer.from(secret.slice(5), 'base64')));
    const given = header
      .split(' ')
      .filter((part) => part.startsWith('v1a,'))
      .map((part) => part.slice(4));
    const right = keys.some(
      (key) => key && given.some((one) => verify(null, content, key, Buffer.from(one, 'base64'))),
    );
    if (right) return judgeTime(timestamp.ms, defaultToleranceSeconds, input.now);
    if (keys.every((key) => key === undefined)) return badSecret;
    if (shared.length === 0) return wrong;
  }
  if (shared.length === 0) return badSecret;
  return verifyHmac(hmac, { ...input, secrets: shared });
}

/** A public key from its 32 raw bytes. */
function ed25519Key(raw: Buffer): KeyObject | undefined {
  if (raw.length !== 32) return undefined;
  return createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
}

function ecdsaKey(secret: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'spki' });
  } catch {
    // Node has no other way to ask whether these bytes are a key; the verdict tells the user.
    return undefined;
  }
}

function verifyPublicKey(scheme: SchemeOf<'publicKey'>, input: VerifyInput): SignatureVerdict {
  const header = headerValue(input.headers, scheme.header);
  if (!header) return missing(`signature in ${scheme.header}`);
  const timestamp = readTimestamp(scheme, input);
  if (scheme.timestamp && !timestamp) return missing('signed time', 'missingTimestamp');
  const content = signedContent(scheme.content, input, timestamp?.text);
  const ed25519 = scheme.algorithm === 'ed25519';
  const keys = input.secrets.map((secret) =>
    ed25519 ? ed25519Key(Buffer.from(secret, 'hex')) : ecdsaKey(secret),
  );
  if (keys.every((key) => key === undefined)) return badSecret;
  const signature = Buffer.from(header, scheme.encoding);
  const right = keys.some((key) => key && verify(ed25519 ? null : 'sha256', content, key, signature));
  if (!right) return wrong;
  return judgeTime(timestamp?.ms, scheme.toleranceSeconds ?? defaultToleranceSeconds, input.now);
}

function verifyToken(
  header: string,
  prefix: string,
  input: VerifyInput,
  expect: (secret: string) => string,
): SignatureVerdict {
  const given = headerValue(input.headers, header);
  if (!given) return missing(`${header} header`);
  if (!given.startsWith(prefix)) return wrong;
  return input.secrets.some((secret) => sameText(given.slice(prefix.length), expect(secret))) ? valid : wrong;
}

function verifyBodyHmac(scheme: SchemeOf<'bodyHmac'>, input: VerifyInput): SignatureVerdict {
  const body = parseJsonBody(input.rawBody);
  const given = textAt(body, scheme.signaturePath);
  const values = scheme.contentPaths.map((path) => textAt(body, path));
  if (!given || values.some((value) => value === undefined))
    return missing(`signature at ${scheme.signaturePath}`);
  const content = values.join('');
  const right = input.secrets.some((secret) => {
    const expected = createHmac(scheme.algorithm, secret).update(content).digest(scheme.encoding);
    return sameText(scheme.encoding === 'hex' ? given.toLowerCase() : given, expected);
  });
  if (!right) return wrong;
  const time = scheme.timestampPath === undefined ? undefined : textAt(body, scheme.timestampPath);
  return judgeTime(time === undefined ? undefined : Number(time) * 1000, defaultToleranceSeconds, input.now);
}

function verifyBodyToken(scheme: SchemeOf<'bodyToken'>, input: VerifyInput): SignatureVerdict {
  const list = valueAt(parseJsonBody(input.rawBody), scheme.listPath);
  if (!Array.isArray(list) || list.length === 0) return missing(`${scheme.property} in ${scheme.listPath}`);
  const tokens = list.map((element) => textAt(element, scheme.property));
  if (tokens.some((token) => token === undefined)) return missing(`${scheme.property} in every element`);
  const right = tokens.every((token) => input.secrets.some((secret) => sameText(token ?? '', secret)));
  return right ? valid : wrong;
}

function verifyJwt(scheme: SchemeOf<'jwt'>, input: VerifyInput): SignatureVerdict {
  const header = headerValue(input.headers, scheme.header);
  if (!header) return missing(`token in ${scheme.header}`);
  const [head = '', claims = '', signature = '', ...rest] = header
    .slice(header.startsWith(scheme.prefix ?? '') ? (scheme.prefix ?? '').length : 0)
    .split('.');
  const decode = (part: string) => parseJsonBody(Buffer.from(part, 'base64url'));
  if (rest.length > 0 || valueAt(decode(head), 'alg') !== 'HS256') return wrong;
  const right = input.secrets.some((secret) =>
    sameText(signature, createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url')),
  );
  if (!right) return wrong;
  const payload = decode(claims);
  if (scheme.bodyHashClaim !== undefined) {
    const hash = createHash('sha256').update(input.rawBody).digest('hex');
    if (!sameText(textAt(payload, scheme.bodyHashClaim)?.toLowerCase() ?? '', hash)) return wrong;
  }
  const expires = valueAt(payload, 'exp');
  if (typeof expires === 'number' && input.now > (expires + defaultToleranceSeconds) * 1000) {
    return { result: 'invalid', code: 'tooOld', reason: 'The token of the call has expired.' };
  }
  return valid;
}

/** @throws nothing on what a sender wrote. */
export function verifySignature(scheme: SignatureScheme, input: VerifyInput): SignatureVerdict {
  if (scheme.kind === 'none') {
    return { result: 'notCheckable', code: 'unsigned', reason: 'This application does not sign its calls.' };
  }
  if (scheme.kind === 'notCheckable') {
    return { result: 'notCheckable', code: 'notSupported', reason: scheme.reason };
  }
  const secrets = input.secrets.filter((secret) => secret !== '');
  if (secrets.length === 0) {
    return {
      result: 'notCheckable',
      code: 'noSecret',
      reason: 'No secret is set, so the signature cannot be checked.',
    };
  }
  const checked = { ...input, secrets };
  switch (scheme.kind) {
    case 'hmac':
      return verifyHmac(scheme, checked);
    case 'standardWebhooks':
      return verifyStandardWebhooks(scheme, checked);
    case 'publicKey':
      return verifyPublicKey(scheme, checked);
    case 'token':
      return verifyToken(scheme.header, scheme.prefix ?? '', checked, (secret) => secret);
    case 'basic':
      return verifyToken('Authorization', 'Basic ', checked, (secret) =>
        Buffer.from(secret).toString('base64'),
      );
    case 'bodyHmac':
      return verifyBodyHmac(scheme, checked);
    case 'bodyToken':
      return verifyBodyToken(scheme, checked);
    case 'jwt':
      return verifyJwt(scheme, checked);
  }
}

/** How much a verdict tells when several schemes are possible: a match, then a wrong signature, then none at all. */
const weight = { valid: 3, invalid: 2, missing: 1, notCheckable: 0 };

/** The verdict of the scheme that fits best; valid when any is. `undefined` where no scheme is known. */
export function verifyAnySignature(
  schemes: readonly SignatureScheme[],
  input: VerifyInput,
): SignatureVerdict | undefined {
  let best: SignatureVerdict | undefined;
  for (const scheme of schemes) {
    const verdict = verifySignature(scheme, input);
    if (!best || weight[verdict.result] > weight[best.result]) best = verdict;
  }
  return best;
}
