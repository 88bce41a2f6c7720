// `npm start` before anything opens: which host and why, whether Electron is there, what its installer's failures mean,
// whether a build is fresh, and the Node check, each with real files and real processes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, root, screens } from '../../scripts/build-parts.ts';
import { notDownloaded, notStarted, whyBrowser } from '../../scripts/choose-host.ts';
import { fetchElectron, fetchFailure, findElectron } from '../../scripts/electron-binary.ts';
import { runWindow } from '../../scripts/run-window.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookbench-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('window or browser', () => {
  const here = {
    platform: 'linux' as const,
    env: { DISPLAY: ':0' },
    userId: 1000,
    arguments: [] as string[],
  };
  it('tries a window where there is a display', () => {
    expect(whyBrowser(here)).toBeUndefined();
    expect(whyBrowser({ ...here, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeUndefined();
    expect(whyBrowser({ ...here, platform: 'darwin', env: {} })).toBeUndefined();
    expect(whyBrowser({ ...here, platform: 'win32', env: {}, userId: undefined })).toBeUndefined();
    expect(whyBrowser({ ...here, arguments: ['--data-dir', '/x', '--receiver-port=0'] })).toBeUndefined();
  });
  it('takes the browser without a display, as root, and where a flag of the browser host is given', () => {
    expect(whyBrowser({ ...here, env: {} })).toContain('no display');
    expect(whyBrowser({ ...here, userId: 0 })).toContain('root');
    expect(whyBrowser({ ...here, arguments: ['--control-port=0'] })).toContain('--control-port');
    expect(whyBrowser({ ...here, platform: 'darwin', arguments: ['--no-open'] })).toContain('--no-open');
  });
  it('says why in one plain sentence', () => {
    expect(notDownloaded('no network')).toBe(
      "Electron's program could not be downloaded (no network), so Hookbench opens in your browser.",
    );
    const output =
      'electron: error while loading shared libraries: libnss3.so: cannot open shared object file';
    expect(notStarted(output)).toContain('the system library libnss3.so is missing');
    expect(notStarted('Error: x\n    at y (z.js:1:1)')).not.toContain('at y');
  });
});

describe("Electron's program", () => {
  function install(version: string): void {
    mkdirSync(join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"version":"45.4.1"}');
    writeFileSync(join(folder, 'path.txt'), 'electron');
    writeFileSync(join(folder, 'dist', 'version'), version);
  }
  it('is found where it is whole and of the right version', () => {
    install('45.4.1');
    expect(findElectron(folder)).toBeUndefined();
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(findElectron(folder)).toBe(join(folder, 'dist', 'electron'));
  });
  it('is not found where an older one was left', () => {
    install('44.0.0');
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(findElectron(folder)).toBeUndefined();
  });
  it.each([
    ['TypeError: fetch failed', 'no network'],
    ['Error: getaddrinfo ENOTFOUND github.com', 'no network'],
    ['HTTPError: Response code 403 (Forbidden)', 'the download server answered 403'],
    ['Error: ENOSPC: no space left on device', 'the disk is full'],
    [
      'Error: self-signed certificate in certificate chain',
      'the certificate of the download server was not accepted',
    ],
    ['Error: Electron builds are not available on platform: aix', 'there is none for this system'],
    ['something else', 'its installer failed'],
  ])('tells %j as %j', (output, reason) => expect(fetchFailure(output)).toBe(reason));

  const installer = (code: string) => {
    const file = join(folder, 'install.cjs');
    writeFileSync(file, code);
    return file;
  };
  it('is fetched by its own installer', async () => {
    expect(
      await fetchElectron({ timeoutMs: 10_000, installer: installer('process.exit(0)') }),
    ).toBeUndefined();
  });
  it('gives the reason where the installer fails, and swallows its stack', async () => {
    const code = "console.error(new Error('getaddrinfo ENOTFOUND github.com').stack); process.exit(1)";
    expect(await fetchElectron({ timeoutMs: 10_000, installer: installer(code) })).toBe('no network');
  });
  it('is given up after the limit', async () => {
    const code = 'setInterval(() => {}, 1000)';
    expect(await fetchElectron({ timeoutMs: 100, installer: installer(code) })).toMatch(
      /^it took longer than/,
    );
  });
  it('tells a package that is not there', async () => {
    expect(await fetchElectron({ timeoutMs: 100, installer: join(folder, 'none.js') })).toBe(
      'its package is not installed',
    );
  });
});

describe('running the window', () => {
  // Node stands for Electron's program, and a script for the application's folder.
  function runScript(code: string, startLimitMs = 60_000) {
    const file = join(folder, 'application.cjs');
    writeFileSync(file, code);
    return runWindow({
      program: process.execPath,
      folder: file,
      arguments: ['--data-dir', 'x y'],
      startLimitMs,
    });
  }
  it('passes the arguments on and gives the exit code', async () => {
    expect(
      await runScript("process.exit(process.argv.slice(2).join('|') === '--data-dir|x y' ? 0 : 1)"),
    ).toBe(0);
  });
  it('is a plain Node for nobody', async () => {
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    try {
      expect(await runScript("process.exit('ELECTRON_RUN_AS_NODE' in process.env ? 1 : 0)")).toBe(0);
    } finally {
      delete process.env['ELECTRON_RUN_AS_NODE'];
    }
  });
  it('tells a program that ends at once, without what it wrote', async () => {
    expect(
      await runScript(
        "console.error('x: error while loading shared libraries: libgbm.so.1: no'); process.exit(127)",
      ),
    ).toBe(
      'Electron could not start (the system library libgbm.so.1 is missing), so Hookbench opens in your browser.',
    );
    expect(await runScript("throw new Error('inside')")).toBe(
      'Electron could not start (it ended at once), so Hookbench opens in your browser.',
    );
  });
  it('gives the exit code of a program that ran for a while', async () => {
    expect(await runScript('process.exit(3)', 0)).toBe(3);
  });
  it('tells a program that cannot be run', async () => {
    const run = { program: join(folder, 'none'), folder, arguments: [], startLimitMs: 60_000 };
    expect(await runWindow(run)).toContain('Electron could not start');
  });
});

describe('a fresh build', () => {
  it('depends on the content of the sources alone', () => {
    const part = { ...screens, sources: [join('..', '..', '..', '..', '..', '..', '..', '..', folder)] };
    writeFileSync(join(folder, 'a.ts'), 'one');
    const first = fingerprint(part);
    writeFileSync(join(folder, 'a.ts'), 'one');
    expect(fingerprint(part)).toBe(first);
    writeFileSync(join(folder, 'a.ts'), 'two');
    const second = fingerprint(part);
    expect(second).not.toBe(first);
    writeFileSync(join(folder, 'b.ts'), '');
    expect(fingerprint(part)).not.toBe(second);
  });
});

describe('the Node check', () => {
  const check = pathToFileURL(join(root, 'scripts', 'check-node.mjs')).href;
  function runAs(version: string) {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    const first = `data:text/javascript,${encodeURIComponent(pretend)}`;
    return spawnSync(process.execPath, ['--import', first, '--import', check, '-e', 'console.log("ran")'], {
      encoding: 'utf8',
    });
  }
  it.each(['18.20.0', '20.20.2', '22.17.1', '23.11.0'])(
    'refuses %s in one sentence, with a code of its own',
    (version) => {
      const { status, stdout, stderr } = runAs(version);
      expect(status).toBe(9);
      expect(stdout).toBe('');
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toContain(`this is Node ${version}`);
    },
  );
  it.each(['22.18.0', '24.0.0', '26.1.0'])('lets %s run', (version) => {
    expect(runAs(version)).toMatchObject({ status: 0, stdout: 'ran\n', stderr: '' });
  });
});
