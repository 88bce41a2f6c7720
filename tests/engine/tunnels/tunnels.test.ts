// The tunnel inside the whole engine, against the real localtunnel server: what it exposes, what is kept of its past, who must be told
// of a new address, and what a killed Hookbench leaves behind.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EventName } from '#contract';
import { openDatabase } from '../../../main/engine/store/database.ts';
import { startMarkOf } from '../../../main/engine/tunnels/leftover-program.ts';
import {
  callPublic,
  type LocaltunnelServer,
  startLocaltunnelServer,
} from '../../fakes/localtunnel-server.ts';
import { writeFakeProgram } from '../../fakes/tunnel-programs.ts';
import { startProgram } from '../../harness/program.ts';
import { newDataDir, startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

/** Of all tests that do not end it. */
let shared: LocaltunnelServer;
beforeAll(async () => {
  shared = await startLocaltunnelServer();
});
afterAll(() => shared.stop());

const endings: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function startServer(port?: number): Promise<LocaltunnelServer> {
  const server = await startLocaltunnelServer(port === undefined ? {} : { port });
  endings.push(() => server.stop());
  return server;
}

async function startEngine(dataDir = newDataDir()) {
  const test = await startTestEngine(dataDir);
  endings.push(() => test.stop());
  const told: Array<{ event: EventName; data: unknown }> = [];
  test.engine.subscribe((event, data) => told.push({ event, data }));
  return { ...test, told };
}

async function startTunnel(test: TestEngine, host: string, subdomain = '') {
  await test.call('settings.update', { tunnel: { host, subdomain } });
  const { tunnel } = await test.call('tunnel.start', {});
  expect(tunnel).toMatchObject({ status: 'up' });
  return tunnel.publicUrl ?? '';
}

/** The bytes of an answer as they come over the wire, without the lines that say when it was given. */
async function rawAnswer(
  port: number,
  host: string,
  target: string,
  method = 'GET',
  more = '',
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks)
    .toString('latin1')
    .replace(/^Date: .*\r\n/im, '');
}

describe('through the tunnel', () => {
  it('control, UI files, sockets, source maps and debug paths answer like any unknown URL, byte for byte', async () => {
    const server = shared;
    const test = await startEngine();
    const url = await startTunnel(test, server.url);
    const { host } = new URL(url);
    const unknown = await rawAnswer(server.port, host, '/nobody/knows/this');
    expect(unknown).toMatch(/^HTTP\/1\.1 404 /);
    for (const target of [
      '/',
      '/index.html',
      '/api/status.get',
      '/api/settings.update',
      '/socket',
      '/session',
      '/assets/index.js',
      '/assets/index.js.map',
      '/main/engine/engine.ts',
      '/node_modules/.vite/deps/react.js',
      '/@vite/client',
      '/json/version',
      '/debug/pprof/',
      '/metrics',
      '/.git/config',
      '/hookbench.db',
      '/in',
      '/in/',
      '/in/AAAAAAAAAAAAAAAAAAAAAA',
      `/probe/${'0'.repeat(32)}`,
      '/probe/',
    ]) {
      expect(await rawAnswer(server.port, host, target), target).toBe(unknown);
    }
    const posted = await rawAnswer(server.port, host, '/nobody/knows/this', 'POST', 'Content-Length: 0\r\n');
    for (const target of ['/api/status.get', '/session', '/api/tunnel.stop']) {
      expect(await rawAnswer(server.port, host, target, 'POST', 'Content-Length: 0\r\n'), target).toBe(
        posted,
      );
    }
    expect((await test.call('status.get', {})).tunnel.status).toBe('up');
  });

  it('no socket is upgraded', async () => {
    const server = shared;
    const test = await startEngine();
    const { host } = new URL(await startTunnel(test, server.url));
    const upgrade =
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    for (const target of ['/socket', '/nobody']) {
      const answer = await rawAnswer(server.port, host, target, 'GET', upgrade);
      expect(answer).not.toMatch(/^HTTP\/1\.1 101/);
    }
  });
});

describe('calls through the tunnel into the store', () => {
  it('are kept byte for byte: 10 MB of compressed bytes, and 64 at a time', async () => {
    const server = shared;
    const test = await startEngine();
    const { id } = await test.createSource();
    await startTunnel(test, server.url);
    const { dataSource } = await test.call('dataSources.get', { id });
    const url = dataSource.connections[0]?.publicUrl ?? '';

    // Noise, packed: the body is as binary as bodies get, and unpacks to less than 25 MiB.
    const noise = randomBytes(11 * 1024 * 1024).toString('base64');
    const large = gzipSync(Buffer.from(JSON.stringify({ id: 'large', noise })), { level: 1 });
    expect(large.length).toBeGreaterThan(10 * 1024 * 1024);
    const post = (body: Buffer, encoding: string) =>
      callPublic(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body,
      });
    expect((await post(large, 'gzip')).status).toBe(200);
    const [newest] = (await test.call('captures.list', { dataSourceId: id })).captures;
    const { base64 } = await test.call('captures.body', { id: newest?.id ?? '' });
    expect(Buffer.from(base64, 'base64').equals(large)).toBe(true);

    const bodies = Array.from({ length: 64 }, (_, index) =>
      gzipSync(JSON.stringify({ id: index, noise: randomBytes(2_000 + index * 500).toString('base64') })),
    );
    const answers = await Promise.all(bodies.map((body) => post(body, 'gzip')));
    for (const [index, answer] of answers.entries()) {
      expect(answer.status).toBe(200);
      const { id: captureId } = JSON.parse(answer.body.toString()) as { id: string };
      const stored = await test.call('captures.body', { id: captureId });
      expect(stored.base64).toBe(bodies[index]?.toString('base64'));
    }
  });
});

