import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';
import type { HandshakeRule } from '../../../main/engine/verification/handshake-rule.ts';
import {
  answerHandshake,
  deliveryReply,
  type HandshakeDefinition,
  type HandshakeRequest,
} from '../../../main/engine/verification/handshakes.ts';
import type { SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const post = (body: unknown, headers: [string, string][] = []): HandshakeRequest => ({
  method: 'POST',
  headers,
  query: '',
  body: bytes(typeof body === 'string' ? body : JSON.stringify(body)),
});
const get = (query: string, headers: [string, string][] = []): HandshakeRequest => ({
  method: 'GET',
  headers,
  query,
  body: bytes(''),
});
const having = (handshake: HandshakeRule, signatureSchemes: SignatureScheme[] = []): HandshakeDefinition => ({
  handshake,
  signatureSchemes,
  contentTypes: ['application/json'],
});

describe('without an application', () => {
  test.each(['GET', 'HEAD', 'OPTIONS'])('%s is answered with 200', (method) => {
    expect(answerHandshake(undefined, { method, headers: [], query: '', body: bytes('') }, {})?.status).toBe(
      200,
    );
  });
  test('an empty POST is answered with 200, a POST with a body is a delivery', () => {
    expect(answerHandshake(undefined, post(''), {})?.status).toBe(200);
    expect(answerHandshake(undefined, post('{}'), {})).toBeUndefined();
    expect(answerHandshake(undefined, post(' '), {})).toBeUndefined();
  });
  test('an empty PUT is a delivery', () => {
    expect(answerHandshake(undefined, { ...post(''), method: 'PUT' }, {})).toBeUndefined();
  });
});

test('an application whose calls have no body gets its empty POST through', () => {
  const definition: HandshakeDefinition = { signatureSchemes: [], contentTypes: [] };
  expect(answerHandshake(definition, post(''), {})).toBeUndefined();
  expect(answerHandshake(definition, get(''), {})?.status).toBe(200);
});

describe('echoQuery', () => {
  const meta = having({
    kind: 'echoQuery',
    parameter: 'hub.challenge',
    query: { 'hub.mode': 'subscribe' },
    verifyToken: 'hub.verify_token',
  });
  const call = get('hub.mode=subscribe&hub.challenge=11%2B58&hub.verify_token=tea');

  test('sends the decoded value back as plain text when the verify token is right', () => {
    const answer = answerHandshake(meta, call, { verifyToken: 'tea' });
    expect(answer).toMatchObject({ status: 200, body: '11+58' });
    expect(answer?.headers['Content-Type']).toMatch(/^text\/plain/);
  });
  test('refuses another verify token and echoes nothing', () => {
    expect(answerHandshake(meta, call, { verifyToken: 'coffee' })).toMatchObject({ status: 403, body: '' });
  });
  test('says that nothing was compared without a verify token', () => {
    expect(answerHandshake(meta, call, {})?.note).toContain('not compared');
  });
  test('another mode is an ordinary check', () => {
    expect(answerHandshake(meta, get('hub.challenge=1'), {})?.body).toBeUndefined();
  });
});

test('validationToken comes back decoded, by POST and by GET', () => {
  const graph = having({ kind: 'validationToken', parameter: 'validationToken' });
  for (const method of ['POST', 'GET']) {
    const answer = answerHandshake(graph, { ...get('validationToken=Validation%3A+a%26b'), method }, {});
    expect(answer).toMatchObject({ status: 200, body: 'Validation: a&b' });
  }
  expect(answerHandshake(graph, post({ value: [] }), {})).toBeUndefined();
});

describe('echoJson', () => {
  const slack = having({ kind: 'echoJson', path: 'challenge', match: { type: 'url_verification' } });
  test('sends the challenge back under its own name', () => {
    const answer = answerHandshake(slack, post({ type: 'url_verification', challenge: '3eZb' }), {});
    expect(answer).toMatchObject({ status: 200, body: '{"challenge":"3eZb"}' });
  });
  test.each([
    { type: 'event_callback', challenge: 'x' },
    { type: 'url_verification' },
    { type: 'url_verification', challenge: { a: 1 } },
    { type: 'url_verification', challenge: 'x'.repeat(5000) },
    [1],
    'no json',
  ])('%j is a delivery', (body) => {
    expect(answerHandshake(slack, post(body), {})).toBeUndefined();
  });
});

describe('hashJson', () => {
  const zoom = createCatalog().definition('zoom');
  const call = post({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' } });
  test('answers with the HMAC of the token', () => {
    const answer = answerHandshake(zoom, call, { secrets: ['shh', 'older'] });
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
      encryptedToken: createHmac('sha256', 'shh').update('qgg8vlvZRS6UYooatFL8Aw').digest('hex'),
    });
  });
  test('says what is missing without a secret', () => {
    expect(answerHandshake(zoom, call, {})).toMatchObject({
      status: 503,
      note: expect.stringContaining('secret'),
    });
  });
});

test('hashQuery answers with the base64 HMAC', () => {
  const rule = having({
    kind: 'hashQuery',
    parameter: 'crc_token',
    field: 'response_token',
    prefix: 'sha256=',
  });
  const answer = answerHandshake(rule, get('crc_token=challenge'), { secrets: ['key'] });
  const hash = createHmac('sha256', 'key').update('challenge').digest('base64');
  expect(JSON.parse(answer?.body ?? '')).toEqual({ response_token: `sha256=${hash}` });
  expect(answerHandshake(rule, get('crc_token=challenge'), {})?.status).toBe(503);
});

describe('echoHeader', () => {
  const asana = having({
    kind: 'echoHeader',
    requestHeader: 'X-Hook-Secret',
    responseHeader: 'X-Hook-Secret',
    becomesSecret: true,
  });
  test('sends the header back and reports the secret', () => {
    const answer = answerHandshake(asana, post('', [['x-hook-secret', 'b5b3']]), {});
    expect(answer?.headers['X-Hook-Secret']).toBe('b5b3');
    expect(answer?.found).toEqual({ secret: 'b5b3' });
    expect(answer?.note).not.toContain('b5b3');
  });
  test('a call never replaces a secret that is set', () => {
    const call = post('', [['x-hook-secret', 'b5b3']]);
    const answer = answerHandshake(asana, call, { secrets: ['mine'] });
    expect(answer?.headers['X-Hook-Secret']).toBe('b5b3');
    expect(answer?.found).toBeUndefined();
  });
  test('never sends a line end or other control characters back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const echoed = answerHandshake(asana, post('{}', [['X-Hook-Secret', value]]), {})?.headers[
          'X-Hook-Secret'
        ];
        expect(echoed === undefined || /^[\x21-\x7e]+$/.test(echoed)).toBe(true);
      }),
    );
  });
});

