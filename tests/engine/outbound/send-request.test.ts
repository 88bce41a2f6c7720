import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSendRequest, type SendRequest } from '../../../main/engine/outbound/send-request.ts';
import { createAuthority } from '../../harness/certificates.ts';
import { headerOf, startRawServer, startSecondServer } from '../../harness/second-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function second(tls?: { cert: string; key: string }) {
  const server = await startSecondServer(tls);
  stops.push(server.stop);
  return server;
}

async function raw(onRequest: (socket: Socket) => void) {
  const server = await startRawServer((socket) => socket.once('data', () => onRequest(socket)));
  stops.push(server.stop);
  return server;
}

const send = createSendRequest();
const get = (url: string, allowedTargets: string[], timeoutMs = 5_000, by: SendRequest = send) =>
  by({ method: 'GET', url, headers: [] }, { timeoutMs, allowedTargets });

describe('a call that is answered', () => {
  it('arrives with method, path, headers and body as given, and is timed', async () => {
    const server = await second();
    server.answer((_request, response) => {
      response.writeHead(
        201,
        [
          ['X-Twice', 'a'],
          ['X-Twice', 'b'],
        ].flat(),
      );
      response.end('{"id":12345678901234567890}');
    });
    const sent = await send(
      {
        method: 'POST',
        url: `${server.url}/a%2Fb/c?x=1&x=2`,
        headers: [
          ['X-Name', 'Zoë — ok'],
          ['Content-Type', 'application/json'],
          ['Host', 'evil.example'],
          ['Transfer-Encoding', 'chunked'],
        ],
        body: Buffer.from('{"a": 1}'),
      },
      { timeoutMs: 5_000, allowedTargets: [server.target] },
    );
    const [call] = server.calls;
    expect(call).toMatchObject({ method: 'POST', url: '/a%2Fb/c?x=1&x=2', body: '{"a": 1}' });
    expect(headerOf(call, 'host')).toBe(server.target);
    expect(headerOf(call, 'content-length')).toBe('8');
    expect(Buffer.from(headerOf(call, 'x-name') ?? '', 'latin1').toString()).toBe('Zoë — ok');
    expect(headerOf(call, 'transfer-encoding')).toBeUndefined();
    expect(sent.failure).toBeUndefined();
    expect(sent.answer?.status).toBe(201);
    expect(sent.answer?.headers.filter(([name]) => name === 'X-Twice')).toEqual([
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
    ]);
    expect(Buffer.from(sent.answer?.body ?? []).toString()).toBe('{"id":12345678901234567890}');
    expect(sent.address).toBe(server.target);
    expect(sent.timing.connectMs).toBeGreaterThan(0);
    expect(sent.timing.firstByteMs).toBeGreaterThan(0);
    expect(sent.timing.totalMs).toBeGreaterThanOrEqual(sent.timing.firstByteMs ?? 0);
    expect(sent.timing.tlsMs).toBeUndefined();
  });

  it('takes 204, HEAD, and HTTP/1.0 that ends with the connection', async () => {
    const server = await second();
    server.answer((_request, response) => response.writeHead(204).end());
    expect((await get(server.url, [server.target])).answer).toMatchObject({
      status: 204,
      size: 0,
      cut: false,
    });
    const head = await send(
      { method: 'HEAD', url: server.url, headers: [] },
      { timeoutMs: 5_000, allowedTargets: [server.target] },
    );
    expect(head.answer?.status).toBe(204);
    const old = await raw((socket) => socket.end('HTTP/1.0 200 OK\r\nX-Old: yes\r\n\r\nthe body'));
    const sent = await get(`http://${old.target}/`, [old.target]);
    expect(sent.failure).toBeUndefined();
    expect(Buffer.from(sent.answer?.body ?? []).toString()).toBe('the body');
  });

  it('passes over 103 before the answer', async () => {
    const early = await raw((socket) =>
      socket.end(
        'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      ),
    );
    const sent = await get(`http://${early.target}/`, [early.target]);
    expect(sent.answer).toMatchObject({ status: 200, size: 2 });
  });

  it('keeps the first 64 KiB and hangs up on an endless answer', async () => {
    const server = await second();
    server.answer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(60_000, 97)));
        response.once('drain', more);
      };
      more();
    });
    const sent = await get(server.url, [server.target]);
    expect(sent.failure).toBeUndefined();
    expect(sent.answer).toMatchObject({ status: 200, cut: true });
    expect(sent.answer?.body.length).toBe(64 * 1024);
    expect(sent.answer?.size).toBeGreaterThanOrEqual(1024 * 1024);
    expect(sent.answer?.size).toBeLessThan(2 * 1024 * 1024);
  });
});

