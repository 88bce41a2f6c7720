// Verification in the running receiver: what is taken, what is refused, what the user gets to know, and what the sender does not.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  hmac,
  newest,
  newSource,
  post,
  prepareVerification,
  type Source,
  secret,
  signatureOf,
  signed,
  signedSource,
  test,
} from './verification-stage.ts';

prepareVerification();

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
