// What the receiver answers, case by case, over real sockets into a real store.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, statuses } from '../../harness/raw-http.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };

beforeAll(async () => {
  test = await startTestEngine();
  source = await test.createSource();
});
afterAll(() => test.stop());

interface Answer {
  status: number;
  body: { ok?: boolean; id?: string; items?: number; error?: { code: string; message: string; at?: object } };
  headers: Headers;
}

async function send(
  body: string | Uint8Array | undefined,
  headers: Record<string, string> = {},
  method = 'POST',
  url = source.url,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: body as string }),
  });
  const text = await response.text();
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

const json = { 'content-type': 'application/json' };
const captureOf = async (answer: Answer) =>
  (await test.call('captures.get', { id: answer.body.id ?? '' })).capture;
const newest = async () => {
  const { captures } = await test.call('captures.list', { dataSourceId: source.id, limit: 1 });
  return (await test.call('captures.get', { id: captures[0]?.id ?? '' })).capture;
};

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

describe('calls that are refused', () => {
  it.each<[string, string | Uint8Array, Record<string, string>, number, object]>([
    ['broken JSON', '{\n  "a": 1,\n  "b": }', json, 400, { line: 3, column: 8 }],
    ['broken XML', '<a>\n<b></a>', { 'content-type': 'application/xml' }, 400, { line: 2 }],
    [
      'broken UTF-8',
      Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]),
      json,
      400,
      { offset: 6 },
    ],
    ['broken gzip', Buffer.from('not gzip'), { ...json, 'content-encoding': 'gzip' }, 400, {}],
    ['a JSON scalar', '42', json, 422, {}],
    ['an array with something else than objects', '[{"a":1},2]', json, 422, { index: 1 }],
    ['JSON that is too deep', `${'[{"a":'.repeat(300)}1${'}]'.repeat(300)}`, json, 422, {}],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', { 'content-type': 'application/xml' }, 422, {}],
    ['an unknown encoding', '{"a":1}', { ...json, 'content-encoding': 'snappy' }, 415, {}],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      { 'content-type': 'image/png' },
      415,
      {},
    ],
  ])('%s', async (_what, body, headers, status, at) => {
    const answer = await send(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.error?.message).toMatch(/\w+ .*\w/);
    expect(answer.body.error?.at ?? {}).toMatchObject(at);
    const capture = await newest();
    expect(capture).toMatchObject({ outcome: 'rejected', status, rejection: answer.body.error });
    const stored = await test.call('captures.body', { id: capture.id });
    expect(Buffer.from(stored.base64, 'base64').equals(Buffer.from(body as string))).toBe(true);
  });

  it('a body whose announced size is over the limit: 413 at once, headers only', async () => {
    const port = Number(new URL(source.url).port);
    const path = new URL(source.url).pathname;
    const raw = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 26214401\r\n\r\n{"a"`;
    const answer = await exchange(port, raw);
    expect(statuses(answer)).toEqual([413]);
    expect(answer).toMatch(/Connection: close/i);
    expect(await newest()).toMatchObject({
      outcome: 'rejected',
      status: 413,
      rejection: { code: 'tooLarge' },
    });
  });

  it('a body that grows over the limit without saying so: 413', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    const body = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 26; part += 1) controller.enqueue(chunk);
        controller.close();
      },
    });
    const response = await fetch(source.url, {
      method: 'POST',
      headers: json,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  it('a small body that unpacks to more than the limit: 413', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '));
    expect((await send(bomb, { ...json, 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it('an unknown URL: 404, the same for all, nothing stored', async () => {
    const before = await newest();
    const base = new URL(source.url).origin;
    const bodies = new Set<string>();
    for (const path of [
      '/',
      '/in/',
      '/in/unknown',
      '/favicon.ico',
      '/api/status.get',
      '/in/__proto__',
      '/%',
    ]) {
      const response = await fetch(base + path, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
      bodies.add(await response.text());
    }
    expect(bodies.size).toBe(1);
    expect((await newest()).id).toBe(before.id);
  });

  it.each(['DELETE', 'PUT', 'PATCH', 'PROPFIND'])('%s on a live URL: 405 with Allow', async (method) => {
    const answer = await send(undefined, {}, method);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('POST');
  });

  it.each(['LOCALHOST:1', 'localhost.', 'localhost.:80', '127.0.0.1:', '[::1]', '[::1]:4870'])(
    'a loopback Host is known however it is written: %s',
    async (host) => {
      const { port, pathname } = new URL(source.url);
      const raw = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{"a":1}`;
      expect(statuses(await exchange(Number(port), raw))).toEqual([200]);
    },
  );

  it('a whole address as the target, as through a proxy: its host counts, not the Host header', async () => {
    const { port, pathname } = new URL(source.url);
    const post = (target: string, host: string) =>
      exchange(
        Number(port),
        `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{"a":1}`,
      );
    expect(statuses(await post(`http://127.0.0.1:${port}${pathname}?x=1`, 'localhost'))).toEqual([200]);
    expect(await newest()).toMatchObject({ path: pathname, query: 'x=1' });
    expect(statuses(await post(`HTTP://LocalHost${pathname}`, 'proxy.example'))).toEqual([200]);
    expect(statuses(await post(`http://evil.example${pathname}`, 'localhost'))).toEqual([404]);
    expect(statuses(await post(`http://localhost@evil.example${pathname}`, 'localhost'))).toEqual([404]);
    expect(statuses(await post('http://localhost', 'localhost'))).toEqual([404]);
    expect(statuses(await post(`ftp://localhost${pathname}`, 'localhost'))).toEqual([404]);
  });

  it('a foreign Host: 404', async () => {
    const port = Number(new URL(source.url).port);
    const path = new URL(source.url).pathname;
    const raw = `POST ${path} HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    expect(statuses(await exchange(port, raw))).toEqual([404]);
  });
});

describe('hostile requests', () => {
  const head = 'Host: localhost\r\nConnection: close\r\n';
  it.each<[string, string, number[]]>([
    ['a target of two slashes', `POST // HTTP/1.1\r\n${head}\r\n`, [404]],
    ['a target of *', `OPTIONS * HTTP/1.1\r\n${head}\r\n`, [404]],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', [404]],
    ['two Hosts', `GET / HTTP/1.1\r\nHost: localhost\r\n${head}\r\n`, [404]],
    [
      'both lengths',
      `POST / HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      [400],
    ],
    [
      'a strange transfer encoding',
      `POST / HTTP/1.1\r\n${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      [404],
    ],
    ['a broken chunk', `POST / HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nXYZ\r\n`, [404]],
    ['no HTTP at all', 'hello there\r\n\r\n', [400]],
    ['CONNECT', `CONNECT example.com:443 HTTP/1.1\r\n${head}\r\n`, [405]],
    ['__proto__ as a header', `GET / HTTP/1.1\r\n${head}__proto__: x\r\nconstructor: y\r\n\r\n`, [404]],
    [
      'headers without end',
      `GET / HTTP/1.1\r\n${head}${'X-Big: '.concat('a'.repeat(40_000))}\r\n\r\n`,
      [431],
    ],
  ])('%s is answered and crashes nothing', async (_what, raw, wanted) => {
    const port = Number(new URL(source.url).port);
    const got = statuses(await exchange(port, raw));
    expect(got.slice(0, 1)).toEqual(wanted);
    expect((await send('{"still":"alive"}', json)).status).toBe(200);
  });

  it('a transfer coding that we do not read is named, on a live URL too', async () => {
    const { port, pathname } = new URL(source.url);
    const raw = `POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`;
    const answer = await exchange(Number(port), raw);
    expect(statuses(answer)).toEqual([415]);
    expect(answer).toContain('unknownTransferCoding');
    expect(await newest()).toMatchObject({
      outcome: 'rejected',
      rejection: { code: 'unknownTransferCoding' },
    });
  });

  it('pipelined requests are judged one by one', async () => {
    const { port, pathname } = new URL(source.url);
    const one = `POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n{"a":1}`;
    const bad = `POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{]`;
    const last = `POST /in/none HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    expect(statuses(await exchange(Number(port), one, bad, last))).toEqual([200, 400, 404]);
  });

  it('a fault later on the connection does not overtake the answers before it', async () => {
    const { port, pathname } = new URL(source.url);
    const good = `POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n{"a":1}`;
    const head = `POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(statuses(await exchange(Number(port), `${good}garbage\r\n\r\n`))).toEqual([200, 400]);
    expect(statuses(await exchange(Number(port), `${good}${good}${head}XYZ\r\n`))).toEqual([200, 200, 400]);
  });

  it('a sender that leaves before its answer: the call that was stored is told and indexed', async () => {
    const { id, url } = await test.createSource();
    await test.call('mapping.save', { dataSourceId: id, mapping: { id: 'id', title: 'id' } });
    const { port, pathname } = new URL(url);
    const body = JSON.stringify({ id: 'left', filler: 'a'.repeat(3_000_000) });
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.end(body, () => socket.destroy());
    await expect
      .poll(async () => (await test.call('dataSources.get', { id })).dataSource.counts, { timeout: 10_000 })
      .toMatchObject({ captures: 1, waiting: 0, items: 1 });
  });

  it('a body in a million chunks of one byte costs little more than its bytes', async () => {
    const { port, pathname } = new URL(source.url);
    const socket = connect(Number(port), '127.0.0.1');
    const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    const before = process.memoryUsage().rss;
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (const text of ['{"a":"', 'x'.repeat(1_000_000), '"}']) {
      for (let from = 0; from < text.length; from += 10_000) {
        const part = text.slice(from, from + 10_000).replace(/./g, '1\r\n$&\r\n');
        if (!socket.write(part)) await new Promise((resolve) => socket.once('drain', resolve));
      }
    }
    const held = process.memoryUsage().rss - before;
    socket.write('0\r\n\r\n');
    expect(statuses(await answered)).toEqual([200]);
    socket.destroy();
    expect(held).toBeLessThan(200 * 1024 * 1024);
  });

  it('a sender that breaks off leaves nothing behind', async () => {
    const before = await newest();
    const { port, pathname } = new URL(source.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"a"`,
          () => {
            socket.destroy();
            resolve();
          },
        );
      });
    });
    expect((await send('{"after":1}', json)).status).toBe(200);
    const { captures } = await test.call('captures.list', { dataSourceId: source.id, limit: 2 });
    expect(captures[1]?.id).toBe(before.id);
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
