import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';
import { signRequest } from '../../../main/engine/verification/sign-request.ts';
import type { SchemeOf, SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import {
  type VerifyInput,
  verifyAnySignature,
  verifySignature,
} from '../../../main/engine/verification/verify-signature.ts';

const catalog = createCatalog();
const bytes = (text: string) => new TextEncoder().encode(text);
const now = Date.UTC(2026, 2, 14, 9, 26, 53);
const url = 'https://calm-otter.loca.lt/in/a1B2c3?shop=2';

function schemeOf(id: string, index = 0): SignatureScheme {
  const scheme = catalog.definition(id)?.signatureSchemes[index];
  if (!scheme) throw new Error(`${id} has no scheme ${index}`);
  return scheme;
}

function input(body: string, headers: Record<string, string>, more: Partial<VerifyInput> = {}): VerifyInput {
  return {
    method: 'POST',
    url,
    query: 'shop=2',
    headers: Object.entries(headers),
    rawBody: bytes(body),
    secrets: ['top secret'],
    now,
    ...more,
  };
}

describe('published examples', () => {
  test('GitHub: validating webhook deliveries', () => {
    const verdict = verifySignature(
      schemeOf('github'),
      input(
        'Hello, World!',
        { 'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
        { secrets: ["It's a Secret to Everybody"] },
      ),
    );
    expect(verdict.result).toBe('valid');
  });

  test.each([
    ['webhook', 0],
    ['svix', 1],
  ])('Standard Webhooks with %s headers', (prefix, index) => {
    const verdict = verifySignature(
      schemeOf('standard-webhooks', index),
      input(
        '{"test": 2432232314}',
        {
          [`${prefix}-id`]: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
          [`${prefix}-timestamp`]: '1614265330',
          [`${prefix}-signature`]: 'v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
        },
        { secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], now: 1614265330_000 },
      ),
    );
    expect(verdict.result).toBe('valid');
  });

  test('Slack: verifying requests', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = {
      'X-Slack-Request-Timestamp': '1531420618',
      'X-Slack-Signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    const secrets = ['8f742231b10e8888abcd99yyyzzz85a5'];
    const verdict = verifySignature(
      schemeOf('slack'),
      input(body, headers, { secrets, now: 1531420618_000 }),
    );
    expect(verdict.result).toBe('valid');
  });

  test('Twilio: the example of its libraries', () => {
    const body = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
      Caller: '+14158675309',
    }).toString();
    const verdict = verifySignature(
      schemeOf('twilio'),
      input(
        body,
        { 'X-Twilio-Signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
        { url: 'https://mycompany.com/myapp.php?foo=1&bar=2', secrets: ['12345'] },
      ),
    );
    expect(verdict.result).toBe('valid');
  });

  test.each([
    ['hello world', 'secret', '734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a'],
    ['lalala', 'another-secret', 'daa220016c8f29a8b214fbfc3671aeec2145cfb1e6790184ffb38b6d0425fa00'],
    [
      'an-important-request-payload',
      'hunter123',
      '9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa',
    ],
  ])('CircleCI: %s', (body, secret, hex) => {
    const scheme: SignatureScheme = {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'circleci-signature',
      prefix: 'v1=',
      listSeparator: ',',
      content: '{body}',
    };
    const verdict = verifySignature(
      scheme,
      input(body, { 'circleci-signature': `v2=00,v1=${hex}` }, { secrets: [secret] }),
    );
    expect(verdict.result).toBe('valid');
  });
});

const { privateKey: ed25519Private, publicKey: ed25519Public } = generateKeyPairSync('ed25519');
const { privateKey: ecPrivate, publicKey: ecPublic } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const hexKey = ed25519Public.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

