// Requests that mean harm, byte by byte over real sockets.
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { exchange, statuses } from '../../harness/raw-http.ts';
import { json, newest, prepareReceiver, send, source, test } from './receiver-stage.ts';

prepareReceiver();

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
