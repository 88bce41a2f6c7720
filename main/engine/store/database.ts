// The only file that touches the SQLite driver: opens a database with the pragmas that our promises need.
import Sqlite from 'better-sqlite3';

export type Database = Sqlite.Database;
export type Statement<P extends unknown[], R> = Sqlite.Statement<P, R>;

/** "HkBn": marks the file as ours, so that a foreign database is refused rather than changed. */
export const applicationId = 0x486b426e;

/**
 * Opens or makes a database file. `synchronous=FULL` is set at every open, because a WAL database otherwise runs
 * `NORMAL` and loses acknowledged rows at power loss; `fullfsync` makes macOS flush the drive, too.
 */
export function openDatabase(file: string): Database {
  const database = new Sqlite(file, { timeout: 2000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32000');
    database.pragma('journal_size_limit = 67108864');
  } catch (error) {
    database.close();
    throw error;
  }
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
  return database.transaction(work).immediate();
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
