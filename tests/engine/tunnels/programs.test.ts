// cloudflared and ngrok as programs, imitated: what they are given, what is read of them, and that none of them is left behind.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TunnelSettings } from '#contract';
import { createCloudflaredProvider, readCloudflaredLine } from '../../../main/engine/tunnels/cloudflared.ts';
import { createLeftoverPrograms, startMarkOf } from '../../../main/engine/tunnels/leftover-program.ts';
import { createNgrokProvider, readNgrokLine } from '../../../main/engine/tunnels/ngrok.ts';
import { createOutsideFetch, type OutsideFetch } from '../../../main/engine/tunnels/outside-fetch.ts';
import { createProbe, type Probe } from '../../../main/engine/tunnels/probe.ts';
import { lookAtPrograms } from '../../../main/engine/tunnels/providers.ts';
import { callPublic } from '../../fakes/localtunnel-server.ts';
import { type Scene, writeFakeProgram } from '../../fakes/tunnel-programs.ts';
import { startTestEngine } from '../../harness/test-engine.ts';
import {
  type ReceiverDouble,
  someProviders,
  someSettings,
  startReceiver,
  type Watched,
  watchTunnel,
} from './receiver-double.ts';

let receiver: ReceiverDouble;
const endings: Array<() => Promise<unknown>> = [];

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await receiver.close();
});

const newFolder = () => mkdtempSync(join(tmpdir(), 'hookbench-tunnel-'));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function watch(
  scene: Scene,
  provider: 'cloudflared' | 'ngrok' = 'ngrok',
  more: Partial<TunnelSettings> = {},
  probe?: Probe,
) {
  const fake = writeFakeProgram(provider, scene);
  const folder = newFolder();
  const note = join(folder, 'program.json');
  const leftovers = createLeftoverPrograms(note);
  const watched: Watched = watchTunnel(
    receiver,
    { provider, [`${provider}Path`]: fake.path, ...more },
    {
      ...(probe && { probe }),
      providers: {
        ...someProviders(),
        cloudflared: createCloudflaredProvider({ folder, leftovers }),
        ngrok: createNgrokProvider({ leftovers }),
      },
    },
  );
  endings.push(() => watched.tunnel.stop());
  return { ...watched, fake, folder, note };
}

