// Verification in the running receiver: what is taken, what is refused, what the user gets to know, and what the sender does not.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());

const secret = 'correct horse battery';
const json = { 'content-type': 'application/json' };
const hmac = {
  kind: 'hmac',
  header: 'X-Signature',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
} as const;

function signatureOf(body: string | Uint8Array, key = secret, encoding: 'hex' | 'base64' = 'hex') {
  return `sha256=${createHmac('sha256', key).update(body).digest(encoding)}`;
}

interface Source {
  id: string;
  url: string;
  connectionId: string;
}

async function newSource(applicationId?: string): Promise<Source> {
  const { id, url } = await test.createSource(applicationId);
  const { dataSource } = await test.call('dataSources.get', { id });
  return { id, url, connectionId: dataSource.connections[0]?.id ?? '' };
}

/** A custom source whose calls are signed with HMAC. */
async function signedSource(key = secret): Promise<Source> {
  const source = await newSource();
  await test.call('connections.setVerification', { id: source.connectionId, scheme: hmac });
  await test.call('connections.setSecret', { id: source.connectionId, secret: key });
  return source;
}

async function post(url: string, body: string | Uint8Array, headers: [string, string][] = []) {
  const response = await fetch(url, {
    method: 'POST',
    headers: [['content-type', 'application/json'], ...headers],
    body: body as string,
  });
  return { status: response.status, text: await response.text() };
}

const signed = (body: string | Uint8Array, key = secret): [string, string][] => [
  ['x-signature', signatureOf(body, key)],
];

async function newest(source: Source) {
  const { captures } = await test.call('captures.list', { dataSourceId: source.id, limit: 1 });
  const [capture] = captures;
  if (!capture) throw new Error('No call was stored.');
  return capture;
}

