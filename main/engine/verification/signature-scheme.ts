// The kinds of signatures that senders use, as data. An entry says where the signature stands and what it covers;
// verify-signature.ts and sign-request.ts read it. No secrets in here.
import { z } from 'zod';

const algorithm = z.enum(['sha1', 'sha256', 'sha512']);
const encoding = z.enum(['hex', 'base64']);

/**
 * Where the time that is signed stands: in a header, in a field of the signature header, or in the JSON body (dotted path).
 * `iso` is a date as ISO 8601 text; the text itself is signed.
 */
const timestamp = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('header'), header: z.string(), unit: z.enum(['s', 'ms', 'iso']) }),
  z.strictObject({ in: z.literal('field'), field: z.string(), unit: z.enum(['s', 'ms']) }),
  z.strictObject({ in: z.literal('body'), path: z.string(), unit: z.enum(['s', 'ms']) }),
]);

/**
 * HMAC over `content`, a text with the placeholders `{body}` (raw bytes), `{timestamp}`, `{method}`, `{url}` (the public URL with its query)
 * and `{sortedForm}` (names and values of a form body, sorted by name, joined without separators).
 */
const hmac = z.strictObject({
  kind: z.literal('hmac'),
  algorithm,
  encoding,
  /** One header, or the other names under which it also arrives; or a query parameter. */
  header: z.string().optional(),
  otherHeaders: z.array(z.string()).optional(),
  queryParameter: z.string().optional(),
  /** What stands before the signature in the header, such as `sha256=`. */
  prefix: z.string().optional(),
  /** Where the header is a list of fields (`t=1,v1=ab`): the separator and the names that hold signatures. */
  fields: z
    .strictObject({ separator: z.enum([',', ';']), signatures: z.array(z.string()).min(1) })
    .optional(),
  /** Where the header is a list of prefixed signatures (`v1=ab,v1=cd`). */
  listSeparator: z.enum([',', ' ']).optional(),
  content: z.string(),
  timestamp: timestamp.optional(),
  /** Seconds either way, only where the sender allows more than the usual 300. */
  toleranceSeconds: z.number().int().positive().optional(),
  /** How the text of the secret becomes the key. */
  secretEncoding: z.enum(['utf8', 'base64']).optional(),
});

/** Standard Webhooks 1.0 (`webhook-id`, `webhook-timestamp`, `webhook-signature`) or Svix's older header names. */
const standardWebhooks = z.strictObject({
  kind: z.literal('standardWebhooks'),
  headerPrefix: z.enum(['webhook', 'svix']),
});

/** A signature by the sender's private key; the "secret" is the public key. */
const publicKey = z.strictObject({
  kind: z.literal('publicKey'),
  /** ed25519: key as 64 hex digits · ecdsaP256: key as base64 SPKI, signature as DER. */
  algorithm: z.enum(['ed25519', 'ecdsaP256']),
  header: z.string(),
  encoding,
  content: z.string(),
  timestamp: timestamp.optional(),
  toleranceSeconds: z.number().int().positive().optional(),
});

/** The secret itself in a header, after `prefix` (such as `Bearer `). */
const token = z.strictObject({
  kind: z.literal('token'),
  header: z.string(),
  prefix: z.string().optional(),
});

/** HTTP Basic; the secret is `user:password`. */
const basic = z.strictObject({ kind: z.literal('basic') });

/** HMAC over other values of the JSON body, with the signature in the body too; paths are dotted. */
const bodyHmac = z.strictObject({
  kind: z.literal('bodyHmac'),
  algorithm,
  encoding,
  signaturePath: z.string(),
  /** The signed values, in order, joined without separators. */
  contentPaths: z.array(z.string()).min(1),
  timestampPath: z.string().optional(),
});

/** The secret itself in the JSON body, in every element of a list. */
const bodyToken = z.strictObject({
  kind: z.literal('bodyToken'),
  listPath: z.string(),
  property: z.string(),
});

/** A JSON Web Token signed with HMAC-SHA256 over the shared secret. */
const jwt = z.strictObject({
  kind: z.literal('jwt'),
  header: z.string(),
  prefix: z.string().optional(),
  /** The claim that holds the SHA-256 of the body in hex. */
  bodyHashClaim: z.string().optional(),
});

/** Signed, but with keys or certificates that must be fetched from the sender, or by rules that are not certain. */
const notCheckable = z.strictObject({
  kind: z.literal('notCheckable'),
  header: z.string().optional(),
  reason: z.string(),
});

/** Not signed at all: only the secret part of the webhook URL protects. */
const none = z.strictObject({ kind: z.literal('none') });

export const signatureScheme = z.discriminatedUnion('kind', [
  hmac,
  standardWebhooks,
  publicKey,
  token,
  basic,
  bodyHmac,
  bodyToken,
  jwt,
  notCheckable,
  none,
]);
export type SignatureScheme = z.infer<typeof signatureScheme>;
export type SchemeOf<K extends SignatureScheme['kind']> = Extract<SignatureScheme, { kind: K }>;