describe('ngrok', () => {
  it('is given the port of the receiver and no more, carries calls, and ends with the tunnel', async () => {
    vi.stubEnv('NODE_OPTIONS', '');
    vi.stubEnv('HOOKBENCH_VAULT_KEY', 'secret');
    const { tunnel, fake, note } = watch('works');
    const state = await tunnel.start();
    vi.unstubAllEnvs();
    expect(state).toMatchObject({ provider: 'ngrok', status: 'up' });
    expect(fake.starts()).toEqual([
      ['http', `127.0.0.1:${receiver.port}`, '--log=stdout', '--log-format=json', '--log-level=info'],
    ]);
    expect(fake.environment()).not.toHaveProperty('HOOKBENCH_VAULT_KEY');
    expect(fake.environment()).not.toHaveProperty('NODE_OPTIONS');

    const body = randomBytes(1024 * 1024);
    const answer = await callPublic(`${state.publicUrl}/in/token`, { method: 'POST', body });
    expect(answer.body.equals(body)).toBe(true);

    const [pid = 0] = fake.pids();
    expect(JSON.parse(readFileSync(note, 'utf8'))).toMatchObject({ pid, program: 'ngrok' });
    await tunnel.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(note)).toBe(false);
  });

  it('is started again when it crashes, and the state says how it ended', async () => {
    const { tunnel, until, fake, states } = watch('crashesLater');
    const { publicUrl } = await tunnel.start();
    await callPublic(`${publicUrl}/in/token`, { method: 'POST', body: 'x' }).catch(() => undefined);
    const down = await until((state) => state.status === 'down');
    expect(down.reason).toMatch(/^ngrok ended with code 7\./);
    await until((state) => state.status === 'up');
    // On a busy machine the next probe may have ended it once more.
    expect(fake.starts().length).toBeGreaterThanOrEqual(2);
    expect(states.map((state) => state.status)).toContain('down');
  });

  it('tells that a token is missing, tries no more, and never shows what was said of a token', async () => {
    const { tunnel, fake } = watch('noToken');
    const state = await tunnel.start();
    expect(state).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('ngrok config add-authtoken'),
    });
    expect(state.nextTryAt).toBeUndefined();
    expect(JSON.stringify(state)).not.toContain('secret');
    expect(fake.starts()).toHaveLength(1);
  });

  it('is not up when it prints rubbish or nothing, and is gone after the limit', async () => {
    for (const scene of ['rubbish', 'silent'] as const) {
      const { tunnel, fake } = watch(scene);
      const state = await tunnel.start();
      expect(state).toMatchObject({ status: 'down', reason: 'The tunnel did not open within 30 s.' });
      await tunnel.stop();
      expect(fake.pids().map(isAlive)).not.toContain(true);
    }
  });

  it('may flood: it comes up, is read slowly, and ends', async () => {
    const { tunnel, fake } = watch('floods');
    const before = process.memoryUsage().rss;
    expect(await tunnel.start()).toMatchObject({ status: 'up' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    await tunnel.stop();
    expect(fake.pids().map(isAlive)).not.toContain(true);
  });

  it('is killed when it heeds no polite end', async () => {
    const { tunnel, fake } = watch('stubborn');
    expect(await tunnel.start()).toMatchObject({ status: 'up' });
    await tunnel.stop();
    expect(fake.pids().map(isAlive)).not.toContain(true);
  });

  it('is not run where the settings name something else, or nothing that is there', async () => {
    for (const [path, reason] of [
      ['/bin/sh', 'The place of ngrok in the settings must be its full path.'],
      ['/nowhere/ngrok', 'There is no program that can be run at /nowhere/ngrok.'],
    ]) {
      const { tunnel } = watch('works', 'ngrok', { ngrokPath: path ?? '' });
      expect(await tunnel.start()).toMatchObject({ status: 'down', reason });
    }
  });
});

/** Leads the names of the imitated quick tunnels to their public sides on loopback. */
const outside = createOutsideFetch();
const quickFetch: OutsideFetch = (url, signal) =>
  outside(url.replace(/^https:\/\/quiet-river-(\d+)\.trycloudflare\.com/, 'http://127.0.0.1:$1'), signal);

