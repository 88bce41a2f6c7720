// Checks secrets that stand in the call as they are, and signatures that stand inside its body or in a token.
import { createHash, createHmac } from 'node:crypto';
import { headerValue, parseJsonBody, sameText, textAt, valueAt } from './request-parts.ts';
import type { SchemeOf } from './signature-scheme.ts';
import {
  defaultToleranceSeconds,
  judgeTime,
  missing,
  type SignatureVerdict,
  type VerifyInput,
  valid,
  wrong,
} from './verdict.ts';

export function verifyToken(
  header: string,
  prefix: string,
  input: VerifyInput,
  expect: (secret: string) => string,
): SignatureVerdict {
  const given = headerValue(input.headers, header);
  if (!given) return missing(`${header} header`);
  // The name of an authentication scheme (`Bearer`, `Basic`) may stand in any letter case.
  if (given.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return wrong;
  return input.secrets.some((secret) => sameText(given.slice(prefix.length), expect(secret))) ? valid : wrong;
}

export function verifyBodyHmac(scheme: SchemeOf<'bodyHmac'>, input: VerifyInput): SignatureVerdict {
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

export function verifyBodyToken(scheme: SchemeOf<'bodyToken'>, input: VerifyInput): SignatureVerdict {
  const list = valueAt(parseJsonBody(input.rawBody), scheme.listPath);
  if (!Array.isArray(list) || list.length === 0) return missing(`${scheme.property} in ${scheme.listPath}`);
  const tokens = list.map((element) => textAt(element, scheme.property));
  if (tokens.some((token) => token === undefined)) return missing(`${scheme.property} in every element`);
  const right = tokens.every((token) => input.secrets.some((secret) => sameText(token ?? '', secret)));
  return right ? valid : wrong;
}

export function verifyJwt(scheme: SchemeOf<'jwt'>, input: VerifyInput): SignatureVerdict {
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
