// What the receiver answers to calls that it takes, over real sockets into a real store.
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exchange, statuses } from '../../harness/raw-http.ts';
import { captureOf, json, newest, prepareReceiver, send, source, test } from './receiver-stage.ts';

prepareReceiver();

describe('calls that are accepted', () => {
  it.each<[string, string | Uint8Array, Record<string, string>, number, string]>([
    ['a JSON object', '{"id":1}', json, 1, 'json'],
    ['an array of three objects', '[{"id":1},{"id":2},{"id":3}]', json, 3, 'json'],
    ['an empty array', '[]', json, 0, 'json'],
    [
      'an XML document',
      '<order id="7"><total>9.90</total></order>',
      { 'content-type': 'application/xml' },
      1,
      'xml',
    ],
    ['text/xml', '<a/>', { 'content-type': 'text/xml; charset=utf-8' }, 1, 'xml'],
    ['a vendor JSON type', '{"a":1}', { 'content-type': 'application/vnd.api+json' }, 1, 'json'],
    [
      'a form with nested bracket keys',
      'type=subscribe&data%5Bemail%5D=a%40example.com&data[merges][FNAME]=Ada',
      { 'content-type': 'application/x-www-form-urlencoded' },
      1,
      'form',
    ],
    ['JSON under a wrong content type', '{"a":1}', { 'content-type': 'text/plain' }, 1, 'json'],
    ['gzip', gzipSync('{"a":1}'), { ...json, 'content-encoding': 'gzip' }, 1, 'json'],
    ['deflate', deflateSync('{"a":1}'), { ...json, 'content-encoding': 'deflate' }, 1, 'json'],
    ['br', brotliCompressSync('{"a":1}'), { ...json, 'content-encoding': 'br' }, 1, 'json'],
    ['a byte-order mark', '\ufeff{"a":1}', json, 1, 'json'],
    ['prototype words as keys', '{"__proto__":{"a":1},"constructor":2,"toJSON":3,"then":4}', json, 1, 'json'],
  ])('%s: 200, stored as it came', async (_what, body, headers, items, format) => {
    const answer = await send(body, headers);
    expect(answer).toMatchObject({ status: 200, body: { ok: true, items } });
    const capture = await captureOf(answer);
    expect(capture).toMatchObject({
      outcome: 'accepted',
      status: 200,
      format,
      itemCount: items,
      method: 'POST',
    });
    const stored = await test.call('captures.body', { id: capture.id });
    expect(Buffer.from(stored.base64, 'base64').equals(Buffer.from(body as string))).toBe(true);
  });

  it('keeps headers in order with their case, and the query', async () => {
    const port = Number(new URL(source.url).port);
    const path = new URL(source.url).pathname;
    const raw = `POST ${path}?b=2&a=1 HTTP/1.1\r\nHost: localhost\r\nX-Second: 2\r\nx-first: 1\r\nx-first: one\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{"a":1}`;
    expect(statuses(await exchange(port, raw))).toEqual([200]);
    const capture = await newest();
    expect(capture.query).toBe('b=2&a=1');
    expect(capture.headers.filter(([name]) => /^x-/i.test(name))).toEqual([
      ['X-Second', '2'],
      ['x-first', '1'],
      ['x-first', 'one'],
    ]);
  });

  it('keeps large and binary-looking bodies bit for bit', async () => {
    const body = Buffer.concat([
      Buffer.from('{"blob":"'),
      Buffer.from(randomBytes(2_000_000).toString('base64')),
      Buffer.from('"}'),
    ]);
    const answer = await send(body, json);
    expect(answer.status).toBe(200);
    const stored = await test.call('captures.body', { id: answer.body.id ?? '' });
    expect(Buffer.from(stored.base64, 'base64').equals(body)).toBe(true);
  });

  it('records how long the answer took', async () => {
    const answer = await send('{"id":"timed"}', json);
    await expect.poll(async () => (await captureOf(answer)).answeredInMs ?? 0).toBeGreaterThan(0);
  });

  it('sends neither banner nor CORS headers', async () => {
    const { headers } = await send('{"a":1}', { ...json, origin: 'https://example.com' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect([...headers.keys()].filter((name) => /^(server|x-powered-by|access-control)/.test(name))).toEqual(
      [],
    );
  });
});

describe('checks of the URL', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('%s: 200, logged as handshake, no item', async (method) => {
    expect((await send(undefined, {}, method)).status).toBe(200);
    expect(await newest()).toMatchObject({ outcome: 'handshake', method, itemCount: 0, indexState: 'none' });
  });

  it('an empty POST: 200, logged as handshake', async () => {
    expect((await send('', json)).status).toBe(200);
    expect(await newest()).toMatchObject({ outcome: 'handshake', size: 0 });
  });

  it('answers the challenge of the application', async () => {
    const slack = await test.createSource('slack');
    const body = JSON.stringify({ type: 'url_verification', token: 't', challenge: 'abc123' });
    const response = await fetch(slack.url, { method: 'POST', headers: json, body });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ challenge: 'abc123' });
  });
});

describe('repeated deliveries', () => {
  it('are stored as duplicates and have one effect', async () => {
    const github = await test.createSource('github');
    const headers = { ...json, 'x-github-event': 'issues', 'x-github-delivery': 'd-1' };
    const first = await send('{"action":"opened"}', headers, 'POST', github.url);
    const again = await send('{"action":"opened"}', headers, 'POST', github.url);
    const other = await send(
      '{"action":"opened"}',
      { ...headers, 'x-github-delivery': 'd-2' },
      'POST',
      github.url,
    );
    expect([first.status, again.status, other.status]).toEqual([200, 200, 200]);
    expect(again.body).toMatchObject({ duplicate: true });
    const { captures } = await test.call('captures.list', { dataSourceId: github.id });
    expect(captures.map((capture) => capture.outcome)).toEqual(['accepted', 'duplicate', 'accepted']);
  });
});
