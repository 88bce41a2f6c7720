// The kinds of handshakes by which senders check a webhook URL, as data. handshakes.ts answers them. Paths are dotted, from the JSON body's root.
import { z } from 'zod';

/** Values that a JSON body must hold for the rule to apply. */
const match = z.record(z.string(), z.union([z.string(), z.number()]));

export const handshakeRule = z.discriminatedUnion('kind', [
  /** A GET that wants 200. */
  z.strictObject({ kind: z.literal('get200') }),
  /** A HEAD that wants 200. */
  z.strictObject({ kind: z.literal('head200') }),
  /** A GET whose query value comes back as text; with `verifyToken` only where that parameter equals the secret. */
  z.strictObject({
    kind: z.literal('echoQuery'),
    parameter: z.string(),
    query: z.record(z.string(), z.string()).optional(),
    verifyToken: z.string().optional(),
  }),
  /** A POST or GET with a token in the query that comes back as plain text. */
  z.strictObject({ kind: z.literal('validationToken'), parameter: z.string() }),
  /** A JSON challenge that comes back as JSON under the same name. */
  z.strictObject({ kind: z.literal('echoJson'), path: z.string(), match: match.optional() }),
  /** A JSON token that comes back with its HMAC-SHA256 in hex. */
  z.strictObject({
    kind: z.literal('hashJson'),
    path: z.string(),
    match: match.optional(),
    plainField: z.string(),
    hashField: z.string(),
  }),
  /** A GET whose query value comes back as base64 HMAC-SHA256 in JSON. */
  z.strictObject({
    kind: z.literal('hashQuery'),
    parameter: z.string(),
    field: z.string(),
    prefix: z.string(),
  }),
  /** A header that comes back as a header; `becomesSecret` where later calls are signed with it. */
  z.strictObject({
    kind: z.literal('echoHeader'),
    requestHeader: z.string(),
    responseHeader: z.string(),
    becomesSecret: z.boolean(),
  }),
  /** A header of a GET that comes back as JSON. */
  z.strictObject({ kind: z.literal('headerToJson'), header: z.string(), field: z.string() }),
  /** Rightly and wrongly signed probes: `status` for the right ones, 401 for the wrong ones. */
  z.strictObject({
    kind: z.literal('signedProbe'),
    match: match.optional(),
    /** A list that is empty in the probe. */
    emptyListPath: z.string().optional(),
    status: z.union([z.literal(200), z.literal(204)]),
  }),
  /** A signed ping that wants any 2xx. */
  z.strictObject({
    kind: z.literal('signedPing'),
    header: z.strictObject({ name: z.string(), value: z.string() }).optional(),
    match: match.optional(),
    /** A form field that only the ping carries. */
    formField: z.string().optional(),
  }),
  /** A link in the body that somebody must open. */
  z.strictObject({ kind: z.literal('linkToVisit'), match, path: z.string(), hostSuffix: z.string() }),
  /** A token in the body that the user copies back into the application. */
  z.strictObject({ kind: z.literal('tokenToCopy'), path: z.string() }),
  /** Not one call: every accepted delivery wants this body. */
  z.strictObject({ kind: z.literal('fixedReply'), contentType: z.string(), body: z.string() }),
]);
export type HandshakeRule = z.infer<typeof handshakeRule>;
export type HandshakeOf<K extends HandshakeRule['kind']> = Extract<HandshakeRule, { kind: K }>;