test('headerToJson turns the header into JSON', () => {
  const okta = having({
    kind: 'headerToJson',
    header: 'X-Okta-Verification-Challenge',
    field: 'verification',
  });
  const answer = answerHandshake(okta, get('', [['x-okta-verification-challenge', 'a"b']]), {});
  expect(JSON.parse(answer?.body ?? '')).toEqual({ verification: 'a"b' });
});

describe('signedProbe', () => {
  const scheme: SignatureScheme = {
    kind: 'hmac',
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-xero-signature',
    content: '{body}',
  };
  const xero = having({ kind: 'signedProbe', emptyListPath: 'events', status: 200 }, [scheme]);
  const probe = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"KQZT"}';
  const signature = createHmac('sha256', 'key').update(probe).digest('base64');

  test('200 for the right signature, 401 for a wrong one', () => {
    const right = answerHandshake(xero, post(probe, [['X-Xero-Signature', signature]]), { secrets: ['key'] });
    const wrong = answerHandshake(xero, post(probe, [['X-Xero-Signature', `A${signature}`]]), {
      secrets: ['key'],
    });
    expect([right?.status, wrong?.status]).toEqual([200, 401]);
  });
  test('says that it cannot tell them apart without a key', () => {
    expect(answerHandshake(xero, post(probe), {})?.note).toContain('without the key');
  });
  test('a call with events is a delivery', () => {
    expect(answerHandshake(xero, post({ events: [{}] }), { secrets: ['key'] })).toBeUndefined();
    expect(answerHandshake(xero, post({}), { secrets: ['key'] })).toBeUndefined();
  });
});