/** Every kind of scheme, with the secret that signs and the one that checks. */
const kinds: [string, SignatureScheme, string, string][] = [
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

function signed(scheme: SignatureScheme, secret: string, body: string) {
  const parts = signRequest(scheme, { method: 'POST', url, rawBody: bytes(body), secret, now });
  if (!parts) throw new Error('not signable');
  const query = new URLSearchParams({ shop: '2', ...parts.query }).toString();
  return { headers: parts.headers, query };
}

describe.each(kinds)('%s', (_, scheme, signing, checking) => {
  test('what was signed is valid, whatever the body; with a second secret too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (body) => {
        const { headers, query } = signed(scheme, signing, body);
        expect(verifySignature(scheme, input(body, headers, { query, secrets: [checking] })).result).toBe(
          'valid',
        );
        const rotating = scheme.kind === 'publicKey' ? [checking, checking] : ['b3RoZXI=', checking];
        expect(verifySignature(scheme, input(body, headers, { query, secrets: rotating })).result).toBe(
          'valid',
        );
      }),
      { numRuns: 25 },
    );
  });

  test('without its headers the signature is missing, without a secret it is not checkable', () => {
    expect(verifySignature(scheme, input('a=1', {}, { query: '', secrets: [checking] })).result).toBe(
      'missing',
    );
    expect(verifySignature(scheme, input('a=1', {}, { secrets: [] })).code).toBe('noSecret');
    expect(verifySignature(scheme, input('a=1', {}, { secrets: [''] })).code).toBe('noSecret');
  });

  test('garbage in the headers is never valid and never throws', () => {
    const { headers, query } = signed(scheme, signing, 'a=1');
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.constant('.'), fc.constant('e30.e30.')),
        (garbage) => {
          for (const name of Object.keys(headers)) {
            if (headers[name] === garbage) continue;
            const spoilt = input(
              'a=1',
              { ...headers, [name]: garbage },
              { query, secrets: [checking], hints: {} },
            );
            if (name !== 'webhook-id' || garbage !== '')
              expect(verifySignature(scheme, spoilt).result).not.toBe('valid');
          }
        },
      ),
    );
  });

  if (scheme.kind !== 'token' && scheme.kind !== 'basic') {
    test('a changed body is invalid', () => {
      const { headers, query } = signed(scheme, signing, 'a=1');
      expect(verifySignature(scheme, input('a=2', headers, { query, secrets: [checking] })).result).toBe(
        'invalid',
      );
    });
  }

  if (('timestamp' in scheme && scheme.timestamp) || scheme.kind === 'standardWebhooks') {
    test.each([
      [-301, 'tooNew'],
      [-299, 'valid'],
      [299, 'valid'],
      [301, 'tooOld'],
    ])('arriving %s s after it was signed is %s', (seconds, code) => {
      const { headers, query } = signed(scheme, signing, 'a=1');
      const late = input('a=1', headers, { query, secrets: [checking], now: now + seconds * 1000 });
      expect(verifySignature(scheme, late).code).toBe(code);
    });
  }
});

test('another secret is invalid', () => {
  for (const [, scheme, signing] of kinds.filter(([, one]) => one.kind !== 'publicKey')) {
    const { headers, query } = signed(scheme, signing, 'a=1');
    expect(verifySignature(scheme, input('a=1', headers, { query, secrets: ['b3RoZXI='] })).result).toBe(
      'invalid',
    );
  }
});

test('a public key that is none is told apart from a wrong signature', () => {
  for (const [, scheme, signing] of kinds.filter(([, one]) => one.kind === 'publicKey')) {
    const { headers } = signed(scheme, signing, 'a=1');
    expect(verifySignature(scheme, input('a=1', headers, { secrets: ['not a key'] })).code).toBe('badSecret');
  }
});

test('Standard Webhooks with a public key', async () => {
  const { sign } = await import('node:crypto');
  const seconds = String(Math.floor(now / 1000));
  const signature = sign(null, Buffer.from(`msg_1.${seconds}.{}`), ed25519Private).toString('base64');
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1a,${signature}`,
  };
  const secrets = [`whpk_${Buffer.from(hexKey, 'hex').toString('base64')}`];
  const scheme = schemeOf('standard-webhooks');
  expect(verifySignature(scheme, input('{}', headers, { secrets })).result).toBe('valid');
  expect(verifySignature(scheme, input('{ }', headers, { secrets })).result).toBe('invalid');
  expect(verifySignature(scheme, input('{}', headers, { secrets: ['whpk_AAAA'] })).code).toBe('badSecret');
});

test('a secret that decodes to an empty key lets nobody in', () => {
  const scheme = schemeOf('standard-webhooks');
  const parts = signRequest(scheme, { method: 'POST', url, rawBody: bytes('{}'), secret: 'whsec_', now });
  for (const secret of ['whsec_', 'whsec_!!!!', 'whsec_=']) {
    const verdict = verifySignature(scheme, input('{}', parts?.headers ?? {}, { secrets: [secret] }));
    expect(verdict.code, secret).toBe('badSecret');
  }
});

test('an id with braces cannot change what Standard Webhooks signs', () => {
  const scheme = schemeOf('standard-webhooks');
  const headers = {
    'webhook-id': '{nonsense}',
    'webhook-timestamp': '1773480413',
    'webhook-signature': 'v1,AAAA',
  };
  expect(verifySignature(scheme, input('{}', headers)).result).toBe('invalid');
});

test('a JWT without a signature, or by another algorithm, is invalid', () => {
  const scheme: SignatureScheme = { kind: 'jwt', header: 'Authorization' };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const none = `${part({ alg: 'none' })}.${part({})}.`;
  expect(verifySignature(scheme, input('{}', { Authorization: none })).result).toBe('invalid');
  const text = `${part({ alg: 'HS512' })}.${part({})}`;
  const other = `${text}.${createHmac('sha256', 'top secret').update(text).digest('base64url')}`;
  expect(verifySignature(scheme, input('{}', { Authorization: other })).result).toBe('invalid');
});

test('an expired JWT is too old', () => {
  const scheme: SignatureScheme = { kind: 'jwt', header: 'Authorization' };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256' })}.${part({ exp: now / 1000 - 301 })}`;
  const token = `${text}.${createHmac('sha256', 'top secret').update(text).digest('base64url')}`;
  expect(verifySignature(scheme, input('{}', { Authorization: token })).code).toBe('tooOld');
});