describe('a call that fails', () => {
  it('says that nothing listens', async () => {
    const server = await startSecondServer();
    await server.stop();
    const sent = await get(server.url, [server.target]);
    expect(sent.failure).toEqual({
      code: 'refused',
      message: `${server.target} refused the connection: nothing listens there.`,
    });
  });

  it('says that a name is not found', async () => {
    const missing = Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    const by = createSendRequest({ resolveName: () => Promise.reject(missing) });
    const sent = await get('http://no-such-name.example/', [], 5_000, by);
    expect(sent.failure?.code).toBe('nameNotFound');
    expect(sent.failure?.message).toContain('no-such-name.example');
    expect(sent.timing.nameMs).toBeGreaterThanOrEqual(0);
  });

  it('gives up when the time is over: never answers, hangs in the middle, never resolves', async () => {
    const silent = await raw(() => undefined);
    const first = await get(`http://${silent.target}/`, [silent.target], 150);
    expect(first).toMatchObject({ failure: { code: 'timeout' } });
    expect(first.answer).toBeUndefined();
    const server = await second();
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('the begin');
    });
    const half = await get(server.url, [server.target], 300);
    expect(half.failure?.code).toBe('timeout');
    expect(half.answer?.status).toBe(200);
    expect(Buffer.from(half.answer?.body ?? []).toString()).toBe('the begin');
    const never = createSendRequest({ resolveName: () => new Promise(() => undefined) });
    expect((await get('http://slow.example/', [], 50, never)).failure?.code).toBe('timeout');
  });

  it('is cancelled by its signal at every stage', async () => {
    const silent = await raw(() => undefined);
    const stop = new AbortController();
    const under = send(
      { method: 'GET', url: `http://${silent.target}/`, headers: [] },
      { timeoutMs: 5_000, allowedTargets: [silent.target], signal: stop.signal },
    );
    setImmediate(() => stop.abort(new Error('enough')));
    expect((await under).failure?.code).toBe('cancelled');
    const before = await send(
      { method: 'GET', url: `http://${silent.target}/`, headers: [] },
      { timeoutMs: 5_000, allowedTargets: [silent.target], signal: stop.signal },
    );
    expect(before.failure?.code).toBe('cancelled');
  });

  it('follows no redirect and says where it leads', async () => {
    const server = await second();
    server.answer((_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/x' }).end(),
    );
    const sent = await get(server.url, [server.target]);
    expect(sent.failure?.code).toBe('redirected');
    expect(sent.failure?.message).toContain('http://169.254.169.254/x');
    expect(server.calls).toHaveLength(1);
  });

  it.each([
    [401, 'authorizationFailed'],
    [403, 'authorizationFailed'],
    [404, 'status'],
    [503, 'status'],
    [304, 'status'],
  ])('takes status %i for %s, with the answer', async (status, code) => {
    const server = await second();
    server.answer((_request, response) => response.writeHead(status).end());
    const sent = await get(server.url, [server.target]);
    expect(sent.failure?.code).toBe(code);
    expect(sent.answer?.status).toBe(status);
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a body shorter than announced', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['nothing at all', ''],
    ['huge headers', `HTTP/1.1 200 OK\r\nX-Huge: ${'a'.repeat(100_000)}\r\n\r\n`],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
  ])('calls %s a broken answer', async (_what, bytes) => {
    const server = await raw((socket) => socket.end(bytes));
    const sent = await get(`http://${server.target}/`, [server.target]);
    expect(sent.failure?.code).toBe('answerBroken');
  });

  it('is not sent again where the connection breaks', async () => {
    let connections = 0;
    const server = await startRawServer((socket) => {
      connections += 1;
      socket.once('data', () => socket.destroy());
    });
    stops.push(server.stop);
    expect((await get(`http://${server.target}/`, [server.target])).failure?.code).toBe('answerBroken');
    expect(connections).toBe(1);
  });

  it.each([
    '',
    'nonsense',
    '/only/path',
    'ftp://example.com/',
    'file:///etc/passwd',
    'http://user:pass@example.com/',
  ])('does not call %j', async (url) => {
    expect((await get(url, [])).failure?.code).toBe('invalidUrl');
  });
});

