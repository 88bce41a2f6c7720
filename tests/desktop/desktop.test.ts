// The shell as a whole, on the Electron double: order of the start, who gets a port, what a page may do, the failure page,
// one instance only, the end.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createElectronDouble,
  type DoubleOptions,
  FrameDouble,
  preventable,
} from '../fakes/electron-double.ts';
import type { ScriptedChild } from '../fakes/electron-double-utility-process.ts';

const ready = { t: 'ready', receiver: { host: '127.0.0.1', port: 4870, url: 'http://127.0.0.1:4870' } };
const requestPort = 'hookbench:request-port';
const given = process.argv;
let dataDir = '';

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookbench-desktop-'));
  vi.stubEnv('HOOKBENCH_DATA_DIR', dataDir);
  vi.resetModules();
});
afterEach(() => {
  process.argv = given;
  vi.unstubAllEnvs();
  vi.doUnmock('electron');
  rmSync(dataDir, { recursive: true });
});

/** Runs the entry up to and including `ready`. */
async function run(options: DoubleOptions = {}, flags: string[] = []) {
  const double = createElectronDouble(options);
  vi.doMock('electron', () => double.electron);
  process.argv = ['electron', '.', ...flags];
  await import('../../main/desktop.ts');
  await double.ready();
  const child = () => double.children.at(-1) as ScriptedChild;
  const window = () => {
    const [first] = double.windows;
    if (!first) throw new Error('There is no window.');
    return first;
  };
  return { double, child, window, frame: () => window().webContents.mainFrame };
}

/** Up to a running engine and a loaded page. */
async function runReady(options: DoubleOptions = {}, flags: string[] = []) {
  const shell = await run(options, flags);
  await vi.waitFor(() => expect(shell.child().received).toHaveLength(1));
  shell.child().say(ready);
  await vi.waitFor(() => expect(shell.frame().origin).toBe('app://hookbench'));
  return shell;
}

