// Handshakes, the probe of a URL and test calls, in the running receiver.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newest, newSource, post, prepareVerification, type Source, test } from './verification-stage.ts';

prepareVerification();

describe('handshakes and what they bring', () => {
  it('keeps the secret that comes with the first handshake, and never replaces it', async () => {
    const source = await newSource('asana');
    const shake = (value: string) =>
      fetch(source.url, { method: 'POST', headers: { 'X-Hook-Secret': value } });
    const first = await shake('first-secret-of-asana');
    expect(first.headers.get('x-hook-secret')).toBe('first-secret-of-asana');
    expect((await newest(source)).found).toEqual({ secretKept: true });
    await shake('secret-of-a-stranger');
    const { verification } = await test.call('connections.verification', { id: source.connectionId });
    expect(verification.secrets).toMatchObject([{ origin: 'handshake', readable: true }]);
    const body = JSON.stringify({ events: [{ resource: { gid: '1' }, action: 'added' }] });
    const send = (key: string) =>
      post(source.url, body, [['x-hook-signature', createHmac('sha256', key).update(body).digest('hex')]]);
    expect((await send('first-secret-of-asana')).status).toBe(200);
    expect((await send('secret-of-a-stranger')).status).toBe(401);
  });

  it('shows a token to copy and a link to open', async () => {
    const notion = await newSource('notion');
    await post(notion.url, '{"verification_token":"secret_tokenOfNotion"}');
    expect((await newest(notion)).found).toEqual({ token: 'secret_tokenOfNotion', secretKept: true });
    const sns = await newSource('aws-sns');
    const link = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1';
    await post(sns.url, JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL: link }));
    expect((await newest(sns)).found).toEqual({ link });
    await post(
      sns.url,
      JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL: 'http://sns.amazonaws.com/' }),
    );
    expect((await newest(sns)).found).toBeUndefined();
  });

  it('compares the verify token', async () => {
    const source = await newSource('whatsapp');
    const { verification } = await test.call('connections.setSecret', {
      id: source.connectionId,
      secret: 'my-verify-token',
      purpose: 'verifyToken',
    });
    expect(verification).toMatchObject({
      takesVerifyToken: true,
      verifyToken: { origin: 'user' },
      secrets: [],
    });
    const ask = (token: string) =>
      fetch(`${source.url}?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${token}`);
    expect(await (await ask('my-verify-token')).text()).toBe('42');
    expect((await ask('wrong')).status).toBe(403);
  });
});

describe('the probe', () => {
  const probe = (source: Source) => test.call('connections.probe', { id: source.connectionId });

  it('plays handshakes and samples, and leaves nothing behind', async () => {
    const source = await newSource('slack');
    await test.call('connections.setSecret', { id: source.connectionId, secret: 'slack signing secret' });
    const { results } = await probe(source);
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ['GET of the URL', true],
      ['Challenge at challenge', true],
      ['Sample, rightly signed', true],
      ['Sample, wrongly signed', true],
      ['Sample, not signed', true],
    ]);
    expect(results[3]?.verification).toMatchObject({ result: 'invalid', code: 'wrongSignature' });
    expect(results[4]?.verification).toMatchObject({ result: 'missing' });
    expect((await test.call('captures.list', { dataSourceId: source.id })).captures).toEqual([]);
  });

  it('keeps no secret of a played handshake', async () => {
    const source = await newSource('asana');
    const { results } = await probe(source);
    expect(results.every(({ passed }) => passed)).toBe(true);
    const { verification } = await test.call('connections.verification', { id: source.connectionId });
    expect(verification.secrets).toEqual([]);
  });

  it('tells that a handshake needs the secret', async () => {
    const source = await newSource('zoom');
    const { results } = await probe(source);
    expect(results.find(({ name }) => name.startsWith('Challenge'))).toMatchObject({
      passed: false,
      got: '503',
    });
  });

  it('cannot be imitated from outside: a made-up mark is an ordinary header', async () => {
    const source = await newSource();
    expect((await post(source.url, '{"id":1}', [['x-hookbench-probe', 'guess']])).status).toBe(200);
    expect((await newest(source)).outcome).toBe('accepted');
  });
});

describe('a test call', () => {
  it('is signed where a secret is set', async () => {
    const source = await newSource('github');
    await test.call('connections.setSecret', { id: source.connectionId, secret: 'typed into Secret' });
    expect(await test.call('dataSources.sendTest', { id: source.id })).toMatchObject({ status: 200 });
    expect((await newest(source)).verification?.result).toBe('valid');
  });

  it('says so where only the application can sign', async () => {
    const source = await newSource('discord');
    await test.call('connections.setSecret', { id: source.connectionId, secret: 'ab'.repeat(32) });
    const answer = await test.call('dataSources.sendTest', { id: source.id });
    expect(answer).toMatchObject({ status: 401 });
    expect(answer.note).toContain('unsigned');
  });
});