describe('signedPing', () => {
  const github = createCatalog().definition('github');
  const ping = (signature?: string) =>
    post('{"zen":"Design for failure."}', [
      ['X-GitHub-Event', 'ping'],
      ...(signature ? ([['X-Hub-Signature-256', signature]] as [string, string][]) : []),
    ]);
  const right = `sha256=${createHmac('sha256', 'key').update('{"zen":"Design for failure."}').digest('hex')}`;

  test('is answered, signed or without a secret here', () => {
    expect(answerHandshake(github, ping(right), { secrets: ['key'] })?.status).toBe(200);
    expect(answerHandshake(github, ping(), {})?.status).toBe(200);
  });
  test('a forged or unsigned ping goes on to the ordinary refusal', () => {
    expect(answerHandshake(github, ping(`${right}0`), { secrets: ['key'] })).toBeUndefined();
    expect(answerHandshake(github, ping(), { secrets: ['key'] })).toBeUndefined();
  });
  test('another event is a delivery', () => {
    expect(answerHandshake(github, post('{}', [['X-GitHub-Event', 'push']]), {})).toBeUndefined();
  });
  test('a form ping is known by its only field', () => {
    const shop = having({ kind: 'signedPing', formField: 'webhook_id' });
    expect(answerHandshake(shop, post('webhook_id=7'), {})?.status).toBe(200);
    expect(answerHandshake(shop, post('webhook_id=7&id=1'), {})).toBeUndefined();
    expect(answerHandshake(shop, post({ id: 1 }), {})).toBeUndefined();
  });
});

describe('linkToVisit', () => {
  const sns = having({
    kind: 'linkToVisit',
    match: { Type: 'SubscriptionConfirmation' },
    path: 'SubscribeURL',
    hostSuffix: '.amazonaws.com',
  });
  const call = (link: string) => post({ Type: 'SubscriptionConfirmation', SubscribeURL: link });
  test('names the link of the sender', () => {
    const link = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription';
    expect(answerHandshake(sns, call(link), {})).toMatchObject({ status: 200, found: { link } });
  });
  test.each([
    'http://sns.eu-west-1.amazonaws.com/',
    'https://evil.example/amazonaws.com',
    'https://evilamazonaws.com/',
    'javascript:alert(1)',
    '::',
  ])('does not offer %s', (link) => {
    expect(answerHandshake(sns, call(link), {})).toBeUndefined();
  });
});

test('tokenToCopy reports the token, but not in its note', () => {
  const notion = having({ kind: 'tokenToCopy', path: 'verification_token' });
  const answer = answerHandshake(notion, post({ verification_token: 'secret_tMrlL1qK' }), {});
  expect(answer?.found).toEqual({ token: 'secret_tMrlL1qK', secret: 'secret_tMrlL1qK' });
  expect(answer?.note).not.toContain('secret_tMrlL1qK');
  const again = answerHandshake(notion, post({ verification_token: 'other' }), { secrets: ['mine'] });
  expect(again?.found).toEqual({ token: 'other' });
  expect(answerHandshake(notion, post({ type: 'page.created' }), {})).toBeUndefined();
});

test('fixedReply answers deliveries, not handshakes', () => {
  const definition = createCatalog().definition('salesforce-outbound');
  expect(answerHandshake(definition, post('<a/>'), {})).toBeUndefined();
  const reply = deliveryReply(definition);
  expect(reply?.status).toBe(200);
  expect(reply?.headers['Content-Type']).toMatch(/xml/);
  expect(reply?.body).toContain('<Ack>true</Ack>');
  expect(deliveryReply(undefined)).toBeUndefined();
});

test('no body that a stranger sends makes any rule of the catalog throw', () => {
  const catalog = createCatalog();
  const definitions = catalog.list().map((entry) => catalog.definition(entry.id));
  fc.assert(
    fc.property(
      fc.constantFrom(...definitions),
      fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'),
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.constant('{"__proto__":{"type":"url_verification"},"challenge":"x"}'),
      ),
      fc.oneof(fc.string(), fc.constant('challenge=%E0%A4%A&validationToken=%')),
      fc.array(fc.tuple(fc.string(), fc.string())),
      (definition, method, body, query, headers) => {
        const answer = answerHandshake(
          definition,
          { method, headers, query, body: bytes(body) },
          { secrets: ['k'] },
        );
        expect(answer === undefined || answer.status >= 200).toBe(true);
      },
    ),
  );
});
