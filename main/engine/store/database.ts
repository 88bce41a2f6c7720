// The only file that touches the SQLite driver: opens a database with the pragmas that our promises need.
import Sqlite from 'better-sqlite3';

export type Database = Sqlite.Database;
export type Statement<P extends unknown[], R> = Sqlite.Statement<P, R>;

/** "HkBn": marks the file as ours, so that a foreign database is refused rather than changed. */
export const applicationId = 0x486b426e;

/** While it is opened, another program may hold the store this long. */
const openTimeoutMs = 2_000;
/** From then on the driver waits on the engine's loop, so it gives up soon; who must not fail tries again later. */
const busyTimeoutMs = 25;
/** From this many pages in the write-ahead log on a commit copies itself what checkpoints.ts has left. */
const pagesToCommit = 16_000;

const committed = new WeakMap<Database, () => void>();

/**
 * Opens or makes a database file. `synchronous=FULL` is set at every open, because a WAL database otherwise runs
 * `NORMAL` and loses acknowledged rows at power loss; `fullfsync` makes macOS flush the drive, too.
 * `look` reads before anything is set, and may throw: a file that is not ours stays as it is.
 */
export function openDatabase(
  file: string,
  as: 'fresh' | 'existing' = 'existing',
  look?: (database: Database) => void,
): Database {
  const database = new Sqlite(file, { timeout: openTimeoutMs });
  try {
    look?.(database);
    // Counts only before the first table is made: space of deleted rows can then be given back piece by piece.
    if (as === 'fresh') database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32000');
    database.pragma('journal_size_limit = 67108864');
    database.pragma(`wal_autocheckpoint = ${pagesToCommit}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Opens an existing database for `copyLog` alone, with the durability of the connection that writes. */
export function openBeside(file: string): Database {
  const database = new Sqlite(file, { fileMustExist: true, timeout: openTimeoutMs });
  database.pragma('synchronous = FULL');
  database.pragma('fullfsync = ON');
  return database;
}

/** The pages of the write-ahead log, and how many of them are not in the file yet. */
export function logState(database: Database): { pages: number; uncopied: number } {
  const [state] = database.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return { pages: state?.log ?? 0, uncopied: state ? state.log - state.checkpointed : 0 };
}

/**
 * Copies the write-ahead log into the file, as far as no reader needs the former pages; neither waits for anyone nor holds anyone up. Gives how
 * many pages of the log are in the file then.
 */
export function copyLog(database: Database): number {
  const [state] = database.pragma('wal_checkpoint(PASSIVE)') as { checkpointed: number }[];
  return state?.checkpointed ?? 0;
}

/** `listener` hears of each transaction of `transact` and its kin once it has ended. */
export function onCommitted(database: Database, listener: (() => void) | undefined): void {
  if (listener) committed.set(database, listener);
  else committed.delete(database);
}

/** Opens an existing database for reading only, beside the connection that writes. */
export function openReader(file: string): Database {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  database.pragma('query_only = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -16000');
  return database;
}

/**
 * Opens or makes a database of what can be made again from the store, for one thread alone. A power cut may take back its last
 * transactions, never damage it.
 */
export function openDerivedDatabase(file: string): Database {
  const database = new Sqlite(file, { timeout: openTimeoutMs });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32000');
    database.pragma('journal_size_limit = 67108864');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** For the time after opening: a lock of another program must not hold up the engine's loop. */
export function waitBriefly(database: Database): void {
  database.pragma(`busy_timeout = ${busyTimeoutMs}`);
}

/** A private database in a temporary file of SQLite's own, without any promise: for what is thrown away. */
export function openScratchDatabase(): Database {
  const database = new Sqlite('');
  database.pragma('foreign_keys = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('journal_mode = OFF');
  database.pragma('cache_size = -16000');
  return database;
}

/** Holds `BEGIN EXCLUSIVE` on the file until `release`, or undefined when another process holds it. */
export function holdExclusively(file: string): { release(): void } | undefined {
  const database = new Sqlite(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
  return {
    release() {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** SQLite's own code (`SQLITE_FULL`, …) of an error of the driver. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Sqlite.SqliteError ? error.code : undefined;
}

/** Runs `work` in one `BEGIN IMMEDIATE` transaction; nothing of it stays when it throws. */
export function transact<T>(database: Database, work: () => T): T {
  const result = database.transaction(work).immediate();
  committed.get(database)?.();
  return result;
}

/**
 * Like `transact`, without waiting for the disk: for what can be made again from stored captures. A power loss may take it
 * back as a whole; a kill does not. The next `transact` makes it durable, too.
 */
export function transactRepeatable<T>(database: Database, work: () => T): T {
  database.pragma('synchronous = NORMAL');
  try {
    return transact(database, work);
  } finally {
    database.pragma('synchronous = FULL');
  }
}

/**
 * Runs `work` in one transaction without looking for rows that refer to what it deletes; the caller has removed them. The
 * look would read a whole table where no index leads to them.
 */
export function transactUnreferenced<T>(database: Database, work: () => T): T {
  database.pragma('foreign_keys = OFF');
  try {
    return transact(database, work);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

/** Bytes of the file that hold nothing, and whether they can be given back (stores of the first days cannot). */
export function freeSpace(database: Database): { bytes: number; returnable: boolean } {
  const pages = database.pragma('freelist_count', { simple: true }) as number;
  const pageSize = database.pragma('page_size', { simple: true }) as number;
  const incremental = database.pragma('auto_vacuum', { simple: true }) === 2;
  return { bytes: pages * pageSize, returnable: incremental };
}

/** Gives about `bytes` of free space back; the file shrinks at the next checkpoint. */
export function giveSpaceBack(database: Database, bytes: number): void {
  const pageSize = database.pragma('page_size', { simple: true }) as number;
  const pages = Math.max(1, Math.round(bytes / pageSize));
  transactRepeatable(database, () => database.pragma(`incremental_vacuum(${pages})`));
}

/**
 * Writes the store as it is now to `to`, while others go on writing. One read transaction holds the moment; without it SQLite would begin
 * anew at every write of another connection. `onStep` gets the share that is done (0 to 1) and gives how many pages come next; what
 * it throws breaks the copy off. The copy is one file without a log beside it.
 */
export async function copyOfMoment(
  file: string,
  to: string,
  onStep: (share: number) => number,
): Promise<void> {
  const source = openReader(file);
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => onStep(1 - remainingPages / Math.max(1, totalPages)),
    });
  } finally {
    source.close();
  }
}

/** What SQLite finds wrong in a file that nobody else has open; undefined where it is whole. It stays one file afterwards. */
export function firstFault(file: string): string | undefined {
  const database = new Sqlite(file, { fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
    const check = database.pragma('quick_check(1)', { simple: true });
    return check === 'ok' ? undefined : String(check);
  } finally {
    database.close();
  }
}
