// The key that seals secrets where no key store of an operating system is at hand (serve): 32 random bytes in a file of the data folder
// that only this user can read. Threats: other users of the machine (mode 0600); a new key in the place of one that cannot be read, which
// would make every stored secret unreadable for good, so a file that is there is never replaced. Whoever can read the folder can open the
// secrets: the file keeps them out of copies of the store, not from this user's programs.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorFacts, type Log } from './log/log.ts';

const keyBytes = 32;
const fileName = 'vault-key';

/** Reads the key or makes it. Undefined where it cannot be read; then secrets cannot be kept or opened, and everything else works. */
export function readOrMakeVaultKey(dataDir: string, log: Log): Uint8Array | undefined {
  const file = join(dataDir, fileName);
  try {
    return readKey(file) ?? makeKey(dataDir, file);
  } catch (error) {
    log('warning', 'the key of the stored secrets could not be read', { file, ...errorFacts(error) });
    return undefined;
  }
}

/** Undefined where there is no file. */
function readKey(file: string): Uint8Array | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes) throw new Error('The file does not hold a key of 32 bytes in base64.');
  return new Uint8Array(key);
}

/** Written whole under another name first; of two programs that start at once the first one's key stays. */
function makeKey(dataDir: string, file: string): Uint8Array {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, randomBytes(keyBytes).toString('base64'));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const key = readKey(file);
  if (!key) throw new Error('The key file is gone again.');
  return key;
}
