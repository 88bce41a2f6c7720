// Verification of calls: how a connection checks signatures, what is said of each call, and what a probe of the endpoint showed.
// Secrets go in and never come out: only when one was set, and by whom.
import { z } from 'zod';

/** notChecked: no secret is set, or this kind of signature cannot be checked here; `code` says which. */
export const verificationResult = z.enum(['valid', 'invalid', 'missing', 'notChecked']);
export type VerificationResult = z.infer<typeof verificationResult>;

/** The verdict on one call. It is for the user; the sender learns only that the call was refused. */
export const callVerification = z.object({
  result: verificationResult,
  code: z.string(),
  /** One sentence. */
  reason: z.string(),
  /** What would have matched, and what to do about it. */
  nearMiss: z.object({ kind: z.string(), text: z.string() }).optional(),
});
export type CallVerification = z.infer<typeof callVerification>;

/** What a handshake asks the user to do: copy a token back into the application, or open a link (https only). */
export const foundInCall = z.object({
  token: z.string().optional(),
  link: z.string().optional(),
  /** True where the call brought the secret of later signatures and it was kept. */
  secretKept: z.boolean().optional(),
});
export type FoundInCall = z.infer<typeof foundInCall>;

const headerName = z
  .string()
  .trim()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'Type the name of a header, such as X-Signature.');
/** What stands before the signature or the token, such as `sha256=` or `Bearer `. */
const valuePrefix = z
  .string()
  .regex(/^[\x20-\x7e]{0,50}$/, 'A prefix has at most 50 visible characters.')
  .optional();

/** A scheme that the user chooses where the application brings none. */
export const chosenScheme = z.discriminatedUnion('kind', [
  /** HMAC over the raw body, in a header. */
  z.object({
    kind: z.literal('hmac'),
    header: headerName,
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    prefix: valuePrefix,
  }),
  /** `webhook-id`, `webhook-timestamp`, `webhook-signature`, or the older names that start with `svix-`. */
  z.object({ kind: z.literal('standardWebhooks') }),
  /** The secret itself in a header. */
  z.object({ kind: z.literal('token'), header: headerName, prefix: valuePrefix }),
  /** HTTP Basic; the secret is `user:password`. */
  z.object({ kind: z.literal('basic') }),
]);
export type ChosenScheme = z.infer<typeof chosenScheme>;

export const secretPurpose = z.enum(['signature', 'verifyToken']);
export type SecretPurpose = z.infer<typeof secretPurpose>;

export const storedSecret = z.object({
  id: z.string(),
  setAt: z.string(),
  /** handshake: the application brought it when it checked the URL. */
  origin: z.enum(['user', 'handshake']),
  /** False where the key that sealed it is gone: remove it and set it again. */
  readable: z.boolean(),
});
export type StoredSecret = z.infer<typeof storedSecret>;

/**
 * notChecked: no secret is set, every call is taken · checked: calls without a right signature are refused with 401 ·
 * notCheckable: nothing here could check a call · unreadable: a secret is set but cannot be opened, so calls are refused with 503.
 */
export const verificationState = z.enum(['notChecked', 'checked', 'notCheckable', 'unreadable']);
export type VerificationState = z.infer<typeof verificationState>;

export const connectionVerification = z.object({
  connectionId: z.string(),
  state: verificationState,
  /** How calls are signed, in one sentence, and who said so. */
  scheme: z
    .object({ from: z.enum(['application', 'chosen']), kind: z.string(), text: z.string() })
    .optional(),
  /** True where a scheme can be chosen here. */
  mayChoose: z.boolean(),
  chosen: chosenScheme.optional(),
  /** True where a secret can be used: for signatures, or for the application's check of the URL. */
  takesSecret: z.boolean(),
  /** Where the secret is found in the application. */
  secretHint: z.string().optional(),
  /** Newest first; at most two. */
  secrets: z.array(storedSecret),
  takesVerifyToken: z.boolean(),
  verifyToken: storedSecret.optional(),
  /** Present where no secret can be kept: why, and what to do. */
  vaultFault: z.string().optional(),
});
export type ConnectionVerification = z.infer<typeof connectionVerification>;

/** One call of a probe. Nothing of it is stored. `expected` and `got` are short texts for the user. */
export const probeResult = z.object({
  name: z.string(),
  passed: z.boolean(),
  /** True where the call could not be made: only the application has the key that signs it. */
  skipped: z.boolean().optional(),
  expected: z.string(),
  got: z.string(),
  /** What the receiver thought of the call. */
  verification: callVerification.optional(),
});
export type ProbeResult = z.infer<typeof probeResult>;

/**
 * Calls that were answered with 404, by what was wrong with them. unknownToken: a webhook URL that is no longer or was never one ·
 * otherPath: the token of a connection under another path · otherHost: a right URL under a foreign host name · elsewhere: not a webhook URL.
 */
export const missedCalls = z.object({
  kind: z.enum(['unknownToken', 'otherPath', 'otherHost', 'elsewhere']),
  count: z.number().int(),
  lastAt: z.string(),
  lastMethod: z.string(),
  /** The shape of the last path; whatever may be a token is cut. */
  lastPath: z.string(),
  /** The data source whose token stood in the last path. */
  dataSourceId: z.string().optional(),
});
export type MissedCalls = z.infer<typeof missedCalls>;
