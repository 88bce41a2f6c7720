// The key that seals secrets in the store: 32 random bytes, kept in the data folder only as sealed by the operating
// system's key store. Threats: the key in clear on disk; a new key in the place of one that cannot be opened now (which
// would make every stored secret unreadable for good). A key file that does not open is therefore never replaced.
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SafeStorage } from 'electron';
import { errorFacts, type Log } from '../log/log.ts';

/** `weak`: sealed, but with a key that every program of this user knows; `none`: there is no key this time. */
export type VaultProtection = 'system' | 'weak' | 'none';

export interface VaultKey {
  /** base64 of 32 bytes; undefined with `none`. */
  key?: string;
  protection: VaultProtection;
}

type KeyStore = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface VaultKeyDeps {
  safeStorage: KeyStore;
  /** Absolute path of the sealed key. */
  file: string;
  platform: NodeJS.Platform;
  log: Log;
}

/** Opens the key or makes it. Never rejects because of the key store: without one the protection is `none`. */
export async function openVaultKey({ safeStorage, file, platform, log }: VaultKeyDeps): Promise<VaultKey> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable()))
      return unavailable('there is no key store on this system');
    const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
    const protection = backend === 'basic_text' || backend === 'unknown' ? 'weak' : 'system';
    if (protection === 'weak') log('warning', 'the key store of this system protects weakly', { backend });
    const sealed = await readSealed(file);
    if (!sealed) {
      const key = randomBytes(32).toString('base64');
      await writeSealed(file, await safeStorage.encryptStringAsync(key));
      return { key, protection };
    }
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
    if (Buffer.from(result, 'base64').length !== 32) return unavailable('the sealed key is damaged');
    if (shouldReEncrypt) await writeSealed(file, await safeStorage.encryptStringAsync(result));
    return { key: result, protection };
  } catch (error) {
    return unavailable('the sealed key could not be opened', errorFacts(error));
  }

  function unavailable(what: string, facts = {}): VaultKey {
    log('warning', what, facts);
    return { protection: 'none' };
  }
}

async function readSealed(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all: a crash in between leaves the old file. */
async function writeSealed(file: string, sealed: Buffer): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, sealed, { mode: 0o600, flush: true });
  await rename(draft, file);
}
