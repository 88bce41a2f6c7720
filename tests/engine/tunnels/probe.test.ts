import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../../main/engine/tunnels/probe.ts';
import { startReceiver, watchTunnel } from './receiver-double.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function startHttp(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

const noSignal = new AbortController().signal;

describe('the answer that only we can give', () => {
  it('comes back through the public side, with the round trip', async () => {
    const probe = createProbe();
    const url = await startHttp((incoming, answer) => answer.end(probe.answer(incoming.url ?? '')));
    const result = await probe.check(url, noSignal);
    expect(result).toEqual({ ok: true, roundTripMs: expect.any(Number), reach: 'computer' });
  });

  it('also under a name of this computer that the resolver may not know', async () => {
    const probe = createProbe();
    const url = await startHttp((incoming, answer) => answer.end(probe.answer(incoming.url ?? '')));
    const named = url.replace('127.0.0.1', 'anything.tunnel.localhost');
    expect(await probe.check(named, noSignal)).toMatchObject({ ok: true });
  });

  it('is given only to paths that were asked just now, and not again afterwards', async () => {
    let now = 0;
    const probe = createProbe({ now: () => now });
    const path = probe.path();
    expect(path).toMatch(/^\/probe\/[0-9a-f]{32}$/);
    expect(probe.answer(path)).toMatch(/^[0-9a-f]{64}$/);
    expect(probe.answer(`${path}0`)).toBeUndefined();
    expect(createProbe().answer(path)).toBeUndefined();
    now = 60_001;
    expect(probe.answer(path)).toBeUndefined();

    let asked = '';
    const url = await startHttp((incoming, answer) => {
      asked = incoming.url ?? '';
      answer.end(probe.answer(asked));
    });
    expect(await probe.check(url, noSignal)).toMatchObject({ ok: true });
    expect(probe.answer(asked)).toBeUndefined();
  });

  it('is never given to a path of somebody else', () => {
    const probe = createProbe();
    probe.path();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\/probe\/[0-9a-f]{32}$/)), (path) => {
        expect(probe.answer(path)).toBeUndefined();
      }),
    );
  });
});

describe('what is not our answer', () => {
  it.each<[string, RequestListener, RegExp]>([
    ['an echo of the path', (incoming, answer) => answer.end(incoming.url), /Something else answers/],
    ['another Hookbench', (_, answer) => answer.end('0'.repeat(64)), /Something else answers/],
    [
      'an interstitial page',
      (_, answer) => answer.setHeader('content-type', 'text/html').end('<p>Click to continue'),
      /web page of its own \(200\)/,
    ],
    [
      'a page without a type',
      (_, answer) => answer.end('<!DOCTYPE html><title>Parked'),
      /web page of its own/,
    ],
    ['an endless body', (_, answer) => answer.end(Buffer.alloc(5_000_000, 'a')), /Something else answers/],
    [
      'a redirect',
      (_, answer) => answer.writeHead(302, { location: 'https://login.test/x' }).end(),
      /redirects to login\.test/,
    ],
    ['a sign-in', (_, answer) => answer.writeHead(401).end(), /asks for a sign-in \(401\)/],
    ['a wrong host', (_, answer) => answer.writeHead(421).end(), /wrong host name/],
    ['an unknown address', (_, answer) => answer.writeHead(404).end('404'), /does not lead here/],
    [
      'a receiver that was called by another name',
      (_, answer) => answer.writeHead(404).end('{"error":{"code":"unknownUrl","message":"No webhook"}}'),
      /proxy changes the Host header/,
    ],
    ['too many calls', (_, answer) => answer.writeHead(429).end(), /too many/],
    [
      'a gateway fault',
      (_, answer) => answer.writeHead(502).end('<html>Bad gateway'),
      /cannot pass calls on .*\(502\)/,
    ],
    ['no answer', () => undefined, /gave no answer within 2 s/],
    ['a broken connection', (incoming) => incoming.socket.destroy(), /broke off the connection/],
  ])('%s', async (_name, listener, reason) => {
    const url = await startHttp(listener);
    const result = await createProbe({ timeLimitMs: 2_000 }).check(url, noSignal);
    expect(result).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('a name that nobody has, and a check that was stopped', async () => {
    const probe = createProbe();
    expect(await probe.check('https://nobody.invalid', noSignal)).toMatchObject({ ok: false });
    expect(await probe.check('https://nobody.invalid', AbortSignal.abort())).toEqual({
      ok: false,
      reason: 'The check was stopped.',
    });
  });
});

describe('a fixed public URL', () => {
  it('is up when it leads here, degraded and down when it does not, and up again by itself', async () => {
    const receiver = await startReceiver();
    let page = false;
    const proxy = await startHttp((incoming, answer) => {
      if (page) return answer.setHeader('content-type', 'text/html').end('<html>Maintenance');
      answer.end(receiver.answerProbe((incoming.url ?? '').replace('/hooks', '')));
    });
    const { tunnel, until } = watchTunnel(receiver, { provider: 'fixed', fixedUrl: `${proxy}/hooks/` });
    expect(await tunnel.start()).toMatchObject({
      provider: 'fixed',
      status: 'up',
      publicUrl: `${proxy}/hooks`,
    });
    page = true;
    expect((await until((state) => state.status === 'degraded')).reason).toMatch(/web page/);
    await until((state) => state.status === 'down');
    expect(tunnel.publicUrl()).toBeUndefined();
    expect(tunnel.hosts()).toEqual([new URL(proxy).host]);
    page = false;
    await until((state) => state.status === 'up');
    await tunnel.stop();
    expect(tunnel.hosts()).toEqual([]);
    await receiver.close();
  });
});