describe('cloudflared', () => {
  it('is up as a quick tunnel when its connection is registered and a probe came back', async () => {
    const { tunnel, fake, until } = watch(
      'crashesLater',
      'cloudflared',
      {},
      createProbe({ fetch: quickFetch }),
    );
    const state = await tunnel.start();
    expect(state).toMatchObject({ provider: 'cloudflared', status: 'up' });
    expect(state.publicUrl).toMatch(/^https:\/\/quiet-river-\d+\.trycloudflare\.com$/);
    expect(tunnel.hosts()[0]).toBe(new URL(state.publicUrl ?? '').host);
    // The next probe ends the program; then another address is there, and shown.
    const again = await until((each) => each.status === 'up' && each.publicUrl !== state.publicUrl);
    expect(again.publicUrl).not.toBe(state.publicUrl);
    expect(fake.starts().length).toBeGreaterThan(1);
  });

  it('runs a tunnel of the user by name at the address of the settings', async () => {
    const { tunnel, fake, folder } = watch('silent', 'cloudflared', {
      cloudflaredTunnel: 'hooks',
      cloudflaredUrl: 'https://hooks.example.test',
    });
    expect((await tunnel.start()).status).toBe('down');
    expect(fake.starts()[0]).toEqual([
      'tunnel',
      '--config',
      join(folder, 'cloudflared.yml'),
      '--no-autoupdate',
      'run',
      '--url',
      `http://127.0.0.1:${receiver.port}`,
      'hooks',
    ]);
  });

  it('runs by token, which stands in no list of processes and in no answer', async () => {
    const fake = writeFakeProgram('cloudflared', 'crashes');
    const token = 'eyJhIjoiMTIzIn0.secret-token';
    const engine = await startTestEngine();
    endings.push(() => engine.stop());
    await engine.call('tunnel.setToken', { token });
    await engine.call('settings.update', {
      tunnel: {
        provider: 'cloudflared',
        cloudflaredPath: fake.path,
        cloudflaredUrl: 'https://hooks.example.test',
      },
    });
    expect((await engine.call('tunnel.start', {})).tunnel.status).toBe('down');
    await engine.call('tunnel.stop', {});
    expect(fake.starts()[0]).toEqual(['tunnel', '--config', expect.any(String), '--no-autoupdate', 'run']);
    expect(fake.environment()).toMatchObject({ TUNNEL_TOKEN: token });
    const { programs } = await engine.call('tunnel.programs', {});
    expect(programs.find((each) => each.provider === 'cloudflared')).toMatchObject({ hasToken: true });
    const answers = [programs, await engine.call('settings.get', {}), await engine.call('status.get', {})];
    expect(JSON.stringify(answers) + engine.logLines.join()).not.toContain('secret-token');
    for (const file of ['hookbench.db', 'hookbench.db-wal']) {
      expect(readFileSync(join(engine.dataDir, file)).includes('secret-token')).toBe(false);
    }
    await engine.call('tunnel.setToken', { token: '' });
    const [removed] = (await engine.call('tunnel.programs', {})).programs;
    expect(removed).toMatchObject({ hasToken: false });
  });

  it('asks for the address of a named tunnel, and takes no flag for a name', async () => {
    const nameless = watch('works', 'cloudflared', { cloudflaredTunnel: 'hooks' });
    expect(await nameless.tunnel.start()).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('needs its public URL'),
    });
    const flag = watch('works', 'cloudflared', {
      cloudflaredTunnel: '--config=/etc/passwd',
      cloudflaredUrl: 'https://hooks.example.test',
    });
    expect(await flag.tunnel.start()).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('cannot be'),
    });
    expect(flag.fake.starts()).toEqual([]);
  });

  it('says what it said when it crashes, and names the limit of quick tunnels', async () => {
    const crashed = watch('crashes', 'cloudflared');
    expect((await crashed.tunnel.start()).reason).toBe(
      'cloudflared ended with code 1. It said: ERR Failed to dial a quic connection error="timeout"',
    );
    const limited = watch('tooMany', 'cloudflared');
    expect((await limited.tunnel.start()).reason).toMatch(/no more quick tunnels .* \(429\)/);
  });

  it('is started as a quick tunnel without a name', async () => {
    const { tunnel, fake, folder } = watch('crashes', 'cloudflared');
    await tunnel.start();
    expect(fake.starts()[0]).toEqual([
      'tunnel',
      '--config',
      join(folder, 'cloudflared.yml'),
      '--no-autoupdate',
      '--url',
      `http://127.0.0.1:${receiver.port}`,
    ]);
    expect(readFileSync(join(folder, 'cloudflared.yml'), 'utf8')).toBe('no-autoupdate: true\n');
  });
});

describe('what the lines say', () => {
  it('cloudflared: the address of the box, and no other of its names', () => {
    const inBox = '2026-09-30T02:32:21Z INF |  https://quiet-river-1234.trycloudflare.com     |';
    expect(readCloudflaredLine(inBox)).toEqual({ url: 'https://quiet-river-1234.trycloudflare.com' });
    expect(readCloudflaredLine('INF Registered tunnel connection connIndex=0 location=fra08')).toEqual({
      isConnected: true,
    });
    for (const line of [
      'INF Requesting new quick Tunnel on trycloudflare.com...',
      'ERR Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup failed',
      'https://quiet-river.trycloudflare.com.evil.example',
      'INF | https://www.cloudflare.com/website-terms/ |',
      '',
    ]) {
      expect(readCloudflaredLine(line)).toBeUndefined();
    }
    expect(readCloudflaredLine('ERR Cannot determine default origin certificate path')?.failure?.retry).toBe(
      false,
    );
  });

  it('ngrok: the address of the started tunnel, and the codes of its refusals', () => {
    const started =
      '{"addr":"http://127.0.0.1:4870","lvl":"info","msg":"started tunnel","name":"command_line","obj":"tunnels","t":"2026-09-30T02:40:01Z","url":"https://ab12.ngrok-free.app"}';
    expect(readNgrokLine(started)).toEqual({ url: 'https://ab12.ngrok-free.app', isConnected: true });
    for (const line of [
      '{"msg":"started tunnel","url":"tcp://0.tcp.ngrok.io:1"}',
      '{"msg":',
      'null',
      '{"msg":7}',
    ]) {
      expect(readNgrokLine(line)).toBeUndefined();
    }
    expect(readNgrokLine('ERROR:  ERR_NGROK_108')?.failure?.retry).toBe(true);
    expect(readNgrokLine('ERR_NGROK_99999')?.failure?.reason).toContain('err_ngrok_99999');
  });
});

