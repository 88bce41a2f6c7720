// The sealed key: made once, opened again, never replaced where it does not open.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openVaultKey } from '../../main/desktop/vault-key.ts';
import { createLog } from '../../main/log/log.ts';
import { createElectronDouble, type DoubleOptions } from '../fakes/electron-double.ts';

let folder = '';
let lines: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookbench-vault-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open(options: DoubleOptions = {}, platform: NodeJS.Platform = 'linux') {
  const double = createElectronDouble(options);
  await double.ready();
  const file = join(folder, 'vault.key');
  const log = createLog((line) => lines.push(line));
  return openVaultKey({ safeStorage: double.electron.safeStorage as never, file, platform, log });
}

it('makes 32 random bytes, keeps them sealed and readable by the user alone, and opens them again', async () => {
  const made = await open();
  expect(made.protection).toBe('system');
  expect(Buffer.from(made.key ?? '', 'base64')).toHaveLength(32);
  const file = join(folder, 'vault.key');
  expect(readFileSync(file, 'utf8')).not.toContain(made.key);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await open()).toEqual(made);
  expect(lines).toEqual([]);
});

it('says so where the protection is weak', async () => {
  expect((await open({ storageBackend: 'basic_text' })).protection).toBe('weak');
  expect(lines.join()).toContain('the key store of this system protects weakly');
  expect(lines.join()).toContain('basic_text');
});

it('goes without a key where there is no key store', async () => {
  expect(await open({ encryption: false })).toEqual({ protection: 'none' });
  expect(existsSync(join(folder, 'vault.key'))).toBe(false);
});

it.each(['of another machine', 'sealed:dG9vIHNob3J0'])(
  'never replaces a key that does not open: %s',
  async (content) => {
    const file = join(folder, 'vault.key');
    writeFileSync(file, content);
    expect(await open()).toEqual({ protection: 'none' });
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(lines).toHaveLength(1);
  },
);