describe('signatures inside the body', () => {
  const bodyHmac: SchemeOf<'bodyHmac'> = {
    kind: 'bodyHmac',
    algorithm: 'sha256',
    encoding: 'hex',
    signaturePath: 'signature.signature',
    contentPaths: ['signature.timestamp', 'signature.token'],
    timestampPath: 'signature.timestamp',
  };
  const bodyToken: SignatureScheme = { kind: 'bodyToken', listPath: 'value', property: 'clientState' };

  test.each([
    [bodyHmac, '{"signature":{"timestamp":"","token":"t0","signature":""},"event-data":{"id":"1"}}'],
    [bodyToken, '{"value":[{"id":1},{"id":2}]}'],
  ] as [SignatureScheme, string][])('what was signed is valid', (scheme, body) => {
    const parts = signRequest(scheme, {
      method: 'POST',
      url,
      rawBody: bytes(body),
      secret: 'top secret',
      now,
    });
    const text = new TextDecoder().decode(parts?.body);
    expect(verifySignature(scheme, input(text, {})).result).toBe('valid');
    expect(verifySignature(scheme, input(text, {}, { secrets: ['other'] })).result).toBe('invalid');
    expect(verifySignature(scheme, input('{}', {})).result).toBe('missing');
    expect(verifySignature(scheme, input('no json', {})).result).toBe('missing');
  });
  test('a late one is too old', () => {
    const parts = signRequest(bodyHmac, {
      method: 'POST',
      url,
      rawBody: bytes('{"signature":{"token":"t"}}'),
      secret: 'top secret',
      now,
    });
    const late = input(new TextDecoder().decode(parts?.body), {}, { now: now + 301_000 });
    expect(verifySignature(bodyHmac, late).code).toBe('tooOld');
  });
  test('one element with another token is invalid', () => {
    const body = '{"value":[{"clientState":"top secret"},{"clientState":"x"}]}';
    expect(verifySignature(bodyToken, input(body, {})).result).toBe('invalid');
  });
});

