// The whole way of the desktop, with everything real but Electron itself: the built shell, the built engine in a process
// of its own, the built preload, real message ports, the page's channel and client, a real call over HTTP, a killed engine.
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '#contract';
import type { NativeAbilities } from '../../preload/native-abilities.ts';
import { type Client, createClient } from '../../renderer/api/client.ts';
import { buildPart, desktop, root } from '../../scripts/build-parts.ts';
import { createElectronDouble } from '../fakes/electron-double.ts';
import { runPage } from '../fakes/electron-double-page.ts';
import { ProcessChild } from '../fakes/electron-double-utility-process.ts';

let built = '';
let dataDir = '';

beforeAll(async () => {
  // Below the root, since the built programs find their packages from where they lie.
  mkdirSync(join(root, 'dist'), { recursive: true });
  built = mkdtempSync(join(root, 'dist', 'desktop-tested-'));
  dataDir = mkdtempSync(join(tmpdir(), 'hookbench-hand-over-'));
  await buildPart(desktop, built);
}, 60_000);
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  rmSync(built, { recursive: true });
  rmSync(dataDir, { recursive: true });
});

describe('what is built', () => {
  it('is a shell and an engine as ES modules, and a preload as one script that requires Electron only', () => {
    const preload = readFileSync(join(built, 'preload.cjs'), 'utf8');
    expect([...preload.matchAll(/require\(['"`](.+?)['"`]\)/g)].map(([, name]) => name)).toEqual([
      'electron',
    ]);
    expect(preload).not.toMatch(/^\s*(import|export)\s/m);
    expect(readFileSync(join(built, 'desktop.js'), 'utf8')).toMatch(/from ["']electron["']/);
  });

  it('has every worker beside the engine, under its own name', () => {
    const workers = globSync('main/**/*-worker.ts', { cwd: root }).map((file) => basename(file, '.ts'));
    expect(workers).toContain('payload-worker');
    for (const worker of workers) expect(existsSync(join(built, `${worker}.js`)), worker).toBe(true);
  });

  it('never loads Electron in the engine', () => {
    const seen = new Set<string>();
    const follow = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const code = readFileSync(join(built, name), 'utf8');
      expect(code).not.toMatch(/from ["']electron["']/);
      for (const [, next] of code.matchAll(/["']\.\/([\w-]+\.js)["']/g)) if (next) follow(next);
    };
    follow('engine-process.js');
  });
});

describe('the hand-over', () => {
  it('lets the page receive a call live, and survives a killed engine', async () => {
    vi.stubEnv('HOOKBENCH_DATA_DIR', dataDir);
    let savePath: string | undefined;
    const double = createElectronDouble({
      fork: (modulePath, options) => new ProcessChild(modulePath, options),
      savePath: () => savePath,
    });
    vi.doMock('electron', () => double.electron);
    process.argv = ['electron', '.', '--receiver-port', '0'];
    await import(/* @vite-ignore */ pathToFileURL(join(built, 'desktop.js')).href);
    await double.ready();
    const [window] = double.windows;
    if (!window) throw new Error('There is no window.');
    const frame = window.webContents.mainFrame;
    await vi.waitFor(() => expect(frame.origin).toBe('app://hookbench'));

    const preferences = window.options['webPreferences'] as {
      additionalArguments: string[];
      preload: string;
    };
    const page = runPage({
      preload: readFileSync(preferences.preload, 'utf8'),
      origin: frame.origin,
      argv: preferences.additionalArguments,
      platform: 'linux',
      line: {
        send: (channel, ...args) => double.send(frame, channel, ...args),
        invoke: (channel, ...args) => double.invoke(frame, channel, ...args),
      },
    });
    frame.onMessage = page.deliver;
    expect(page.window['hookbench']).toMatchObject({ platform: 'linux', version: '9.8.7' });
    expect(Object.keys(page.window['hookbench'] as object).sort()).toEqual([
      'openExternal',
      'platform',
      'requestPort',
      'saveDownload',
      'version',
    ]);
    vi.stubGlobal('window', page.window);

    // A foreign message with a port is not taken for the shell's.
    page.window.deliver('hookbench:port', [{ postMessage: () => expect.unreachable() }], 'a frame');

    const path = new URL('../../renderer/host/desktop-channel.ts', import.meta.url).href;
    const { openDesktopChannel } = (await import(/* @vite-ignore */ path)) as {
      openDesktopChannel(): Promise<Channel>;
    };
    const client: Client = createClient(openDesktopChannel);
    const states: string[] = [];
    client.onState((state) => states.push(state));

    const { receiver } = await client.call('status.get', {});
    expect(receiver.port).toBeGreaterThan(0);
    const { dataSource } = await client.call('dataSources.create', {
      kind: 'custom',
      name: 'Newsletter',
      entry: 'external',
    });
    const url = dataSource.connections[0]?.inboundUrl ?? '';

    const arrival = new Promise<{ dataSourceId: string }>((resolve) =>
      client.on('captures.received', resolve),
    );
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":12345678901234567890,"title":"First"}',
    });
    expect(answer.status).toBe(200);
    expect((await arrival).dataSourceId).toBe(dataSource.id);

    // Large enough to be read in the worker, so the built engine must find it.
    const large = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'large', text: 'x'.repeat(300_000) }),
    });
    expect(large.status).toBe(200);

    // The items go to a file that the user chooses; the page never learns where, and proposes a name only.
    const { saveDownload } = page.window['hookbench'] as NativeAbilities;
    await client.call('mapping.save', { dataSourceId: dataSource.id, mapping: { id: 'id', title: 'title' } });
    const download = async () =>
      (await client.call('items.download', { dataSourceId: dataSource.id, format: 'ndjson' })).ticket;
    expect(await saveDownload(await download(), '../../items.ndjson')).toBe(false);
    expect(double.saveDialogs).toEqual(['items.ndjson']);
    const written = new Promise((resolve) =>
      client.on('items.exported', (news) => news.state === 'done' && resolve(news.done)),
    );
    savePath = join(dataDir, 'chosen.ndjson');
    expect(await saveDownload(await download(), 'items.ndjson')).toBe(true);
    expect(await written).toBe(2);
    await vi.waitFor(() => expect(readFileSync(savePath ?? '', 'utf8')).toContain('"12345678901234567890"'));

    // The engine dies without a word; the page's port closes, the shell starts it again, the page gets a new port.
    const [first] = double.children;
    if (first instanceof ProcessChild) first.crash();
    await vi.waitFor(() => expect(states).toContain('connecting'), 5000);
    const { captures } = await client.call('captures.list', { dataSourceId: dataSource.id });
    expect(captures).toHaveLength(2);
    expect(double.children).toHaveLength(2);

    client.close();
    double.electron.app.quit();
    await vi.waitFor(() => expect(double.exitCode()).toBe(0), 8000);
    expect(double.children[1]?.killed).toBe(false);
  }, 30_000);
});
