// Every kind of signature scheme with its keys, and a call that is signed under one.
import { generateKeyPairSync } from 'node:crypto';
import { signRequest } from '../../../main/engine/verification/sign-request.ts';
import type { SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import { bytes, now, url } from './verify-input.ts';

export const { privateKey: ed25519Private, publicKey: ed25519Public } = generateKeyPairSync('ed25519');
export const { privateKey: ecPrivate, publicKey: ecPublic } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
export const hexKey = ed25519Public.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

/** Every kind of scheme, with the secret that signs and the one that checks. */
export const kinds: [string, SignatureScheme, string, string][] = [
  [
    'header time',
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-S',
      content: '{timestamp}:{body}',
      timestamp: { in: 'header', header: 'X-T', unit: 's' },
    },
    'k',
    'k',
  ],
  [
    'iso time',
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-S',
      content: '{timestamp}{body}',
      timestamp: { in: 'header', header: 'X-T', unit: 'iso' },
    },
    'k',
    'k',
  ],
  [
    'semicolon fields',
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-S',
      fields: { separator: ';', signatures: ['h1'] },
      content: '{timestamp}:{body}',
      timestamp: { in: 'field', field: 'ts', unit: 's' },
    },
    'k',
    'k',
  ],
  [
    'query parameter',
    { kind: 'hmac', algorithm: 'sha256', encoding: 'hex', queryParameter: 'signature', content: '{body}' },
    'k',
    'k',
  ],
  [
    'method, URL, body and time',
    {
      kind: 'hmac',
      algorithm: 'sha512',
      encoding: 'base64',
      header: 'X-S',
      content: '{method}{url}{body}{timestamp}',
      timestamp: { in: 'header', header: 'X-T', unit: 'ms' },
    },
    'k',
    'k',
  ],
  [
    'body and URL',
    { kind: 'hmac', algorithm: 'sha1', encoding: 'base64', header: 'X-S', content: '{body}{url}' },
    'k',
    'k',
  ],
  [
    'sorted form',
    { kind: 'hmac', algorithm: 'sha1', encoding: 'base64', header: 'X-S', content: '{url}{sortedForm}' },
    'k',
    'k',
  ],
  [
    'base64 key',
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'Authorization',
      prefix: 'HMAC ',
      content: '{body}',
      secretEncoding: 'base64',
    },
    'c2VjcmV0',
    'c2VjcmV0',
  ],
  [
    'Standard Webhooks',
    { kind: 'standardWebhooks', headerPrefix: 'webhook' },
    'whsec_c2VjcmV0',
    'whsec_c2VjcmV0',
  ],
  [
    'Ed25519',
    {
      kind: 'publicKey',
      algorithm: 'ed25519',
      encoding: 'hex',
      header: 'X-S',
      content: '{timestamp}{body}',
      timestamp: { in: 'header', header: 'X-T', unit: 's' },
    },
    ed25519Private.export({ format: 'pem', type: 'pkcs8' }).toString(),
    hexKey,
  ],
  [
    'ECDSA',
    {
      kind: 'publicKey',
      algorithm: 'ecdsaP256',
      encoding: 'base64',
      header: 'X-S',
      content: '{timestamp}{body}',
      timestamp: { in: 'header', header: 'X-T', unit: 's' },
    },
    ecPrivate.export({ format: 'pem', type: 'pkcs8' }).toString(),
    ecPublic.export({ format: 'der', type: 'spki' }).toString('base64'),
  ],
  ['token', { kind: 'token', header: 'Authorization', prefix: 'Bearer ' }, 'k', 'k'],
  ['Basic', { kind: 'basic' }, 'user:päss', 'user:päss'],
  ['JWT', { kind: 'jwt', header: 'X-S', bodyHashClaim: 'sha256' }, 'k', 'k'],
];

export function signed(scheme: SignatureScheme, secret: string, body: string) {
  const parts = signRequest(scheme, { method: 'POST', url, rawBody: bytes(body), secret, now });
  if (!parts) throw new Error('not signable');
  const query = new URLSearchParams({ shop: '2', ...parts.query }).toString();
  return { headers: parts.headers, query };
}
