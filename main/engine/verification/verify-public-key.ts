// Checks signatures made with a sender's private key; the stored secret is its public key.
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { headerValue } from './request-parts.ts';
import type { SchemeOf } from './signature-scheme.ts';
import { readTimestamp, signedContent } from './signed-content.ts';
import {
  badSecret,
  defaultToleranceSeconds,
  judgeTime,
  missing,
  type SignatureVerdict,
  type VerifyInput,
  wrong,
} from './verdict.ts';

/** A public key from its 32 raw bytes. */
export function ed25519Key(raw: Buffer): KeyObject | undefined {
  if (raw.length !== 32) return undefined;
  return createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
}

/** A public key from its base64 SPKI. */
export function ecdsaKey(secret: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'spki' });
  } catch {
    // Node has no other way to ask whether these bytes are a key; the verdict tells the user.
    return undefined;
  }
}

export function verifyPublicKey(scheme: SchemeOf<'publicKey'>, input: VerifyInput): SignatureVerdict {
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