describe('near misses', () => {
  const scheme = schemeOf('github') as SchemeOf<'hmac'>;
  const sign = (body: string, secret = 'top secret', one: SchemeOf<'hmac'> = scheme) =>
    signed(one, secret, body).headers;
  const body = '{"a": 1,\n"b": "ü"}\n';

  const cases: [string, Record<string, string>, Partial<VerifyInput>][] = [
    ['otherSecret', sign(body, 'theirs'), { hints: { otherSecrets: [{ name: 'Shop', secret: 'theirs' }] } }],
    ['secretWhitespace', sign(body), { secrets: ['top secret\n'] }],
    ['secretEncoding', sign(body, 'secret'), { secrets: ['c2VjcmV0'] }],
    ['otherEncoding', sign(body, 'top secret', { ...scheme, encoding: 'base64' }), {}],
    ['otherAlgorithm', sign(body, 'top secret', { ...scheme, algorithm: 'sha1' }), {}],
    ['changedNewline', sign(body.trimEnd()), {}],
    ['changedNewline', sign(body.replaceAll('\n', '\r\n')), {}],
    ['reserializedBody', sign('{"a":1,"b":"ü"}'), {}],
    ['reserializedBody', sign('{"a": 1, "b": "ü"}'), {}],
    ['reserializedBody', sign('{\n  "a": 1,\n  "b": "ü"\n}'), {}],
  ];
  test.each(cases)('%s is named, and the call stays invalid', (kind, headers, more) => {
    const verdict = verifySignature(scheme, input(body, headers, { hints: {}, ...more }));
    expect(verdict.result).toBe('invalid');
    expect(verdict.nearMiss?.kind).toBe(kind);
  });

  test('a changed URL is named', () => {
    const twilio = schemeOf('twilio') as SchemeOf<'hmac'>;
    const { headers } = signed(twilio, 'top secret', 'a=1');
    const moved = input('a=1', headers, {
      url: 'https://new.loca.lt/in/a1B2c3',
      hints: { otherUrls: [url] },
    });
    expect(verifySignature(twilio, moved).nearMiss?.kind).toBe('otherUrl');
  });

  test('a time outside the tolerance is named too', () => {
    const slack = schemeOf('slack');
    const { headers } = signed(slack, 'top secret', '{}');
    expect(verifySignature(slack, input('{}', headers, { now: now + 400_000 })).nearMiss?.kind).toBe(
      'tooOld',
    );
  });

  test.each(['[', '{"a":'])('bodies nested with %s do not throw', (open) => {
    const deep = `${open.repeat(40_000)}1${(open === '[' ? ']' : '}').repeat(40_000)}`;
    expect(verifySignature(scheme, input(deep, sign('x'), { hints: {} })).code).toBe('wrongSignature');
    const linear = { 'Linear-Signature': 'aa' };
    expect(verifySignature(schemeOf('linear'), input(deep, linear, { hints: {} })).result).toBe('missing');
  });

  test('a time inside a body that is too large to parse counts as missing', () => {
    const large = JSON.stringify({ webhookTimestamp: now, text: 'x'.repeat(1_100_000) });
    const { headers } = signed(schemeOf('linear'), 'top secret', large);
    expect(verifySignature(schemeOf('linear'), input(large, headers)).code).toBe('missingTimestamp');
  });

  test('nothing is looked for without hints, nor in large bodies', () => {
    const large = `{"a": "${'x'.repeat(300_000)}"}`;
    expect(verifySignature(scheme, input(body, sign(body.trimEnd()))).nearMiss).toBeUndefined();
    expect(verifySignature(scheme, input(large, sign(`${large}\n`), { hints: {} })).nearMiss).toBeUndefined();
  });
});

test('of several schemes the one that matches counts', () => {
  const gitlab = catalog.definition('gitlab')?.signatureSchemes ?? [];
  const byToken = input('{}', { 'X-Gitlab-Token': 'top secret' });
  expect(verifyAnySignature(gitlab, byToken)?.result).toBe('valid');
  const parts = signRequest(gitlab[1] as SignatureScheme, {
    method: 'POST',
    url,
    rawBody: bytes('{}'),
    secret: 'whsec_c2VjcmV0',
    now,
  });
  expect(
    verifyAnySignature(gitlab, input('{}', parts?.headers ?? {}, { secrets: ['whsec_c2VjcmV0'] }))?.result,
  ).toBe('valid');
  expect(verifyAnySignature(gitlab, input('{}', { 'X-Gitlab-Token': 'x' }))?.result).toBe('invalid');
  expect(verifyAnySignature([], byToken)).toBeUndefined();
});

test('an unsigned application is not checkable', () => {
  expect(verifySignature(schemeOf('mailchimp'), input('', {})).code).toBe('unsigned');
  expect(
    signRequest(schemeOf('mailchimp'), { method: 'POST', url, rawBody: bytes(''), secret: 'k', now }),
  ).toBeUndefined();
});

test('every scheme of the catalog verifies the sample that it signed itself', () => {
  for (const { id } of catalog.list()) {
    const definition = catalog.definition(id);
    for (const scheme of definition?.signatureSchemes ?? []) {
      if (scheme.kind === 'none' || scheme.kind === 'notCheckable') continue;
      const pem =
        scheme.kind === 'publicKey' &&
        (scheme.algorithm === 'ed25519' ? ed25519Private : ecPrivate)
          .export({ format: 'pem', type: 'pkcs8' })
          .toString();
      const publicKey =
        scheme.kind === 'publicKey' && scheme.algorithm === 'ed25519'
          ? hexKey
          : ecPublic.export({ format: 'der', type: 'spki' }).toString('base64');
      const secret = pem || `whsec_${createHash('sha256').update(id).digest('base64')}`;
      const parts = signRequest(scheme, {
        method: 'POST',
        url,
        rawBody: bytes(definition?.sample.body ?? ''),
        secret,
        now,
      });
      const body = new TextDecoder().decode(parts?.body ?? bytes(definition?.sample.body ?? ''));
      const at =
        scheme.kind === 'hmac' && scheme.timestamp?.in === 'body' ? Date.UTC(2026, 2, 14, 9, 26, 53) : now;
      const query = new URLSearchParams(parts?.query).toString();
      const checked = input(body, parts?.headers ?? {}, {
        query,
        secrets: [pem ? publicKey || '' : secret],
        now: at,
      });
      expect(verifySignature(scheme, checked).result, id).toBe('valid');
    }
  }
});
