// What is said of a signature, and the judgement of its time. Holds no cryptography.
import type { NearMiss, NearMissHints } from './near-misses.ts';
import type { SignedRequest } from './signed-content.ts';

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

export const valid: SignatureVerdict = { result: 'valid', code: 'valid', reason: 'The signature is right.' };
export const wrong: SignatureVerdict = {
  result: 'invalid',
  code: 'wrongSignature',
  reason: 'The signature does not match the call and the secret.',
};
export const badSecret: SignatureVerdict = {
  result: 'notCheckable',
  code: 'badSecret',
  reason: 'The stored secret does not have the form that this application uses. Copy it again.',
};

export function missing(
  what: string,
  code: 'missingSignature' | 'missingTimestamp' = 'missingSignature',
): SignatureVerdict {
  return { result: 'missing', code, reason: `The call has no ${what}.` };
}

/** Checks the time of a call whose signature is right. */
export function judgeTime(ms: number | undefined, toleranceSeconds: number, now: number): SignatureVerdict {
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
