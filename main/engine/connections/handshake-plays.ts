// The handshakes of applications as calls that a probe plays, each with what its answer must hold. The counterpart of
// verification/handshake-responders.ts. Pure but for the random challenge.
import { createHmac, randomBytes } from 'node:crypto';
import type { HandshakeOf, HandshakeRule } from '../verification/handshake-rule.ts';
import { parseJsonBody, textAt } from '../verification/request-parts.ts';

export interface PlayedCall {
  method: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
}

export interface PlayAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Play {
  name: string;
  call: PlayedCall;
  /** How the call is signed before it is sent: rightly, wrongly, or not at all. */
  signed?: 'right' | 'wrong';
  expected: string;
  passes(answer: PlayAnswer): boolean;
}

export interface PlaySecrets {
  /** The newest one. */
  secret: string | undefined;
  verifyToken: string | undefined;
}

const json = { 'content-type': 'application/json' };
const quiet: PlayedCall = { method: 'GET', query: {}, headers: {}, body: '' };
const isOk = ({ status }: PlayAnswer) => status >= 200 && status < 300;
const newChallenge = () => randomBytes(12).toString('hex');
const hmacOf = (secret: string | undefined, text: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', secret ?? '')
    .update(text)
    .digest(encoding);
const jsonAt = (answer: PlayAnswer, path: string) => textAt(parseJsonBody(Buffer.from(answer.body)), path);

/** An object that holds each value at its dotted path. */
function objectOf(values: Record<string, unknown>): string {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let parent = root;
    for (const key of keys) {
      const next = parent[key] ?? {};
      parent[key] = next;
      parent = next as Record<string, unknown>;
    }
    parent[last] = value;
  }
  return JSON.stringify(root);
}

const post = (values: Record<string, unknown>, headers: Record<string, string> = {}): PlayedCall => ({
  method: 'POST',
  query: {},
  headers: { ...json, ...headers },
  body: objectOf(values),
});

