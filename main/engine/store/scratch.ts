// A store for trying out: the same tables, empty, in a file of SQLite's own that is gone when it is closed.
import { type Database, openScratchDatabase } from './database.ts';
import { migrations } from './migrations/migrations.ts';

export interface Scratch {
  database: Database;
  close(): void;
}

/** References between tables are not checked in it, so that items can stand there alone. */
export function openScratch(): Scratch {
  const database = openScratchDatabase();
  for (const { sql } of migrations) database.exec(sql);
  return { database, close: () => void database.close() };
}
