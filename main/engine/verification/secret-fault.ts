// Whether a text can be the secret of a scheme, before it is stored: one that decodes to nothing would let everybody sign. Pure.
import type { SignatureScheme } from './signature-scheme.ts';
import { ecdsaKey, ed25519Key } from './verify-public-key.ts';

const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Kinds that a secret can check. */
export function isCheckable(scheme: SignatureScheme): boolean {
  return scheme.kind !== 'none' && scheme.kind !== 'notCheckable';
}

/** What is wrong with the secret, in one sentence; undefined where at least one scheme can use it. */
export function secretFault(schemes: readonly SignatureScheme[], secret: string): string | undefined {
  if (secret.trim() === '') return 'Type the secret. An empty one protects nothing.';
  const faults = schemes.filter(isCheckable).map((scheme) => faultUnder(scheme, secret));
  return faults.includes(undefined) ? undefined : faults[0];
}

function faultUnder(scheme: SignatureScheme, secret: string): string | undefined {
  switch (scheme.kind) {
    case 'hmac':
      return scheme.secretEncoding === 'base64' && !isBase64(secret)
        ? 'This secret is not base64. Copy it again, whole.'
        : undefined;
    case 'standardWebhooks': {
      const key = secret.replace(/^wh(sec|pk)_/, '');
      if (!isBase64(key)) return 'This secret is not base64, usually after whsec_. Copy it again, whole.';
      return secret.startsWith('whpk_') && !ed25519Key(Buffer.from(key, 'base64'))
        ? 'This public key does not have 32 bytes. Copy it again, whole.'
        : undefined;
    }
    case 'publicKey':
      if (scheme.algorithm === 'ed25519') {
        return /^[0-9a-fA-F]{64}$/.test(secret)
          ? undefined
          : 'This public key is not 64 hex digits. Copy it again, whole.';
      }
      return ecdsaKey(secret) ? undefined : 'This is no public key in base64. Copy it again, whole.';
    case 'basic':
      return /^[^:]+:/.test(secret) ? undefined : 'Type user name and password with a colon between them.';
    case 'token':
      return /^[\x20-\x7e]+$/.test(secret) && secret === secret.trim()
        ? undefined
        : 'A header can carry visible ASCII characters only, without a blank at its ends.';
    default:
      return undefined;
  }
}

function isBase64(text: string): boolean {
  return base64.test(text) && Buffer.from(text, 'base64').length > 0;
}
