// The tunnel against the real localtunnel server, with real calls through it.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../../main/engine/tunnels/probe.ts';
import {
  callPublic,
  findFreePort,
  type LocaltunnelServer,
  startLocaltunnelServer,
} from '../../fakes/localtunnel-server.ts';
import { type ReceiverDouble, startReceiver, type Watched, watchTunnel } from './receiver-double.ts';

let receiver: ReceiverDouble;
/** Of all tests that neither end nor freeze it. */
let shared: LocaltunnelServer;
const endings: Array<() => Promise<unknown>> = [];

beforeAll(async () => {
  shared = await startLocaltunnelServer();
});
afterAll(() => shared.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await receiver.close();
});

async function startServer(options: { port?: number } = {}): Promise<LocaltunnelServer> {
  const server = await startLocaltunnelServer(options);
  endings.push(() => server.stop());
  return server;
}

function watch(
  ...[settings, deps]: [Parameters<typeof watchTunnel>[1], Parameters<typeof watchTunnel>[2]?]
): Watched {
  const watched = watchTunnel(receiver, settings, deps);
  endings.push(() => watched.tunnel.stop());
  return watched;
}

async function startHttp(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

describe('through a real localtunnel server', () => {
  it('is up under the wished name, and carries bytes unchanged', async () => {
    const server = shared;
    const { tunnel, states } = watch({ host: server.url, subdomain: 'newsletter' });
    const state = await tunnel.start();
    const host = `newsletter.tunnel.localhost:${server.port}`;
    expect(state).toMatchObject({ provider: 'localtunnel', status: 'up', publicUrl: `http://${host}` });
    expect(state.roundTripMs).toBeGreaterThan(0);
    expect(states.map((each) => each.status)).toEqual(['connecting', 'up']);
    expect(tunnel.hosts()).toEqual([host]);

    const body = randomBytes(10 * 1024 * 1024);
    const answer = await callPublic(`${state.publicUrl}/in/token?x=1`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-host']).toBe(host);
    expect(answer.body.equals(body)).toBe(true);
  });

  it('carries 64 calls at a time, each with its own answer', async () => {
    const server = shared;
    const { tunnel } = watch({ host: server.url });
    const { publicUrl } = await tunnel.start();
    const bodies = Array.from({ length: 64 }, (_, index) => randomBytes(1_000 + index * 3_000));
    const answers = await Promise.all(
      bodies.map((body) => callPublic(`${publicUrl}/in/token`, { method: 'POST', body })),
    );
    for (const [index, answer] of answers.entries()) {
      expect(answer.status).toBe(200);
      expect(answer.body.equals(bodies[index] ?? Buffer.of())).toBe(true);
    }
  });

  it('survives more refused uploads than it has lanes', async () => {
    const server = shared;
    const { tunnel, states } = watch({ host: server.url });
    const { publicUrl } = await tunnel.start();
    for (let upload = 0; upload < 15; upload += 1) {
      const refused = once(receiver.events, 'refused');
      const caller = new AbortController();
      const call = callPublic(`${publicUrl}/refuse`, {
        method: 'POST',
        body: randomBytes(2_000_000),
        signal: caller.signal,
      });
      const ended = call.then(
        () => undefined,
        () => undefined,
      );
      await refused;
      caller.abort();
      await ended;
    }
    const body = randomBytes(5_000);
    const answer = await callPublic(`${publicUrl}/in/token`, { method: 'POST', body });
    expect(answer.body.equals(body)).toBe(true);
    expect(states.map((each) => each.status)).toEqual(['connecting', 'up']);
  });

  it('tells that the server has gone, and comes back under the same address', async () => {
    const server = await startServer();
    const { tunnel, states, until } = watch({ host: server.url });
    const first = await tunnel.start();
    await server.stop();
    const down = await until((state) => state.status === 'down');
    expect(down.reason).toMatch(/refuses the connection/);
    expect(down.publicUrl).toBeUndefined();
    expect(down.nextTryAt).toBeDefined();
    await startServer({ port: server.port });
    const again = await until((state) => state.status === 'up');
    expect(again.publicUrl).toBe(first.publicUrl);
    expect(states.some((state) => state.status === 'connecting' && state.reason !== undefined)).toBe(true);
    const answer = await callPublic(`${again.publicUrl}/in/token`, { method: 'POST', body: 'back' });
    expect(answer.body.toString()).toBe('back');
  });

  it('notices a silent death by the probe, and rebuilds', async () => {
    const server = await startServer();
    const { tunnel, states, until } = watch(
      { host: server.url },
      { probe: createProbe({ timeLimitMs: 400 }) },
    );
    const first = await tunnel.start();
    server.freeze();
    const degraded = await until((state) => state.status === 'degraded');
    expect(degraded).toMatchObject({
      publicUrl: first.publicUrl,
      reason: expect.stringMatching(/no answer within/),
    });
    await until((state) => state.status === 'down');
    server.thaw();
    const again = await until((state) => state.status === 'up');
    expect(again.publicUrl).toBe(first.publicUrl);
    expect(states.map((state) => state.status).slice(2, 4)).toEqual(['degraded', 'down']);
    const answer = await callPublic(`${again.publicUrl}/in/token`, { method: 'POST', body: 'back' });
    expect(answer.body.toString()).toBe('back');
  });

  it('takes the other address that it is given, shows it and says why', async () => {
    const server = shared;
    const holder = watch({ host: server.url, subdomain: 'wanted' });
    await holder.tunnel.start();
    const { tunnel } = watch({ host: server.url, subdomain: 'wanted' });
    const state = await tunnel.start();
    expect(state.status).toBe('up');
    expect(state.publicUrl).not.toContain('wanted');
    expect(state.reason).toMatch(/“wanted” is in use/);
    expect(tunnel.hosts()).toEqual([new URL(state.publicUrl ?? '').host]);
  });

  it('follows a redirect of the tunnel server', async () => {
    const server = shared;
    const moved = await startHttp((incoming, answer) =>
      answer.writeHead(301, { location: server.url + incoming.url }).end(),
    );
    const { tunnel } = watch({ host: moved, subdomain: 'moved' });
    expect(await tunnel.start()).toMatchObject({
      status: 'up',
      publicUrl: `http://moved.tunnel.localhost:${server.port}`,
    });
  });

  it('leaves nothing behind after stop, and starts again under the same name at once', async () => {
    const server = shared;
    const { tunnel } = watch({ host: server.url, subdomain: 'again' });
    const { publicUrl } = await tunnel.start();
    expect(await tunnel.stop()).toMatchObject({ status: 'off' });
    expect(tunnel.state()).not.toHaveProperty('publicUrl');
    expect(tunnel.hosts()).toEqual([]);
    expect(await tunnel.start()).toMatchObject({ status: 'up', publicUrl });
  });

  it('can be stopped while it is opening', async () => {
    const server = shared;
    const { tunnel } = watch({ host: server.url });
    const starting = tunnel.start();
    await tunnel.stop();
    expect((await starting).status).toBe('off');
    expect(tunnel.state().status).toBe('off');
  });

  it('answers 503 while the receiver is not there', async () => {
    const server = shared;
    const { tunnel } = watch({ host: server.url });
    const { publicUrl } = await tunnel.start();
    await receiver.close();
    const answer = await callPublic(`${publicUrl}/in/token`, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    receiver = await startReceiver();
  });

  it('lets the process end by itself after stop, up or not', async () => {
    const server = shared;
    const script = `
      import { createServer } from 'node:http';
      import { createLocaltunnelProvider } from './main/engine/tunnels/localtunnel.ts';
      import { createOutsideFetch } from './main/engine/tunnels/outside-fetch.ts';
      import { createTunnelSupervisor } from './main/engine/tunnels/tunnel-supervisor.ts';
      const [host] = process.argv.slice(1);
      const receiver = createServer((q, a) => a.end(tunnel.answerProbe(q.url) ?? ''));
      await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      const settings = { provider: 'localtunnel', host, subdomain: '', fixedUrl: '', fallbacks: [], fallbackAfterS: 120, autoStart: false };
      const providers = { localtunnel: createLocaltunnelProvider({ fetch: createOutsideFetch() }) };
      const tunnel = createTunnelSupervisor({ port: receiver.address().port, readSettings: () => settings, providers });
      const { status } = await tunnel.start();
      await tunnel.stop();
      receiver.close();
      process.stdout.write(status + ' ' + process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length);
    `;
    const run = async (host: string) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, host], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stdout.on('data', (chunk) => {
        said += chunk;
      });
      child.stderr.on('data', (chunk) => {
        said += chunk;
      });
      const [code] = await once(child, 'close');
      return `${code} ${said}`;
    };
    expect(await run(server.url)).toMatch(/^0 up \d+$/);
    expect(await run(`http://127.0.0.1:${await findFreePort()}`)).toMatch(/^0 down \d+$/);
  });
});

describe('against servers that are none', () => {
  it.each<[string, RequestListener, RegExp]>([
    [
      'a web page',
      (_, answer) => answer.setHeader('content-type', 'text/html').end('<html>Welcome</html>'),
      /not like a localtunnel server/,
    ],
    [
      'a refusal',
      (_, answer) => answer.writeHead(403).end('{"message":"No more tunnels."}'),
      /\(403\): No more tunnels\./,
    ],
    ['a fault', (_, answer) => answer.writeHead(500).end('oops'), /refused to give an address \(500\)/],
    [
      'a redirect in a circle',
      (_, answer) => answer.writeHead(301, { location: '/again' }).end(),
      /redirects to nowhere/,
    ],
    [
      'a redirect to something else',
      (_, answer) => answer.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      /redirects to nowhere/,
    ],
    [
      'another shape',
      (_, answer) => answer.end('{"id":"x","port":"70000"}'),
      /not like a localtunnel server/,
    ],
    [
      'a strange address',
      (_, answer) => answer.end('{"id":"x","port":1,"url":"file:///etc/passwd"}'),
      /not a URL/,
    ],
    [
      'a port that refuses',
      (_, answer) => answer.end('{"id":"x","port":1,"url":"http://x.test"}'),
      /refuses the connection/,
    ],
    ['a broken answer', (incoming) => incoming.socket.destroy(), /broke off the connection/],
  ])('says what is wrong with %s', async (_name, listener, reason) => {
    const { tunnel } = watch({ host: await startHttp(listener) });
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'down', reason: expect.stringMatching(reason) });
    expect(state.nextTryAt).toBeDefined();
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const taken: Array<{ destroy(): void }> = [];
    silent.on('connection', (socket) => taken.push(socket));
    endings.push(async () => {
      for (const socket of taken) socket.destroy();
      silent.close();
    });
    const { tunnel } = watch({ host: `http://127.0.0.1:${port}` }, { openLimitMs: 1_000 });
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'down', reason: 'The tunnel did not open within 1 s.' });
  });

  it.each([
    [{ host: 'ftp://example.test' }, /not an http or https address/],
    [{ host: 'https://example.test', subdomain: 'a b' }, /cannot be used/],
    [{ provider: 'fixed' as const, fixedUrl: '' }, /No public URL is set/],
    [{ provider: 'fixed' as const, fixedUrl: 'https://user:secret@example.test' }, /not usable/],
  ])('does not try again with settings that cannot work: %o', async (settings, reason) => {
    const { tunnel } = watch(settings);
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'down', reason: expect.stringMatching(reason) });
    expect(state.nextTryAt).toBeUndefined();
  });
});
