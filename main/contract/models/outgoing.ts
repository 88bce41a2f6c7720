// The outgoing configuration of a connection: where its calls go, how they are authorized, and what a diagnosis of it showed.
// Secrets go in and never come out: only that one is set.
import { z } from 'zod';
import { failureCode } from './exchange.ts';

const headerName = z
  .string()
  .trim()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'Type the name of a header, such as X-Api-Key.');
/** Visible ASCII and spaces; a line break would add a header. */
const headerValue = z
  .string()
  .max(8_000, 'Use at most 8,000 characters.')
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'A header value has no line breaks and no characters beyond Latin-1.');
/** Left out: the secret that is set stays. */
const newSecret = z
  .string()
  .min(1, 'Type the secret.')
  .max(8_000, 'Use at most 8,000 characters.')
  .optional();

export const plainHeader = z.object({ name: headerName, value: headerValue });
export type PlainHeader = z.infer<typeof plainHeader>;

export const apiKeyPlace = z.enum(['header', 'query']);

/** How the client of OAuth 2.0 names itself to the token endpoint: HTTP Basic, or in the form. */
export const clientAuthentication = z.enum(['basic', 'body']);

/** The authorization as it is set: everything but the secrets themselves. */
export const authorization = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), username: z.string(), passwordSet: z.boolean() }),
  z.object({ kind: z.literal('bearer'), tokenSet: z.boolean() }),
  z.object({ kind: z.literal('apiKey'), in: apiKeyPlace, name: z.string(), valueSet: z.boolean() }),
  z.object({
    kind: z.literal('oauth2'),
    tokenUrl: z.string(),
    clientId: z.string(),
    scope: z.string().optional(),
    audience: z.string().optional(),
    clientAuthentication,
    clientSecretSet: z.boolean(),
  }),
  z.object({
    kind: z.literal('other'),
    headers: z.array(z.object({ name: z.string(), valueSet: z.boolean() })),
  }),
]);
export type Authorization = z.infer<typeof authorization>;
export type AuthorizationKind = Authorization['kind'];

/** The authorization as it is given. A secret that is left out stays as it was set for the same kind (and header name). */
export const authorizationInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('basic'),
    username: z
      .string()
      .max(1_000)
      .regex(/^[^:\p{Cc}]*$/u, 'A user name has no colon and no control characters.'),
    /** Empty: without a password. */
    password: z.string().max(8_000, 'Use at most 8,000 characters.').optional(),
  }),
  z.object({ kind: z.literal('bearer'), token: newSecret }),
  z.object({
    kind: z.literal('apiKey'),
    in: apiKeyPlace,
    name: z.string().trim().min(1, 'Type the name of the header or parameter.').max(100),
    value: newSecret,
  }),
  z.object({
    kind: z.literal('oauth2'),
    tokenUrl: z.string().trim().max(2_000),
    clientId: z.string().trim().min(1, 'Type the client id.').max(1_000),
    clientSecret: newSecret,
    scope: z.string().trim().max(2_000).optional(),
    audience: z.string().trim().max(2_000).optional(),
    clientAuthentication,
  }),
  z.object({
    kind: z.literal('other'),
    headers: z
      .array(z.object({ name: headerName, value: newSecret }))
      .min(1, 'Add a header.')
      .max(20, 'Use at most 20 headers.'),
  }),
]);
export type AuthorizationInput = z.infer<typeof authorizationInput>;

/** A private or loopback target that the user allows, `host:port`. */
export const allowedTarget = z
  .string()
  .trim()
  .max(300)
  .regex(/^(\[[0-9a-f:.]+\]|[^\s:/@?#[\]]+):\d{1,5}$/i, 'Type a host and a port, such as 127.0.0.1:8080.');

/** never: nothing was saved that passed · passed · draft: kept on purpose without passing. */
export const outgoingState = z.enum(['draft', 'passed']);

export const outgoingConfiguration = z.object({
  baseUrl: z.string(),
  authorization,
  headers: z.array(plainHeader),
  /** For a whole call, in ms. */
  timeoutMs: z.number().int(),
  allowedTargets: z.array(z.string()),
  /** True where outgoing calls are signed by Standard Webhooks. */
  signingSecretSet: z.boolean(),
  state: outgoingState,
  /** When the Base Url last passed its check. */
  passedAt: z.string().optional(),
  updatedAt: z.string(),
});
export type OutgoingConfiguration = z.infer<typeof outgoingConfiguration>;

export const outgoingInput = z.object({
  baseUrl: z.string().trim().max(2_000, 'Use at most 2,000 characters.'),
  authorization: authorizationInput,
  headers: z.array(plainHeader).max(50).optional(),
  timeoutMs: z.number().int().min(1_000, 'At least 1 s.').max(60_000, 'At most 60 s.').optional(),
  allowedTargets: z.array(allowedTarget).max(20).optional(),
  /** A new secret that signs outgoing calls; null removes it, left out it stays. */
  signingSecret: z.string().min(1).max(8_000).nullable().optional(),
});
export type OutgoingInput = z.infer<typeof outgoingInput>;

export const diagnosisStageName = z.enum(['name', 'connect', 'tls', 'redirect', 'authorization', 'status']);
export type DiagnosisStageName = z.infer<typeof diagnosisStageName>;

/** skipped: an earlier stage failed, or there was nothing to look at (no TLS, no authorization). */
export const diagnosisStage = z.object({
  stage: diagnosisStageName,
  result: z.enum(['passed', 'warning', 'failed', 'skipped']),
  ms: z.number().optional(),
  /** One sentence: what was seen. */
  text: z.string(),
  /** Why it failed, where the reason is one of the known ones. */
  code: failureCode.optional(),
  /** What to do about it, where something is wrong. */
  toDo: z.string().optional(),
  /** Where the guard stopped the call to a private or loopback address: the `host:port` that the user may allow. */
  allowTarget: z.string().optional(),
  /** Addresses, certificate, status … for the reader. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type DiagnosisStage = z.infer<typeof diagnosisStage>;

export const diagnosis = z.object({
  url: z.string(),
  at: z.string(),
  ok: z.boolean(),
  stages: z.array(diagnosisStage),
  totalMs: z.number(),
});
export type Diagnosis = z.infer<typeof diagnosis>;
