// Opens the data folder: makes it private, locks it, opens the store, refuses what is damaged, foreign or newer, and
// brings an older store up to date. Never puts a fresh store in the place of one that cannot be read.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  backupFolder,
  comingStore,
  copyStore,
  formatOf,
  hasRoomFor,
  listBackups,
  putBack,
  setAsideFolder,
} from './backup-files.ts';
import {
  applicationId,
  type Database,
  holdExclusively,
  openDatabase,
  sqliteCode,
  transact,
  waitBriefly,
} from './database.ts';
import { EngineStartError } from './engine-start-error.ts';
import { migrations } from './migrations/migrations.ts';

export interface Store {
  database: Database;
  /** Brings what was copied into the file onto the disk, beside the loop. */
  sync(): Promise<void>;
  /** What was done at this start that people may want to know. */
  notes: string[];
  /** Checkpoints, closes and gives the folder free. */
  close(): void;
}

const storeFile = 'hookbench.db';
const syncFile = promisify(fsync);
const lockFile = 'hookbench.lock';

/** Stores up to this size are checked page by page at every start; a larger one would hold the start up for seconds. */
const fullCheckMaxBytes = 256 * 1024 * 1024;

export interface StoreOptions {
  /** Put this backup (its file name, or `newest`) in the place of the store first. */
  restoreBackup?: string | undefined;
}

