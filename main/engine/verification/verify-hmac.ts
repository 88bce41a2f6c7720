// Checks HMAC signatures and those of Standard Webhooks. The raw bytes are judged as they came.
import { createHmac, verify } from 'node:crypto';
import { findNearMiss } from './near-misses.ts';
import { headerValue, maxParsedBytes, sameText } from './request-parts.ts';
import type { SchemeOf } from './signature-scheme.ts';
import { keyOf, readSignatures, readTimestamp, signedContent } from './signed-content.ts';
import {
  badSecret,
  defaultToleranceSeconds,
  judgeTime,
  missing,
  type SignatureVerdict,
  type VerifyInput,
  wrong,
} from './verdict.ts';
import { ed25519Key } from './verify-public-key.ts';

/** Sorting millions of fields would take seconds; forms that are signed this way are small. */
const tooLargeForm: SignatureVerdict = {
  ...wrong,
  reason: `Forms above ${maxParsedBytes} bytes are not checked by their sorted fields.`,
};

export function verifyHmac(scheme: SchemeOf<'hmac'>, input: VerifyInput): SignatureVerdict {
  const given = readSignatures(scheme, input);
  if (given.length === 0)
    return missing(`signature in ${scheme.header ?? scheme.queryParameter ?? 'its headers'}`);
  const timestamp = readTimestamp(scheme, input);
  if (scheme.timestamp && !timestamp) return missing('signed time', 'missingTimestamp');
  if (scheme.content.includes('{sortedForm}') && input.rawBody.length > maxParsedBytes) return tooLargeForm;
  const content = signedContent(scheme.content, input, timestamp?.text);
  // A secret that is no base64 can decode to nothing, and everybody can sign with an empty key.
  const keys = input.secrets.map((secret) => keyOf(scheme, secret)).filter((key) => key.length > 0);
  if (keys.length === 0) return badSecret;
  const matches = keys.some((key) => {
    const expected = createHmac(scheme.algorithm, key).update(content).digest(scheme.encoding);
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

export function verifyStandardWebhooks(
  scheme: SchemeOf<'standardWebhooks'>,
  input: VerifyInput,
): SignatureVerdict {
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
