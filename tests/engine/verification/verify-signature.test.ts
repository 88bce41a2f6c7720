// Single kinds of schemes in their corners, near misses, and every scheme of the catalog.
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signRequest } from '../../../main/engine/verification/sign-request.ts';
import type { SchemeOf, SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import {
  type VerifyInput,
  verifyAnySignature,
  verifySignature,
} from '../../../main/engine/verification/verify-signature.ts';
import { ecPrivate, ecPublic, ed25519Private, hexKey, kinds, signed } from './scheme-kinds.ts';
import { bytes, catalog, input, now, schemeOf, url } from './verify-input.ts';

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
