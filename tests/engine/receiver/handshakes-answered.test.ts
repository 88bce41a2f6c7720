// All fourteen kinds of handshakes, one application each, against the running receiver: what is answered, that the list shows a handshake
// that was answered, and that the probe plays it.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';
import { handshakeRule } from '../../../main/engine/verification/handshake-rule.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());

const secret = 'the secret of the application';
const hmac = (text: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', secret).update(text).digest(encoding);
const json = { 'content-type': 'application/json' };
const probe = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"e"}';

interface Case {
  application: string;
  method?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Without a secret, unless true. */
  secret?: true;
  answers: { status?: number; text?: string; json?: object; header?: [string, string] };
  /** What the list says; an ordinary call where undefined. */
  note?: RegExp;
  /** The name of the play of the probe. */
  play: RegExp;
}

const cases: Record<string, Case> = {
  get200: { application: 'mailchimp', method: 'GET', answers: {}, note: /by GET/, play: /^GET/ },
  head200: { application: 'trello', method: 'HEAD', answers: {}, note: /by HEAD/, play: /^HEAD/ },
  echoQuery: {
    application: 'meta-pages',
    method: 'GET',
    query: '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=mine',
    answers: { text: '1158201444' },
    note: /Sent hub\.challenge back/,
    play: /hub\.challenge/,
  },
  validationToken: {
    application: 'microsoft-graph',
    query: '?validationToken=Validation%3A+Testing',
    answers: { text: 'Validation: Testing', header: ['content-type', 'text/plain; charset=utf-8'] },
    note: /Sent validationToken back as plain text/,
    play: /validationToken/,
  },
  echoJson: {
    application: 'slack',
    headers: json,
    body: '{"type":"url_verification","challenge":"3eZbrw1a"}',
    answers: { json: { challenge: '3eZbrw1a' } },
    note: /Sent challenge back as JSON/,
    play: /challenge/,
  },
  hashJson: {
    application: 'zoom',
    headers: json,
    body: '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}',
    secret: true,
    answers: {
      json: {
        plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
        encryptedToken: hmac('qgg8vlvZRS6UYooatFL8Aw', 'hex'),
      },
    },
    note: /Sent plainToken back with its HMAC/,
    play: /plainToken/,
  },
  hashQuery: {
    application: 'x',
    method: 'GET',
    query: '?crc_token=abc',
    secret: true,
    answers: { json: { response_token: `sha256=${hmac('abc', 'base64')}` } },
    note: /Sent the HMAC of crc_token back/,
    play: /crc_token/,
  },
  echoHeader: {
    application: 'asana',
    headers: { ...json, 'x-hook-secret': 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81' },
    body: '{}',
    answers: {
      header: ['x-hook-secret', 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81'],
    },
    note: /Sent X-Hook-Secret back/,
    play: /X-Hook-Secret/i,
  },
  headerToJson: {
    application: 'okta',
    method: 'GET',
    headers: { 'x-okta-verification-challenge': 'xyz' },
    answers: { json: { verification: 'xyz' } },
    note: /back as JSON/,
    play: /X-Okta-Verification-Challenge/i,
  },
  signedProbe: {
    application: 'xero',
    headers: { ...json, 'x-xero-signature': hmac(probe, 'base64') },
    body: probe,
    secret: true,
    answers: { text: '' },
    note: /Rightly signed probe, accepted/,
    play: /signed/i,
  },
  signedPing: {
    application: 'github',
    headers: { ...json, 'x-github-event': 'ping' },
    body: '{"zen":"Design for failure.","hook_id":1}',
    answers: {},
    note: /Ping of the application/,
    play: /ping/i,
  },
  linkToVisit: {
    application: 'aws-sns',
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
    body: JSON.stringify({
      Type: 'SubscriptionConfirmation',
      SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1',
    }),
    answers: {},
    note: /waits until the link/,
    play: /link/i,
  },
  tokenToCopy: {
    application: 'notion',
    headers: json,
    body: '{"verification_token":"secret_tokenOfNotion"}',
    answers: {},
    note: /Copy the value at verification_token/,
    play: /token/i,
  },
  fixedReply: {
    application: 'adyen',
    headers: json,
    body: '{"live":"false","notificationItems":[{"NotificationRequestItem":{"pspReference":"P1","eventCode":"AUTHORISATION"}}]}',
    answers: { text: '[accepted]' },
    play: /^Sample/,
  },
};

it('has a case for every kind, of an application that has that kind', () => {
  const kinds = handshakeRule.options.map((option) => option.shape.kind.value);
  expect(Object.keys(cases).sort()).toEqual([...kinds].sort());
  const catalog = createCatalog();
  for (const [kind, { application }] of Object.entries(cases)) {
    expect(catalog.definition(application)?.handshake?.kind, application).toBe(kind);
  }
});

it.each(Object.entries(cases))('%s is answered, listed and probed', async (_kind, each) => {
  const { id, url } = await test.createSource(each.application);
  const { dataSource } = await test.call('dataSources.get', { id });
  const connectionId = dataSource.connections[0]?.id ?? '';
  if (each.secret) await test.call('connections.setSecret', { id: connectionId, secret });
  const response = await fetch(url + (each.query ?? ''), {
    method: each.method ?? 'POST',
    headers: each.headers ?? {},
    ...(each.body === undefined ? {} : { body: each.body }),
  });
  const { answers, note } = each;
  const text = await response.text();
  expect(response.status).toBe(answers.status ?? 200);
  if (answers.text !== undefined) expect(text).toBe(answers.text);
  if (answers.json) expect(JSON.parse(text)).toEqual(answers.json);
  if (answers.header) expect(response.headers.get(answers.header[0])).toBe(answers.header[1]);

  const { captures } = await test.call('captures.list', { dataSourceId: id });
  expect(captures).toMatchObject([{ outcome: note ? 'handshake' : 'accepted', status: 200 }]);
  const { capture } = await test.call('captures.get', { id: captures[0]?.id ?? '' });
  if (note) expect(capture.notes.join(' ')).toMatch(note);

  const { results } = await test.call('connections.probe', { id: connectionId });
  expect(results.filter(({ name, passed }) => each.play.test(name) && passed)).not.toEqual([]);
  expect(results.filter(({ passed, skipped }) => !passed && !skipped)).toEqual([]);
});