describe('fail-over in the engine', () => {
  it('passes over a provider whose program is not there, and says who stands in for whom', async () => {
    const fake = writeFakeProgram('ngrok', 'works');
    const test = await startEngine();
    await test.call('settings.update', {
      tunnel: {
        provider: 'cloudflared',
        cloudflaredPath: '/nowhere/cloudflared',
        fallbacks: ['ngrok', 'cloudflared'],
        ngrokPath: fake.path,
      },
    });
    expect((await test.call('settings.get', {})).settings.tunnel.fallbacks).toEqual(['ngrok']);
    const { tunnel } = await test.call('tunnel.start', {});
    expect(tunnel).toMatchObject({
      provider: 'ngrok',
      standsInFor: 'cloudflared',
      status: 'up',
      reason: 'Cloudflared stayed down, so ngrok gives the address instead.',
    });
  });

  it('refuses settings that cannot be used, and reads those of an older version', async () => {
    const test = await startEngine();
    for (const [field, value] of [
      ['ngrokPath', 'ngrok'],
      ['ngrokPath', '/bin/sh'],
      ['cloudflaredUrl', 'javascript:alert(1)'],
      ['cloudflaredTunnel', '--token'],
    ] as const) {
      await expect(test.call('settings.update', { tunnel: { [field]: value } })).rejects.toThrow(
        /^settings\.invalid/,
      );
    }
    await test.stop();
    const database = openDatabase(join(test.dataDir, 'hookbench.db'));
    database
      .prepare("INSERT OR REPLACE INTO settings VALUES ('application', ?)")
      .run(
        '{"theme":"dark","tunnel":{"provider":"fixed","host":"https://a.test","subdomain":"","fixedUrl":"https://b.test","autoStart":false}}',
      );
    database.close();
    const again = await startEngine(test.dataDir);
    expect((await again.call('settings.get', {})).settings).toMatchObject({
      theme: 'dark',
      tunnel: { provider: 'fixed', fixedUrl: 'https://b.test', fallbacks: [], fallbackAfterS: 120 },
    });
  });
});

describe('the past of the tunnel', () => {
  it('keeps probes and gaps, over a restart, and names the sources whose senders gave up', async () => {
    const server = shared;
    const dataDir = newDataDir();
    const test = await startEngine(dataDir);
    expect(await test.call('tunnel.history', {})).toEqual({ points: [], gaps: [] });
    const source = await test.createSource('github');
    const other = await test.createSource('stripe');
    const url = await startTunnel(test, server.url);
    for (const { id } of [source, other]) {
      const { dataSource } = await test.call('dataSources.get', { id });
      const answer = await callPublic(dataSource.connections[0]?.publicUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"id":1}',
      });
      expect(answer.status).toBe(200);
    }
    const { points, gaps } = await test.call('tunnel.history', {});
    expect(points).toMatchObject([{ good: 1, failed: 0 }]);
    expect(points[0]?.roundTripMs).toBeGreaterThan(0);
    expect(gaps).toEqual([]);

    await test.call('tunnel.stop', {});
    const [stopped] = (await test.call('tunnel.history', {})).gaps;
    expect(stopped).toMatchObject({ reason: 'The tunnel was stopped.' });
    expect(stopped?.to).toBeUndefined();
    // GitHub never tries again; Stripe does for three days.
    expect(stopped?.sources.map((each) => each.dataSourceId)).toEqual([source.id]);
    expect(stopped?.sources[0]?.why).toContain('never tries again');

    await test.call('tunnel.start', {});
    expect((await test.call('tunnel.history', {})).gaps[0]?.to).toBeDefined();
    await test.stop();

    const again = await startEngine(dataDir);
    expect((await again.call('tunnel.history', {})).gaps).toMatchObject([
      { reason: 'Hookbench was not running.' },
      { reason: 'The tunnel was stopped.' },
    ]);
    // The name that the server gave is asked for again, so the address is the same and nobody must be told.
    const { tunnel } = await again.call('tunnel.start', {});
    expect(tunnel.publicUrl).toBe(url);
    expect((await again.call('tunnel.addressCards', {})).cards).toEqual([]);
    expect((await again.call('tunnel.history', {})).gaps[0]?.to).toBeDefined();
  });
});