describe('the start', () => {
  it('does what must be done before ready before it, and makes the window last', async () => {
    const { double } = await runReady();
    expect(double.journal).toEqual([
      'app.setPath userData',
      'app.requestSingleInstanceLock',
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'ready',
      'session.defaultSession',
      'protocol.handle',
      'Menu.setApplicationMenu',
      'screen.getAllDisplays',
      'new BrowserWindow',
      'utilityProcess.fork',
    ]);
    expect(double.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(double.paths.get('userData')).toBe(join(dataDir, 'window'));
  });

  it('tells the engine folder, port, version and a key, and keeps its output', async () => {
    const { child } = await runReady({}, ['--receiver-port=0', '--inspect-nothing']);
    expect(child().received[0]?.message).toEqual({
      t: 'start',
      dataDir,
      receiverPort: 0,
      version: '9.8.7',
      vaultKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
    expect(child().options).toMatchObject({ stdio: 'pipe' });
    expect(child().modulePath).toMatch(/engine-process\.js$/);
  });

  it('starts the engine without a key where there is no key store', async () => {
    const { child } = await runReady({ encryption: false });
    expect(child().received[0]?.message).not.toHaveProperty('vaultKey');
    expect(readFileSync(join(dataDir, 'hookbench.log'), 'utf8')).toContain(
      'there is no key store on this system',
    );
  });

  it('shows the window once the page can be seen', async () => {
    const { window } = await runReady();
    await vi.waitFor(() => expect(window().calls).toContain('show'));
    expect(window().url).toBe('app://hookbench/');
  });

  it('says why where the data folder cannot be made', async () => {
    writeFileSync(join(dataDir, 'file'), '');
    vi.stubEnv('HOOKBENCH_DATA_DIR', join(dataDir, 'file', 'below'));
    const { double } = await run();
    expect(double.boxes[0]).toContain('HOOKBENCH_DATA_DIR');
    expect(double.exitCode()).toBe(1);
    expect(double.windows).toHaveLength(0);
  });
});

describe('one instance', () => {
  it('ends at once where another one runs, without window or engine', async () => {
    const { double } = await run({ firstInstance: false });
    expect(double.exitCode()).toBe(0);
    expect(double.windows).toHaveLength(0);
    expect(double.children).toHaveLength(0);
  });
  it('brings the window to the front when it is started again', async () => {
    const { double, window } = await runReady();
    window().minimized = true;
    double.electron.app.emit('second-instance', {}, [], '', null);
    expect(window().minimized).toBe(false);
    expect(window().calls).toContain('focus');
    expect(double.windows).toHaveLength(1);
  });
});

describe('ports', () => {
  it('gives one end to the engine and one to the frame that asked', async () => {
    const { double, child, frame } = await runReady();
    double.send(frame(), requestPort);
    expect(child().received.at(-1)?.message).toEqual({ t: 'attach' });
    expect(frame().delivered).toHaveLength(1);
    const ours = child().received.at(-1)?.ports[0];
    const theirs = frame().delivered[0]?.ports[0];
    const heard = new Promise((resolve) => theirs?.once('message', (event) => resolve(event.data)));
    theirs?.start();
    ours?.postMessage({ t: 'hello', version: 'x' });
    expect(await heard).toEqual({ t: 'hello', version: 'x' });
    ours?.close();
  });

  it('gives nothing to a foreign or inner frame', async () => {
    const { double, child, frame } = await runReady();
    const inner = Object.assign(new FrameDouble(), { origin: 'app://hookbench', parent: frame() });
    const foreign = Object.assign(new FrameDouble(), { origin: 'https://evil.example' });
    for (const asking of [inner, foreign, null]) double.send(asking, requestPort);
    expect(child().received).toHaveLength(1);
    expect(inner.delivered).toEqual([]);
    expect(foreign.delivered).toEqual([]);
  });
});

describe('what a page may do', () => {
  it('stays inside our origin', async () => {
    const { window } = await runReady();
    const go = (name: string, url: string, isMainFrame = true) => {
      const event = preventable({ url, isMainFrame });
      window().webContents.emit(name, event);
      return !event.defaultPrevented;
    };
    expect(go('will-navigate', 'app://hookbench/settings')).toBe(true);
    expect(go('will-frame-navigate', 'app://hookbench/settings')).toBe(true);
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(go(name, 'https://evil.example/')).toBe(false);
      expect(go(name, 'file:///etc/passwd')).toBe(false);
    }
    expect(go('will-frame-navigate', 'app://hookbench/', false)).toBe(false);
    expect(go('will-attach-webview', 'app://hookbench/')).toBe(false);
  });

  it('makes no window; a vetted link opens in the browser, another one not', async () => {
    const { double, window } = await runReady();
    const open = window().webContents.windowOpenHandler;
    expect(open?.({ url: 'https://docs.github.com/webhooks' })).toEqual({ action: 'deny' });
    expect(open?.({ url: 'file:///bin/sh' })).toEqual({ action: 'deny' });
    expect(
      await double.invoke(
        window().webContents.mainFrame,
        'hookbench:open-external',
        'https://stripe.com/docs',
      ),
    ).toBe(true);
    expect(await double.invoke(window().webContents.mainFrame, 'hookbench:open-external', 'smb://x/y')).toBe(
      false,
    );
    expect(
      await double.invoke(window().webContents.mainFrame, 'hookbench:open-external', { toString: 1 }),
    ).toBe(false);
    expect(await double.invoke(new FrameDouble(), 'hookbench:open-external', 'https://stripe.com/docs')).toBe(
      false,
    );
    expect(double.opened).toEqual(['https://docs.github.com/webhooks', 'https://stripe.com/docs']);
  });

  it('gets the clipboard for writing and no other permission, no device', async () => {
    const { double } = await runReady();
    const ask = (name: string, isMainFrame = true, requestingUrl = 'app://hookbench/') => {
      let granted: boolean | undefined;
      double.permissions.request?.(
        {},
        name,
        (decision) => {
          granted = decision;
        },
        { isMainFrame, requestingUrl },
      );
      expect(double.permissions.check?.({}, name, requestingUrl, { isMainFrame })).toBe(granted);
      return granted;
    };
    expect(ask('clipboard-sanitized-write')).toBe(true);
    expect(ask('clipboard-sanitized-write', false)).toBe(false);
    expect(ask('clipboard-sanitized-write', true, 'https://evil.example/')).toBe(false);
    expect(ask('notifications')).toBe(false);
    expect(double.permissions.device?.()).toBe(false);
  });

  it('is loaded again once when it crashes, and not in a circle', async () => {
    const { window } = await runReady();
    for (let round = 0; round < 3; round += 1) {
      window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    }
    expect(window().webContents.reloads).toBe(1);
  });
});

describe('an engine that ends', () => {
  it('is told to the page, which asks for a port to the next one', async () => {
    const { double, child, frame } = await runReady();
    child().end(1);
    expect(frame().delivered.map(({ channel }) => channel)).toEqual(['hookbench:port-lost']);
    double.send(frame(), requestPort);
    await vi.waitFor(() => expect(double.children).toHaveLength(2), 3000);
    await vi.waitFor(() => expect(child().received).toHaveLength(1));
    child().say(ready);
    expect(child().received.at(-1)?.message).toEqual({ t: 'attach' });
  });
});

describe('an engine that cannot run', () => {
  it('shows the reason in the window; asking for a port again starts it again', async () => {
    const { double, child, window, frame } = await run();
    await vi.waitFor(() => expect(double.children).toHaveLength(1));
    child().say({
      t: 'failed',
      code: 'portTaken',
      message: 'Port 4870 is taken. Choose another with --receiver-port.',
    });
    await vi.waitFor(() => expect(window().url).toBe('app://hookbench/engine-failed'));
    const page = await double.request('app://hookbench/engine-failed');
    const markup = await page?.text();
    expect(markup).toContain('Port 4870 is taken.');
    expect(markup).toContain('--receiver-port');
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");

    double.send(frame(), requestPort);
    await vi.waitFor(() => expect(double.children).toHaveLength(2));
    await vi.waitFor(() => expect(child().received).toHaveLength(1));
    child().say(ready);
    expect(child().received.at(-1)?.message).toEqual({ t: 'attach' });
    expect((await double.request('app://hookbench/engine-failed'))?.status).toBe(404);
  });
});

describe('the end', () => {
  it('stops the engine before the program ends, once', async () => {
    const { double, child, window } = await runReady();
    window().bounds = { x: 5, y: 6, width: 900, height: 600 };
    double.electron.app.quit();
    double.electron.app.quit();
    expect(double.exitCode()).toBeUndefined();
    expect(child().received.filter(({ message }) => (message as { t: string }).t === 'stop')).toHaveLength(1);
    child().end(0);
    await vi.waitFor(() => expect(double.exitCode()).toBe(0));
    expect(child().killed).toBe(false);
    const kept = JSON.parse(readFileSync(join(dataDir, 'window', 'window.json'), 'utf8'));
    expect(kept).toEqual({ x: 5, y: 6, width: 900, height: 600, maximized: false });
  });

  it.runIf(process.platform !== 'darwin')('comes when the last window is closed', async () => {
    const { double, child, window } = await runReady();
    window().close();
    child().end(0);
    await vi.waitFor(() => expect(double.exitCode()).toBe(0));
  });
});
