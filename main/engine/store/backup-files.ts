// The backups of the store in the data folder: how they are called, which are there, which go, and how one takes the place of a store that
// cannot be read. A backup is one whole SQLite file; nothing of the store itself is ever deleted here.
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/** As the contract has it. */
export interface Backup {
  /** The name of its file. */
  name: string;
  /** The moment whose store it is. */
  at: string;
  bytes: number;
  /** Made before a newer Hookbench changed the format of the store. */
  beforeUpdate: boolean;
}

/** In the data folder. */
export const backupFolder = 'backups';
export const setAsideFolder = 'set-aside';
/** `hookbench-2026-11-30T02-40-12Z.db`; with `-format-15` a copy from before a change of the format. */
const namePattern = /^hookbench-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)Z(-format-\d+)?\.db$/;
const unfinished = '.unfinished';
/** What must stay free beside a copy, so that calls can still be stored. */
const spareBytes = 256 * 1024 * 1024;

const stampOf = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;

/** The folder of backups, made where it is missing; only this user may look into it. */
export function makeBackupFolder(dataDir: string): string {
  const folder = join(dataDir, backupFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Paths for a backup: it is written to `fresh` and moved to `whole` once it is whole. */
export function backupPaths(dataDir: string, at: Date, format?: number): { fresh: string; whole: string } {
  const whole = join(
    makeBackupFolder(dataDir),
    `hookbench-${stampOf(at)}${format === undefined ? '' : `-format-${format}`}.db`,
  );
  return { fresh: `${whole}${unfinished}`, whole };
}

/** Newest first. Those of an older Hookbench, from before a change of the format, stand among them. */
export function listBackups(dataDir: string): Backup[] {
  const folder = join(dataDir, backupFolder);
  return namesIn(folder)
    .flatMap((name): Backup[] => {
      const match = namePattern.exec(name);
      if (!match) return [];
      return [
        {
          name,
          at: `${match[1]}:${match[2]}:${match[3]}.000Z`,
          bytes: statSync(join(folder, name)).size,
          beforeUpdate: match[4] !== undefined,
        },
      ];
    })
    .sort((a, b) => (a.at === b.at ? b.name.localeCompare(a.name) : b.at.localeCompare(a.at)));
}

/** None where there is no such folder, or none that this user may read: then there is nothing to put back either. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

/** Deletes the oldest ones beyond `keep`, and those from before an update but the newest one; parts of broken-off ones, too. */
export function pruneBackups(dataDir: string, keep: number): void {
  const folder = join(dataDir, backupFolder);
  const all = listBackups(dataDir);
  const gone = [
    ...all.filter(({ beforeUpdate }) => !beforeUpdate).slice(keep),
    ...all.filter(({ beforeUpdate }) => beforeUpdate).slice(1),
  ];
  for (const { name } of gone) rmSync(join(folder, name), { force: true });
  dropUnfinished(dataDir);
}

/** What a kill left half-written. */
export function dropUnfinished(dataDir: string): void {
  const folder = join(dataDir, backupFolder);
  for (const name of namesIn(folder)) {
    if (name.includes(unfinished)) rmSync(join(folder, name), { force: true });
  }
}

/** Whether a copy of so many bytes leaves room for what else is written. */
export function hasRoomFor(dataDir: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize > bytes + spareBytes;
}

/** The format of a store that nobody has open, from where SQLite keeps `user_version`. Opening it would make files beside it. */
export function formatOf(file: string): number {
  const header = Buffer.alloc(64);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, header.length, 0);
  } finally {
    closeSync(handle);
  }
  return header.readUInt32BE(60);
}

/** Copies a store that nobody writes, whole or not at all. Throws where the disk takes no copy. */
export function copyStore(dataDir: string, file: string, at: Date, format: number): void {
  const { fresh, whole } = backupPaths(dataDir, at, format);
  try {
    copyFileSync(file, fresh, constants.COPYFILE_FICLONE);
    finish(fresh, whole);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Gives a written copy its name, once it is on the disk. */
export function finish(fresh: string, whole: string): void {
  chmodSync(fresh, 0o600);
  flush(fresh);
  renameSync(fresh, whole);
  flush(join(whole, '..'));
}

function flush(path: string): void {
  const isFolder = statSync(path).isDirectory();
  // Windows opens no folders, and flushes only what is opened for writing; elsewhere no folder can be.
  if (isFolder && process.platform === 'win32') return;
  const handle = openSync(path, isFolder ? 'r' : 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Stands beside the store while a backup takes its place: where it is left, and the store is not, nobody may begin a fresh store. */
export const comingStore = (file: string): string => `${file}${unfinished}`;

/**
 * Puts a backup into the place of the store at `file`. What lies there, with its log, is moved aside whole, never deleted.
 * Gives the folder where it lies, undefined where there was nothing. The backup stays.
 */
export function putBack(dataDir: string, file: string, name: string, now: Date): string | undefined {
  const backup = join(dataDir, backupFolder, name);
  const fresh = comingStore(file);
  try {
    copyFileSync(backup, fresh, constants.COPYFILE_FICLONE);
    chmodSync(fresh, 0o600);
    flush(fresh);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  // The store before its log: a store without its log would open, and lack what stands in the log alone.
  const parts = ['', '-wal', '-shm'].map((ending) => `${file}${ending}`).filter(existsSync);
  const aside = parts.length > 0 ? newFolderAside(dataDir, now) : undefined;
  if (aside) for (const part of parts) renameSync(part, join(aside, basename(part)));
  renameSync(fresh, file);
  flush(dataDir);
  return aside;
}

/** What was moved aside before stays as it is. */
function newFolderAside(dataDir: string, now: Date): string {
  const wanted = join(dataDir, setAsideFolder, stampOf(now));
  let folder = wanted;
  for (let count = 2; existsSync(folder); count += 1) folder = `${wanted}-${count}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