const plays: {
  [K in HandshakeRule['kind']]: (rule: HandshakeOf<K>, secrets: PlaySecrets) => Play[];
} = {
  get200: () => [],

  head200: () => [
    { name: 'HEAD of the URL', call: { ...quiet, method: 'HEAD' }, expected: '200', passes: isOk },
  ],

  echoQuery(rule, { verifyToken }) {
    const challenge = newChallenge();
    const call = (token: string | undefined): PlayedCall => ({
      ...quiet,
      query: {
        ...rule.query,
        [rule.parameter]: challenge,
        ...(rule.verifyToken === undefined ? {} : { [rule.verifyToken]: token ?? 'none is set' }),
      },
    });
    const right: Play = {
      name: `Challenge in ${rule.parameter}`,
      call: call(verifyToken),
      expected: '200 and the challenge as text',
      passes: (answer) => isOk(answer) && answer.body === challenge,
    };
    if (rule.verifyToken === undefined || verifyToken === undefined) return [right];
    const wrong: Play = {
      name: 'Challenge with a wrong verify token',
      call: call(`${verifyToken} and more`),
      expected: '403',
      passes: ({ status }) => status === 403,
    };
    return [right, wrong];
  },

  validationToken(rule) {
    const challenge = newChallenge();
    return [
      {
        name: `Validation token in ${rule.parameter}`,
        call: { ...quiet, method: 'POST', query: { [rule.parameter]: challenge } },
        expected: '200 and the token as plain text',
        passes: (answer) => isOk(answer) && answer.body === challenge,
      },
    ];
  },

  echoJson(rule) {
    const challenge = newChallenge();
    return [
      {
        name: `Challenge at ${rule.path}`,
        call: post({ ...rule.match, [rule.path]: challenge }),
        expected: `200 and ${rule.path} as JSON`,
        passes: (answer) => isOk(answer) && jsonAt(answer, rule.path) === challenge,
      },
    ];
  },

  hashJson(rule, { secret }) {
    const challenge = newChallenge();
    return [
      {
        name: `Challenge at ${rule.path}`,
        call: post({ ...rule.match, [rule.path]: challenge }),
        expected: `200, ${rule.plainField} and its HMAC in ${rule.hashField}`,
        passes: (answer) =>
          isOk(answer) &&
          jsonAt(answer, rule.plainField) === challenge &&
          jsonAt(answer, rule.hashField) === hmacOf(secret, challenge, 'hex'),
      },
    ];
  },

  hashQuery(rule, { secret }) {
    const challenge = newChallenge();
    return [
      {
        name: `Challenge in ${rule.parameter}`,
        call: { ...quiet, query: { [rule.parameter]: challenge } },
        expected: `200 and the HMAC in ${rule.field}`,
        passes: (answer) =>
          isOk(answer) && jsonAt(answer, rule.field) === rule.prefix + hmacOf(secret, challenge, 'base64'),
      },
    ];
  },

  echoHeader(rule) {
    const challenge = newChallenge();
    return [
      {
        name: `Header ${rule.requestHeader}`,
        call: { ...post({}), headers: { ...json, [rule.requestHeader]: challenge } },
        expected: `200 and the value in ${rule.responseHeader}`,
        passes: (answer) => isOk(answer) && answer.headers[rule.responseHeader.toLowerCase()] === challenge,
      },
    ];
  },

  headerToJson(rule) {
    const challenge = newChallenge();
    return [
      {
        name: `Header ${rule.header}`,
        call: { ...quiet, headers: { [rule.header]: challenge } },
        expected: `200 and ${rule.field} as JSON`,
        passes: (answer) => isOk(answer) && jsonAt(answer, rule.field) === challenge,
      },
    ];
  },

  signedProbe(rule, { secret }) {
    const call = post({
      ...rule.match,
      ...(rule.emptyListPath === undefined ? {} : { [rule.emptyListPath]: [] }),
    });
    const right: Play = {
      name: 'Rightly signed check',
      call,
      signed: 'right',
      expected: String(rule.status),
      passes: ({ status }) => status === rule.status,
    };
    if (secret === undefined) return [right];
    const wrong: Play = {
      name: 'Wrongly signed check',
      call,
      signed: 'wrong',
      expected: '401',
      passes: ({ status }) => status === 401,
    };
    return [right, wrong];
  },

  signedPing(rule) {
    const headers = rule.header ? { [rule.header.name]: rule.header.value } : {};
    const call: PlayedCall =
      rule.formField === undefined
        ? post(rule.match ?? { ping: true }, headers)
        : {
            method: 'POST',
            query: {},
            headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
            body: new URLSearchParams({ [rule.formField]: '1' }).toString(),
          };
    return [
      {
        name: 'Ping',
        call,
        ...(rule.formField === undefined ? { signed: 'right' as const } : {}),
        expected: '200',
        passes: isOk,
      },
    ];
  },

  linkToVisit: (rule) => [
    {
      name: 'Link to visit',
      call: post({
        ...rule.match,
        [rule.path]: `https://${rule.hostSuffix.replace(/^\./, 'probe.')}/confirm`,
      }),
      expected: '200',
      passes: isOk,
    },
  ],

  tokenToCopy: (rule) => [
    { name: 'Token to copy', call: post({ [rule.path]: newChallenge() }), expected: '200', passes: isOk },
  ],

  fixedReply: () => [],
};

function playsOf<K extends HandshakeRule['kind']>(
  rule: HandshakeOf<K> & { kind: K },
  secrets: PlaySecrets,
): Play[] {
  return plays[rule.kind](rule, secrets);
}

/** A GET of the URL, which every connection answers, then what the application's own rule asks for. */
export function handshakePlays(rule: HandshakeRule | undefined, secrets: PlaySecrets): Play[] {
  const own = rule ? playsOf(rule, secrets) : [];
  return [{ name: 'GET of the URL', call: quiet, expected: '200', passes: isOk }, ...own];
}