describe('an outage of the tunnel server', () => {
  it('of some seconds ends by itself at the same address, and stays in the history', async () => {
    const server = await startServer();
    const test = await startEngine();
    const url = await startTunnel(test, server.url);
    const reaches = (status: string) =>
      new Promise<void>((resolve) => {
        const stop = test.engine.subscribe((event, data) => {
          if (event !== 'tunnel.changed') return;
          if ((data as { tunnel: { status: string } }).tunnel.status !== status) return;
          stop();
          resolve();
        });
      });
    const down = reaches('down');
    await server.stop();
    await down;
    // Two tries meet nobody before the server is back.
    await reaches('connecting');
    await reaches('down');
    const up = reaches('up');
    await startServer(server.port);
    await up;
    expect((await test.call('status.get', {})).tunnel.publicUrl).toBe(url);
    const [gap] = (await test.call('tunnel.history', {})).gaps;
    expect(gap).toMatchObject({ to: expect.any(String), sources: [] });
    expect(Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '')).toBeGreaterThan(1_000);
    expect(test.told.map(({ event }) => event)).not.toContain('tunnel.addressChanged');
  });
});

describe('a change of the address', () => {
  it('is announced, gives each source a card until it is ticked or the old address is back', async () => {
    const server = shared;
    const dataDir = newDataDir();
    const test = await startEngine(dataDir);
    const github = await test.createSource('github');
    const custom = await test.createSource();
    const first = await startTunnel(test, server.url, 'first-name');
    expect((await test.call('tunnel.addressCards', {})).cards).toEqual([]);

    await test.call('tunnel.stop', {});
    const late = await test.createSource();
    const second = await startTunnel(test, server.url, 'second-name');
    expect(second).not.toBe(first);
    const change = test.told.find(({ event }) => event === 'tunnel.addressChanged');
    expect(change?.data).toEqual({ publicUrl: second, previousUrl: first, cards: 2 });
    const { cards } = await test.call('tunnel.addressCards', {});
    // The source that was made after the old address went away was never shown it.
    expect(cards.map((card) => card.dataSourceId).sort()).toEqual([github.id, custom.id].sort());
    expect(cards.map((card) => card.dataSourceId)).not.toContain(late.id);
    const card = cards.find((each) => each.dataSourceId === github.id);
    const path = new URL(github.url).pathname;
    expect(card).toMatchObject({ applicationName: 'GitHub', oldUrl: first + path, newUrl: second + path });
    expect(card?.steps.length).toBeGreaterThan(0);
    // The way there, then the place.
    expect(card?.steps[0]?.menu).toContain('Webhooks');
    expect(card?.steps.at(-1)?.pastesUrl).toBe(true);
    const { dataSource } = await test.call('dataSources.get', { id: github.id });
    expect(JSON.stringify(dataSource)).not.toContain(new URL(first).host);

    await test.call('tunnel.tickAddressCard', { connectionId: card?.connectionId ?? '' });
    await test.call('tunnel.tickAddressCard', { connectionId: 'con_unknown' });
    expect((await test.call('tunnel.addressCards', {})).cards.map((each) => each.dataSourceId)).toEqual([
      custom.id,
    ]);

    // While it is down, no address is offered; a restart forgets no card.
    await test.stop();
    const again = await startEngine(dataDir);
    const [kept] = (await again.call('tunnel.addressCards', {})).cards;
    expect(kept).toMatchObject({ dataSourceId: custom.id, oldUrl: first + new URL(custom.url).pathname });
    expect(kept?.newUrl).toBeUndefined();

    // Back to the first: the untold one has it still, the ticked one has the second.
    await startTunnel(again, server.url, 'first-name');
    const back = (await again.call('tunnel.addressCards', {})).cards;
    expect(back.map((each) => each.dataSourceId).sort()).toEqual([github.id, late.id].sort());
    expect(back.find((each) => each.dataSourceId === github.id)).toMatchObject({ oldUrl: second + path });
  });
});

describe('a killed Hookbench', () => {
  it('leaves no tunnel program behind: the next start ends it, and a polite end takes it along', async () => {
    const fake = writeFakeProgram('ngrok', 'works');
    const dataDir = newDataDir();
    // A zombie that nobody collects counts as gone.
    const isAlive = async (pid: number) => (await startMarkOf(pid)) !== undefined;
    const killed = await startProgram({ dataDir });
    await killed.api('settings.update', { tunnel: { provider: 'ngrok', ngrokPath: fake.path } });
    expect(await killed.api('tunnel.start')).toMatchObject({ tunnel: { status: 'up', provider: 'ngrok' } });
    await killed.kill();
    const [left = 0] = fake.pids();

    expect(await isAlive(left)).toBe(true);

    const next = await startProgram({ dataDir });
    expect(await isAlive(left)).toBe(false);
    expect(await next.api('tunnel.history')).toMatchObject({
      gaps: [{ reason: 'Hookbench was not running.' }],
    });
    expect(await next.api('tunnel.start')).toMatchObject({ tunnel: { status: 'up' } });
    expect(await next.stop()).toBe(0);
    expect(fake.pids()).toHaveLength(2);
    for (const pid of fake.pids()) expect(await isAlive(pid)).toBe(false);
  });
});
