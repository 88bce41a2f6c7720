// The verdict on a signature: valid, invalid, missing or not checkable, and why. Pure.
// Threats: forged and replayed calls, timing, a secret that decodes to an empty key. Every comparison takes constant time, times may differ by
// 300 s either way, the raw bytes are judged before anything is parsed, and the sender never learns which part was wrong: the verdict is for the user.
import type { SignatureScheme } from './signature-scheme.ts';
import type { SignatureVerdict, VerifyInput } from './verdict.ts';
import { verifyHmac, verifyStandardWebhooks } from './verify-hmac.ts';
import { verifyPublicKey } from './verify-public-key.ts';
import { verifyBodyHmac, verifyBodyToken, verifyJwt, verifyToken } from './verify-token.ts';

export type { SignatureVerdict, VerdictCode, VerifyInput } from './verdict.ts';

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