export function openStore(dataDir: string, { restoreBackup }: StoreOptions = {}): Store {
  makeFolder(dataDir);
  const lock = lockFolder(dataDir);
  try {
    const file = join(dataDir, storeFile);
    const notes = restoreBackup === undefined ? [] : [restore(dataDir, file, restoreBackup)];
    const database = openChecked(dataDir, file, notes);
    // Closed after the database only: on POSIX the first close of a file ends all locks that this program has on it.
    const descriptor = openSync(file, 'r+');
    return {
      database,
      notes,
      sync: () => syncFile(descriptor),
      close() {
        try {
          database.pragma('wal_checkpoint(TRUNCATE)');
        } finally {
          database.close();
          closeSync(descriptor);
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EngineStartError(
      'folderNotWritable',
      `The data folder ${dataDir} cannot be written (${reasonOf(error)}). Choose another folder or give this user the right to write there.`,
      error,
    );
  }
}

function lockFolder(dataDir: string): { release(): void } {
  let lock: { release(): void } | undefined;
  try {
    const file = join(dataDir, lockFile);
    makePrivate(file);
    lock = holdExclusively(file);
  } catch (error) {
    throw new EngineStartError(
      'folderNotWritable',
      `The data folder ${dataDir} cannot be locked (${reasonOf(error)}). Look whether the disk is full or read-only.`,
      error,
    );
  }
  if (!lock) {
    throw new EngineStartError(
      'folderLocked',
      `Another Hookbench uses the data folder ${dataDir}. Close it, or start this one with another --data-dir.`,
    );
  }
  return lock;
}

/** Gives the sentence that tells of it. */
function restore(dataDir: string, file: string, wanted: string): string {
  const backups = listBackups(dataDir);
  const backup = wanted === 'newest' ? backups[0] : backups.find(({ name }) => name === wanted);
  if (!backup) {
    const known =
      backups.length === 0
        ? 'There is none.'
        : `There is ${backups.map(({ name }) => name).join(', ')}, or "newest".`;
    throw new EngineStartError(
      'backupMissing',
      `There is no backup "${wanted}" in ${join(dataDir, backupFolder)}. ${known} Nothing was changed.`,
    );
  }
  try {
    const format = formatOf(join(dataDir, backupFolder, backup.name));
    if (format > migrations.length) throw newerStore(`The backup ${backup.name}`, format);
    const aside = putBack(dataDir, file, backup.name, new Date());
    return `The backup of ${backup.at} is in the place of the store${aside ? `, which lies in ${aside} now` : ''}.`;
  } catch (error) {
    if (error instanceof EngineStartError) throw error;
    throw new EngineStartError(
      'folderNotWritable',
      `The backup ${backup.name} could not be put back (${reasonOf(error)}). Look whether the disk is full or read-only.`,
      error,
    );
  }
}

function openChecked(dataDir: string, file: string, notes: string[]): Database {
  const damaged = (why: string, cause?: unknown) => damagedStore(dataDir, file, why, cause);
  let database: Database | undefined;
  try {
    if (!existsSync(file)) {
      if (existsSync(`${file}-wal`)) throw damaged('it is missing, while its write-ahead log is still there');
      if (existsSync(comingStore(file)))
        throw damaged(
          `putting a backup in its place was broken off; what was there lies in ${setAsideFolder}`,
        );
      makeStore(file);
    }
    // Of a copy that was broken off while the store was still there.
    rmSync(comingStore(file), { force: true });
    const size = statSync(file).size;
    if (size === 0) throw damaged('it is empty');
    for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, 0o600);
    database = openDatabase(file, 'existing', (opened) => refuseForeignOrNewer(opened, file, damaged));
    if (size <= fullCheckMaxBytes) {
      const check = database.pragma('quick_check(1)', { simple: true });
      if (check !== 'ok') throw damaged(String(check));
    }
    const version = database.pragma('user_version', { simple: true }) as number;
    if (version < migrations.length) {
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
      keepFormer(dataDir, file, version, notes);
      database = openDatabase(file);
    }
    migrate(database);
    waitBriefly(database);
    return database;
  } catch (error) {
    database?.close();
    const code = sqliteCode(error) ?? '';
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') throw damaged(code, error);
    if (code.startsWith('SQLITE_')) {
      throw new EngineStartError(
        'folderNotWritable',
        `The store ${file} cannot be opened for writing (${code}). Look whether the disk is full or the file is read-only.`,
        error,
      );
    }
    throw error;
  }
}

/** Makes a store under another name and moves it into place whole, so that an empty or half-made file is always damage. */
function makeStore(file: string): void {
  const fresh = `${file}.new`;
  for (const ending of ['', '-wal', '-shm']) rmSync(`${fresh}${ending}`, { force: true });
  makePrivate(fresh);
  const database = openDatabase(fresh, 'fresh');
  try {
    migrate(database);
  } finally {
    database.close();
  }
  renameSync(fresh, file);
}

/** Before SQLite opens it: its log and its shared memory get the mode of the file. */
function makePrivate(file: string): void {
  writeFileSync(file, '', { flag: 'a', mode: 0o600 });
  chmodSync(file, 0o600);
}

function refuseForeignOrNewer(
  database: Database,
  file: string,
  damaged: (why: string) => EngineStartError,
): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  const owner = database.pragma('application_id', { simple: true }) as number;
  const tables = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get();
  if (owner !== applicationId && (tables?.count ?? 0) > 0) {
    throw damaged('it is a database of another program');
  }
  if (version > migrations.length) {
    throw newerStore(`The store ${file}`, version);
  }
}

const newerStore = (what: string, format: number) =>
  new EngineStartError(
    'storeNewer',
    `${what} was written by a newer Hookbench (format ${format}; this one knows ${migrations.length}). Start the newer Hookbench, or choose another --data-dir. Nothing was changed.`,
  );

/**
 * Copies a store whose format is about to change. Where that fails the change goes on: each of its steps is whole or not at all. Nobody may have the
 * file open: on POSIX the first close of a file ends all locks that this program has on it.
 */
function keepFormer(dataDir: string, file: string, version: number, notes: string[]): void {
  try {
    if (!hasRoomFor(dataDir, statSync(file).size)) throw new Error('the disk has no room for it');
    copyStore(dataDir, file, new Date(), version);
  } catch (error) {
    notes.push(`The store was brought up to date without a copy of it before: ${reasonOf(error)}.`);
  }
}

function migrate(database: Database): void {
  for (;;) {
    const version = database.pragma('user_version', { simple: true }) as number;
    const step = migrations[version];
    if (!step) return;
    transact(database, () => {
      database.exec(step.sql);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${version + 1}`);
    });
  }
}

function damagedStore(dataDir: string, file: string, why: string, cause?: unknown): EngineStartError {
  const [backup] = listBackups(dataDir);
  const remedy = backup
    ? `There is a backup of ${backup.at} (${Math.ceil(backup.bytes / 1_000_000).toLocaleString('en')} MB): it can be put in its place, and the damaged store is kept beside it. What came after that moment is not in it.`
    : 'There is no backup here. Put a copy of it from elsewhere in its place, or start with another --data-dir.';
  return new EngineStartError(
    'storeDamaged',
    `The store ${file} cannot be read (${why}). It was left as it is. ${remedy}`,
    cause,
    backup,
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
