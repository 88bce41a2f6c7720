// What the receiver answers to calls that it refuses, case by case.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exchange, statuses } from '../../harness/raw-http.ts';
import { json, newest, prepareReceiver, send, source, test } from './receiver-stage.ts';

prepareReceiver();

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