describe('whatever the lines say', () => {
  it('an address is one of the provider’s own, and nothing throws', () => {
    const words = fc.constantFrom(
      'INF',
      'ERR',
      '|',
      'https://',
      'a-b',
      '.trycloudflare.com',
      'evil.example',
      '{"msg":"started tunnel","url":"',
      '"}',
      'ERR_NGROK_',
      '108',
      'Registered tunnel connection',
      '\u0000',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (parts) => {
        const line = parts.join('');
        const quick = readCloudflaredLine(line)?.url;
        if (quick !== undefined) expect(new URL(quick).host).toMatch(/^[a-z0-9-]+\.trycloudflare\.com$/);
        const told = readNgrokLine(line)?.url;
        if (told !== undefined) expect(told).toMatch(/^https?:/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the programs of this computer', () => {
  it('are found on the PATH or where they were chosen, with their versions', async () => {
    const onPath = writeFakeProgram('cloudflared', 'works');
    const chosen = writeFakeProgram('ngrok', 'works');
    vi.stubEnv('PATH', `relative:${onPath.folder}`);
    const found = await lookAtPrograms({ ...someSettings, ngrokPath: chosen.path });
    expect(found).toEqual([
      { provider: 'cloudflared', path: onPath.path, version: '2026.9.0' },
      { provider: 'ngrok', path: chosen.path, version: '3.22.1' },
    ]);
    vi.stubEnv('PATH', newFolder());
    const [missing] = await lookAtPrograms({ ...someSettings, ngrokPath: chosen.path });
    expect(missing?.problem).toContain('cloudflared is not installed');
    const [, strange] = await lookAtPrograms({
      ...someSettings,
      ngrokPath: writeFakeProgram('ngrok', 'rubbish').path,
    });
    expect(strange?.problem).toContain('does not say that it is ngrok');
    vi.unstubAllEnvs();
  });
});

describe('a program that outlived its Hookbench', () => {
  const startSleeper = async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    endings.push(async () => void child.kill('SIGKILL'));
    return child;
  };

  it('is ended at the next start', async () => {
    const child = await startSleeper();
    const file = join(newFolder(), 'program.json');
    await createLeftoverPrograms(file).note(child.pid ?? 0, 'ngrok');
    const gone = once(child, 'exit');
    expect(await createLeftoverPrograms(file).end()).toBe('ngrok');
    await gone;
    expect(existsSync(file)).toBe(false);
    expect(await createLeftoverPrograms(file).end()).toBeUndefined();
  });

  it('keeps its note while another one ends', async () => {
    const child = await startSleeper();
    const leftovers = createLeftoverPrograms(join(newFolder(), 'program.json'));
    await leftovers.note(child.pid ?? 0, 'ngrok');
    leftovers.forget((child.pid ?? 0) + 1);
    expect(await leftovers.end()).toBe('ngrok');
  });

  it('is left alone where its start time is another one: the number was used again', async () => {
    const child = await startSleeper();
    const file = join(newFolder(), 'program.json');
    writeFileSync(file, JSON.stringify({ pid: child.pid, startMark: 'long ago', program: 'ngrok' }));
    expect(await createLeftoverPrograms(file).end()).toBeUndefined();
    expect(await startMarkOf(child.pid ?? 0)).toBeDefined();
    writeFileSync(file, 'half a no');
    expect(await createLeftoverPrograms(file).end()).toBeUndefined();
    expect(isAlive(child.pid ?? 0)).toBe(true);
  });
});