describe('a custom source with an HMAC', () => {
  it('takes everything as "not checked" while no secret is set', async () => {
    const source = await newSource();
    expect((await post(source.url, '{"id":1}')).status).toBe(200);
    expect((await newest(source)).verification).toMatchObject({ result: 'notChecked', code: 'noScheme' });
    await test.call('connections.setVerification', { id: source.connectionId, scheme: hmac });
    expect((await post(source.url, '{"id":2}')).status).toBe(200);
    expect((await newest(source)).verification).toMatchObject({ result: 'notChecked', code: 'noSecret' });
  });

  it('takes what is rightly signed and stores the verdict', async () => {
    const source = await signedSource();
    expect((await post(source.url, '{"id":1}', signed('{"id":1}'))).status).toBe(200);
    const capture = await newest(source);
    expect(capture).toMatchObject({ outcome: 'accepted', verification: { result: 'valid' } });
    const { capture: whole } = await test.call('captures.get', { id: capture.id });
    expect(whole.verification).toEqual(capture.verification);
  });

  it('refuses a changed byte, no signature and another secret with the very same answer', async () => {
    const source = await signedSource();
    const answers = [
      await post(source.url, '{"id":2}', signed('{"id":1}')),
      await post(source.url, '{"id":1}'),
      await post(source.url, '{"id":1}', signed('{"id":1}', 'another')),
      await post(source.url, 'not JSON at all', signed('{"id":1}')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).not.toMatch(/signature|secret|header/i);
    const { captures } = await test.call('captures.list', { dataSourceId: source.id });
    expect(captures.map(({ outcome }) => outcome)).toEqual(Array(4).fill('rejected'));
    expect(captures.map(({ verification }) => verification?.code)).toEqual([
      'wrongSignature',
      'wrongSignature',
      'missingSignature',
      'wrongSignature',
    ]);
    expect(captures[2]?.rejection?.message).toContain('X-Signature');
  });

  it('judges the raw bytes: nothing of a refused body is parsed', async () => {
    const source = await signedSource();
    const doctype = '<!DOCTYPE a><a/>';
    expect((await post(source.url, doctype)).status).toBe(401);
    expect((await post(source.url, doctype, signed(doctype))).status).toBe(400);
  });

  it('tells the user which other secret was used, and that a program rewrote the body', async () => {
    const other = await signedSource('the secret of another source');
    await test.call('dataSources.rename', { id: other.id, name: 'The other shop' });
    const source = await signedSource();
    await post(source.url, '{"id":1}', signed('{"id":1}', 'the secret of another source'));
    expect((await newest(source)).verification?.nearMiss).toMatchObject({ kind: 'otherSecret' });
    expect((await newest(source)).verification?.nearMiss?.text).toContain('The other shop');
    await post(source.url, '{ "id" : 1 }', signed('{"id":1}'));
    expect((await newest(source)).verification?.nearMiss?.kind).toBe('reserializedBody');
    await post(source.url, '{"id":1}', [['x-signature', signatureOf('{"id":1}', secret, 'base64')]]);
    expect((await newest(source)).verification?.nearMiss?.kind).toBe('otherEncoding');
  });

  it('takes two live secrets during a rotation, and one after the older is removed', async () => {
    const source = await signedSource('old secret');
    const { verification } = await test.call('connections.setSecret', {
      id: source.connectionId,
      secret: 'new secret',
      add: true,
    });
    expect(verification.secrets).toHaveLength(2);
    for (const key of ['old secret', 'new secret']) {
      expect((await post(source.url, '{"id":1}', signed('{"id":1}', key))).status).toBe(200);
    }
    const older = verification.secrets[1]?.id ?? '';
    await test.call('connections.removeSecret', { id: source.connectionId, secretId: older });
    expect((await post(source.url, '{"id":1}', signed('{"id":1}', 'old secret'))).status).toBe(401);
    expect((await post(source.url, '{"id":1}', signed('{"id":1}', 'new secret'))).status).toBe(200);
    const third = await test.call('connections.setSecret', {
      id: source.connectionId,
      secret: 'third',
      add: true,
    });
    const fourth = await test.call('connections.setSecret', {
      id: source.connectionId,
      secret: 'fourth',
      add: true,
    });
    expect(third.verification.secrets).toHaveLength(2);
    expect(fourth.verification.secrets).toHaveLength(2);
    expect((await post(source.url, '{"id":1}', signed('{"id":1}', 'new secret'))).status).toBe(401);
    await test.call('connections.setSecret', { id: source.connectionId, secret: 'only' });
    expect((await post(source.url, '{"id":1}', signed('{"id":1}', 'fourth'))).status).toBe(401);
    expect((await post(source.url, '{"id":1}', signed('{"id":1}', 'only'))).status).toBe(200);
  });

  it('counts the first of two signature headers only', async () => {
    const source = await signedSource();
    const right = signed('{"id":1}');
    const wrong: [string, string][] = [['X-SIGNATURE', 'sha256=00']];
    // fetch would join them into one value; the raw bytes keep two.
    const { exchange, statuses } = await import('../../harness/raw-http.ts');
    const { port, pathname } = new URL(source.url);
    const raw = (pairs: [string, string][]) =>
      exchange(
        Number(port),
        `POST ${pathname} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 8\r\nConnection: close\r\n${pairs.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n{"id":1}`,
      );
    expect(statuses(await raw([...right, ...wrong]))).toEqual([200]);
    expect(statuses(await raw([...wrong, ...right]))).toEqual([401]);
    expect(statuses(await raw([['X-Signature', `${right[0]?.[1]}, sha256=00`]]))).toEqual([401]);
  });

  it('checks a body of 10 MB, and refuses it when one byte differs', async () => {
    const source = await signedSource();
    const body = Buffer.from(JSON.stringify({ id: 1, text: 'x'.repeat(10 * 1024 * 1024) }));
    const headers = signed(body);
    expect((await post(source.url, body, headers)).status).toBe(200);
    body[body.length - 4] = 'y'.charCodeAt(0);
    expect((await post(source.url, body, headers)).status).toBe(401);
    expect((await newest(source)).verification?.code).toBe('wrongSignature');
  });

  it('answers a check of the URL without a signature', async () => {
    const source = await signedSource();
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect((await fetch(source.url, { method })).status).toBe(200);
    expect((await newest(source)).outcome).toBe('handshake');
  });
});

describe('other chosen schemes', () => {
  const choose = async (scheme: Parameters<typeof chosen>[1], key: string) => {
    const source = await newSource();
    await chosen(source, scheme);
    await test.call('connections.setSecret', { id: source.connectionId, secret: key });
    return source;
  };
  const chosen = (
    source: Source,
    scheme:
      | { kind: 'standardWebhooks' }
      | { kind: 'basic' }
      | { kind: 'token'; header: string; prefix?: string },
  ) => test.call('connections.setVerification', { id: source.connectionId, scheme });

  it('Basic, with colons in the password and the scheme in small letters', async () => {
    const source = await choose({ kind: 'basic' }, 'shop:pass:with:colons');
    const credentials = (text: string) => Buffer.from(text).toString('base64');
    const send = (value: string) => post(source.url, '{"id":1}', [['authorization', value]]);
    expect((await send(`Basic ${credentials('shop:pass:with:colons')}`)).status).toBe(200);
    expect((await send(`basic ${credentials('shop:pass:with:colons')}`)).status).toBe(200);
    for (const wrong of ['shop:pass', 'shop:pass:with:colons:', ':pass:with:colons', 'shop']) {
      expect((await send(`Basic ${credentials(wrong)}`)).status).toBe(401);
    }
    expect((await send('Basic !!!')).status).toBe(401);
    expect((await send(`Bearer ${credentials('shop:pass:with:colons')}`)).status).toBe(401);
  });

  it('a token in a header, which is concealed where the call is shown', async () => {
    const source = await choose({ kind: 'token', header: 'X-Token', prefix: 'Bearer ' }, 'a-plain-token');
    expect((await post(source.url, '{"id":1}', [['x-token', 'Bearer a-plain-token']])).status).toBe(200);
    const { capture } = await test.call('captures.get', { id: (await newest(source)).id });
    const shown = capture.headers.find(([name]) => name.toLowerCase() === 'x-token');
    expect(shown?.[1]).toBe('Bearer ••••••••');
    expect((await post(source.url, '{"id":1}', [['x-token', 'a-plain-token']])).status).toBe(401);
    expect((await post(source.url, '{"id":1}', [['x-token', 'Bearer a-plain-tokens']])).status).toBe(401);
  });

  it('Standard Webhooks refuses a replay after five minutes, and one from the future', async () => {
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    const source = await choose({ kind: 'standardWebhooks' }, `whsec_${key.toString('base64')}`);
    const send = (secondsAgo: number, prefix = 'webhook') => {
      const at = Math.floor(Date.now() / 1000) - secondsAgo;
      const signature = createHmac('sha256', key).update(`msg_1.${at}.{"id":1}`).digest('base64');
      return post(source.url, '{"id":1}', [
        [`${prefix}-id`, 'msg_1'],
        [`${prefix}-timestamp`, String(at)],
        [`${prefix}-signature`, `v1,AAAA v1,${signature}`],
      ]);
    };
    expect((await send(0)).status).toBe(200);
    expect((await send(0, 'svix')).status).toBe(200);
    expect((await send(290)).status).toBe(200);
    expect((await send(320)).status).toBe(401);
    expect((await newest(source)).verification).toMatchObject({
      code: 'tooOld',
      nearMiss: { kind: 'tooOld' },
    });
    expect((await send(-320)).status).toBe(401);
    expect((await newest(source)).verification?.code).toBe('tooNew');
  });
});

describe('setting secrets', () => {
  it('refuses what could protect nothing, and says what is wrong with it', async () => {
    const source = await newSource();
    const set = (key: string) => test.call('connections.setSecret', { id: source.connectionId, secret: key });
    await expect(set('anything')).rejects.toThrow(/secret\.invalid: Nothing here could use a secret/);
    await test.call('connections.setVerification', { id: source.connectionId, scheme: hmac });
    for (const empty of ['', '   ', '\n\t']) await expect(set(empty)).rejects.toThrow('secret.invalid');
    await test.call('connections.setVerification', {
      id: source.connectionId,
      scheme: { kind: 'standardWebhooks' },
    });
    await expect(set('whsec_')).rejects.toThrow('secret.invalid');
    await expect(set('whsec_not base64!')).rejects.toThrow(/base64/);
    await test.call('connections.setVerification', { id: source.connectionId, scheme: { kind: 'basic' } });
    await expect(set('no colon')).rejects.toThrow(/colon/);
    await expect(
      test.call('connections.setVerification', {
        id: source.connectionId,
        scheme: { ...hmac, header: 'X Y\r\nZ' },
      }),
    ).rejects.toThrow('input.invalid');
  });

  it('never gives a secret back: not in answers, events, the log or the store', async () => {
    const key = 'SECRET-THAT-MUST-NOT-LEAK-1f9a';
    const seen: unknown[] = [];
    const end = test.engine.subscribe((event, data) => seen.push(event, data));
    const source = await signedSource(key);
    const answers = [
      await test.call('connections.verification', { id: source.connectionId }),
      await test.call('connections.probe', { id: source.connectionId }),
      await test.call('dataSources.get', { id: source.id }),
      await post(source.url, '{"id":1}', signed('{"id":1}', 'wrong')),
      await newest(source),
    ];
    end();
    expect(JSON.stringify([answers, seen, test.logLines])).not.toContain(key);
    const { readFileSync } = await import('node:fs');
    for (const file of ['hookbench.db', 'hookbench.db-wal'])
      expect(readFileSync(`${test.dataDir}/${file}`).includes(key)).toBe(false);
  });

  it('writes into the audit log that it was set and removed, not what it is', async () => {
    const source = await signedSource('a secret for the audit log');
    const { verification } = await test.call('connections.verification', { id: source.connectionId });
    await test.call('connections.removeSecret', {
      id: source.connectionId,
      secretId: verification.secrets[0]?.id ?? '',
    });
    const { entries } = await test.call('audit.list', { dataSourceId: source.id });
    const changes = entries
      .filter(({ action }) => action === 'verificationChanged')
      .map((entry) => entry.changes[0]);
    expect(changes).toMatchObject([
      { what: 'secret', from: 'set' },
      { what: 'secret', to: 'set' },
      { what: 'scheme', to: expect.stringContaining('X-Signature') },
    ]);
    expect(JSON.stringify(entries)).not.toContain('a secret for the audit log');
  });

  it('names a connection that does not exist, and a secret that is gone', async () => {
    await expect(test.call('connections.verification', { id: 'con_none' })).rejects.toThrow(
      'connection.missing',
    );
    const source = await signedSource();
    await expect(
      test.call('connections.removeSecret', { id: source.connectionId, secretId: 'sec_none' }),
    ).rejects.toThrow('secret.missing');
  });

  it('takes a chosen scheme back with its secrets, and refuses a choice beside the application’s own', async () => {
    const source = await signedSource();
    const { verification } = await test.call('connections.setVerification', { id: source.connectionId });
    expect(verification).toMatchObject({ state: 'notCheckable', secrets: [] });
    expect((await post(source.url, '{"id":1}')).status).toBe(200);
    const github = await newSource('github');
    await expect(
      test.call('connections.setVerification', { id: github.connectionId, scheme: hmac }),
    ).rejects.toThrow('secret.invalid');
  });
});

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

describe('another key', () => {
  it('makes a set secret unreadable: 503, told to the user, and mended by setting it again', async () => {
    const first = await startTestEngine();
    const { id } = await first.createSource('github');
    const { dataSource } = await first.call('dataSources.get', { id });
    const connectionId = dataSource.connections[0]?.id ?? '';
    await first.call('connections.setSecret', { id: connectionId, secret: 'of the first key' });
    await first.stop();

    const second = await startTestEngine(first.dataDir, { vaultKey: new Uint8Array(32).fill(9) });
    const { dataSource: again } = await second.call('dataSources.get', { id });
    const url = again.connections[0]?.inboundUrl ?? '';
    expect((await second.call('connections.verification', { id: connectionId })).verification).toMatchObject({
      state: 'unreadable',
      secrets: [{ readable: false }],
    });
    const refused = await fetch(url, { method: 'POST', headers: json, body: '{"id":1}' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBeTruthy();
    const { captures } = await second.call('captures.list', { dataSourceId: id });
    expect(captures[0]?.verification?.code).toBe('secretUnreadable');
    const { verification } = await second.call('connections.setSecret', { id: connectionId, secret: 'new' });
    expect(verification).toMatchObject({ state: 'checked', secrets: [{ readable: true }] });
    await second.stop();
  });

  it('without any key nothing is kept, and everything else works', async () => {
    const engine = await startTestEngine(undefined, { vaultKey: new Uint8Array(0) });
    const { id, url } = await engine.createSource('github');
    const { dataSource } = await engine.call('dataSources.get', { id });
    const connectionId = dataSource.connections[0]?.id ?? '';
    await expect(engine.call('connections.setSecret', { id: connectionId, secret: 'x' })).rejects.toThrow(
      'vault.unavailable',
    );
    expect((await fetch(url, { method: 'POST', headers: json, body: '{"id":1}' })).status).toBe(200);
    await engine.stop();
  });
});