describe('TLS', () => {
  const authority = createAuthority('Test authority');
  const trusting = createSendRequest({ extraCa: [authority.cert] });

  it('accepts a certificate of a trusted authority and gives its chain', async () => {
    const server = await second(authority.issue(['127.0.0.1']));
    const sent = await get(server.url, [server.target], 5_000, trusting);
    expect(sent.failure).toBeUndefined();
    expect(sent.timing.tlsMs).toBeGreaterThan(0);
    expect(sent.tls?.chain[0]).toMatchObject({ subject: '127.0.0.1', issuer: 'Test authority' });
    expect(Date.parse(sent.tls?.chain[0]?.validTo ?? '')).toBeGreaterThan(Date.now());
  });

  it('checks the name that was asked for, not the address', async () => {
    const server = await second(authority.issue(['api.example.com']));
    const by = createSendRequest({
      extraCa: [authority.cert],
      resolveName: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const right = await get(`https://api.example.com:${server.port}/`, [server.target], 5_000, by);
    expect(right.failure).toBeUndefined();
    const wrong = await get(`https://other.example.com:${server.port}/`, [server.target], 5_000, by);
    expect(wrong.failure?.code).toBe('tlsWrongName');
    expect(wrong.tls?.chain[0]?.names).toContain('api.example.com');
    expect(server.calls).toHaveLength(1);
  });

  it('refuses expired and future certificates, and shows them', async () => {
    const past = new Date(Date.now() - 86_400_000);
    const expired = await second(authority.issue(['127.0.0.1'], { from: new Date(0), to: past }));
    const sent = await get(expired.url, [expired.target], 5_000, trusting);
    expect(sent.failure?.code).toBe('tlsExpired');
    expect(sent.tls?.chain[0]?.validTo.slice(0, 10)).toBe(past.toISOString().slice(0, 10));
    expect(expired.calls).toEqual([]);
    const future = await second(authority.issue(['127.0.0.1'], { from: new Date(Date.now() + 86_400_000) }));
    expect((await get(future.url, [future.target], 5_000, trusting)).failure?.code).toBe('tlsExpired');
  });

  it('refuses an authority that is not trusted, before a byte of the request is sent', async () => {
    const server = await second(authority.issue(['127.0.0.1']));
    const sent = await get(server.url, [server.target]);
    expect(sent.failure?.code).toBe('tlsUntrusted');
    expect(server.calls).toEqual([]);
  });

  it('says that the other side does not speak TLS', async () => {
    const plain = await second();
    const sent = await get(plain.url.replace('http:', 'https:'), [plain.target]);
    expect(sent.failure?.code).toBe('tlsFailed');
    expect(sent.failure?.message).toContain('http://');
    const closing = await startRawServer((socket) => socket.once('data', () => socket.destroy()));
    stops.push(closing.stop);
    expect((await get(`https://${closing.target}/`, [closing.target])).failure?.code).toBe('tlsFailed');
  });
});

describe('the guard', () => {
  it('calls this computer only where host and port are allowed, and says what to allow', async () => {
    const server = await second();
    const refused = await get(server.url, [`127.0.0.1:${server.port + 1}`]);
    expect(refused.failure?.code).toBe('targetForbidden');
    expect(refused.failure?.message).toContain(server.target);
    expect(refused.toAllow).toBe(server.target);
    expect(server.calls).toEqual([]);
    expect((await get(server.url, [server.target])).failure).toBeUndefined();
    expect(
      (await get(`http://localhost:${server.port}/`, [`localhost:${server.port}`])).failure,
    ).toBeUndefined();
    expect((await get(`http://localhost:${server.port}/`, [server.target])).failure).toBeUndefined();
  });

  it('connects to the address that it checked, whatever the name server says next', async () => {
    const server = await second();
    const answers = ['127.0.0.1', '169.254.169.254'];
    let asked = 0;
    const by = createSendRequest({
      resolveName: async () => [{ address: answers[Math.min(asked++, 1)] ?? '', family: 4 }],
    });
    const url = `http://rebinding.example:${server.port}/`;
    const first = await get(url, [server.target], 5_000, by);
    expect(asked).toBe(1);
    expect(first).toMatchObject({ address: server.target, answer: { status: 200 } });
    const later = await get(url, [server.target], 5_000, by);
    expect(later.failure?.code).toBe('targetForbidden');
    expect(server.calls).toHaveLength(1);
  });

  it('passes over the hidden addresses of a name that has public ones too', async () => {
    const server = await second();
    const by = createSendRequest({
      resolveName: async () => [
        { address: '10.255.255.1', family: 4 },
        { address: '169.254.169.254', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    const sent = await get(`http://mixed.example:${server.port}/`, [server.target], 5_000, by);
    expect(sent.failure).toBeUndefined();
    expect(sent.address).toBe(server.target);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://224.0.0.1/',
  ])('never calls %s, allowed or not', async (url) => {
    const { hostname } = new URL(url);
    const sent = await get(url, [`${hostname}:80`]);
    expect(sent.failure?.code).toBe('targetForbidden');
    expect(sent.toAllow).toBeUndefined();
  });
});
