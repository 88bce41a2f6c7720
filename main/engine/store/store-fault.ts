// What keeps the store from being written, in words for people: the disk, its rights, another program. Faults of our own
// (a broken constraint, a wrong statement) are none of them.
import { sqliteCode } from './database.ts';

export interface StoreFault {
  /** SQLite's own code. */
  code: string;
  /** Without a full stop, so that its consequence can follow. */
  what: string;
  remedy: string;
}

const faults: [prefix: string, what: string, remedy: string][] = [
  ['SQLITE_FULL', 'The disk is full', 'Free some space.'],
  ['SQLITE_READONLY', 'The store is read-only', 'Give this user the right to write in the data folder.'],
  ['SQLITE_BUSY', 'Another program holds the store', 'Close that program.'],
  ['SQLITE_LOCKED', 'Another program holds the store', 'Close that program.'],
  ['SQLITE_IOERR', 'The disk refuses the store', 'Look at the disk of the data folder.'],
  ['SQLITE_CANTOPEN', 'The store cannot be opened', 'Look at the disk of the data folder.'],
  ['SQLITE_CORRUPT', 'The store is damaged', 'Stop Hookbench and put a copy from a backup in its place.'],
  ['SQLITE_NOTADB', 'The store is damaged', 'Stop Hookbench and put a copy from a backup in its place.'],
];

/** Undefined where the error is not one of the store's surroundings. */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  const code = sqliteCode(error);
  const [, what, remedy] = faults.find(([prefix]) => code?.startsWith(prefix)) ?? [];
  return code && what && remedy ? { code, what, remedy } : undefined;
}
