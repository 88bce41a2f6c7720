// The index of the words of captures: a database of its own, that one worker thread writes and reads. Everything in it can be made again
// from the store, so a damaged or foreign one is thrown away.
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { type Database, openDerivedDatabase, sqliteCode, transact } from '../store/database.ts';

/** Raised with every change of what is indexed; another one is thrown away and built anew. */
const version = 2;
/** Words with a beginning that are named one by one. */
const mostWords = 24;
/** Calls in a row whose times are kept as one span. */
const callsInSpan = 512;

export interface IndexedCall {
  sequence: number;
  receivedAt: number;
  facts: string;
  head: string;
  body: string;
  /** Only a part of the body is in `body`. */
  isCut: boolean;
}

/** How far the index is. */
export interface WordsCursor {
  sequence: number;
  /** The id of that call: another one at its place means that the store is not the one that was indexed. */
  captureId: string;
}

function open(file: string): Database {
  writeFileSync(file, '', { flag: 'a', mode: 0o600 });
  chmodSync(file, 0o600);
  const database = openDerivedDatabase(file);
  try {
    if (database.pragma('user_version', { simple: true }) === version) return database;
    const tables = database
      .prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema')
      .get();
    if ((tables?.count ?? 0) > 0) throw new OtherVersion();
    transact(database, () => {
      // A row's number is the call's sequence, so that the newest match comes first without sorting. The words stand in the store only.
      database.exec(`
        CREATE VIRTUAL TABLE words USING fts5 (
          facts, head, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        );
        -- When the calls of a part of the order were received, first and last: clocks go back, and files bring old calls.
        CREATE TABLE spans (span INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
        CREATE TABLE cut_calls (sequence INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE cursor (only INTEGER PRIMARY KEY CHECK (only = 1), sequence INTEGER NOT NULL, capture_id TEXT NOT NULL) STRICT;
        PRAGMA user_version = ${version};
      `);
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class OtherVersion extends Error {}

export function openWords(file: string): Database {
  try {
    return open(file);
  } catch (error) {
    const code = sqliteCode(error) ?? '';
    const isUnreadable =
      error instanceof OtherVersion || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
    if (!isUnreadable) throw error;
    for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    return open(file);
  }
}

export function createCaptureWordsTable(database: Database) {
  // The words of the index, in order. Gone with the connection.
  database.exec('CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, instance)');
  const nextTerm = database.prepare<[string, string], { term: string }>(
    'SELECT term FROM temp.terms WHERE term >= ? AND term < ? LIMIT 1',
  );
  const putSpan = database.prepare<[number, number, number], never>(
    `INSERT INTO spans (span, first, last) VALUES (?, ?, ?)
      ON CONFLICT (span) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`,
  );
  const firstSpan = database.prepare<[number], { span: number | null }>(
    'SELECT min(span) AS span FROM spans WHERE last >= ?',
  );
  const lastSpan = database.prepare<[number], { span: number | null }>(
    'SELECT max(span) AS span FROM spans WHERE first < ?',
  );
  const cursor = database.prepare<[], { sequence: number; capture_id: string }>(
    'SELECT sequence, capture_id FROM cursor',
  );
  const putCursor = database.prepare<[number, string], never>(
    'INSERT INTO cursor (only, sequence, capture_id) VALUES (1, ?, ?) ON CONFLICT (only) DO UPDATE SET sequence = excluded.sequence, capture_id = excluded.capture_id',
  );
  const add = database.prepare<[number, string, string, string], never>(
    'INSERT INTO words (rowid, facts, head, body) VALUES (?, ?, ?, ?)',
  );
  const addCut = database.prepare<[number], never>('INSERT INTO cut_calls (sequence) VALUES (?)');
  const isCut = database.prepare<[number], { found: number }>(
    'SELECT 1 AS found FROM cut_calls WHERE sequence = ?',
  );
  const matches = database.prepare<[string, number, number], { sequence: number }>(
    'SELECT rowid AS sequence FROM words WHERE words MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC',
  );
  // As a range: FTS5 passes over an equality beside MATCH.
  const matchesOne = database.prepare<[string, number, number], { sequence: number }>(
    'SELECT rowid AS sequence FROM words WHERE words MATCH ? AND rowid >= ? AND rowid <= ?',
  );
  const page = database.prepare<[number, number], { sequence: number }>(
    'SELECT rowid AS sequence FROM words WHERE rowid > ? ORDER BY rowid LIMIT ?',
  );
  const drop = database.prepare<[number], never>('DELETE FROM words WHERE rowid = ?');
  const dropCut = database.prepare<[number], never>('DELETE FROM cut_calls WHERE sequence = ?');

  return {
    cursor: (): WordsCursor => {
      const row = cursor.get();
      return { sequence: row?.sequence ?? 0, captureId: row?.capture_id ?? '' };
    },
    /** Some calls in the order of their sequence, and how far that is; as a whole or not at all. */
    put: (calls: readonly IndexedCall[], upTo: WordsCursor) =>
      transact(database, () => {
        for (const { sequence, receivedAt, facts, head, body, isCut: cut } of calls) {
          add.run(sequence, facts, head, body);
          putSpan.run(Math.floor(sequence / callsInSpan), receivedAt, receivedAt);
          if (cut) addCut.run(sequence);
        }
        putCursor.run(upTo.sequence, upTo.captureId);
      }),
    wordsWith(start: string): string[] | undefined {
      const found: string[] = [];
      // Words are letters and digits: none lies between a word and the same word with a 0.
      for (let from = start; found.length <= mostWords; ) {
        const term = nextTerm.get(from, `${start}\u{10ffff}`)?.term;
        if (term === undefined) return found;
        found.push(term);
        from = `${term}0`;
      }
      return undefined;
    },
    /** The indexed sequences between which all that was received in [from, to) stands, whatever the clock did: (after, before). Near enough. */
    between(from: number | undefined, to: number | undefined): { after: number; before: number } {
      const indexedTo = cursor.get()?.sequence ?? 0;
      const first = from === undefined ? 0 : firstSpan.get(from)?.span;
      const last = to === undefined ? Number.MAX_SAFE_INTEGER : lastSpan.get(to)?.span;
      return {
        after: first === null || first === undefined ? indexedTo : first * callsInSpan - 1,
        before: last === null || last === undefined ? 0 : Math.min(indexedTo + 1, (last + 1) * callsInSpan),
      };
    },
    isCut: (sequence: number) => isCut.get(sequence) !== undefined,
    /** Newest first, in (after, before). */
    matches: (match: string, after: number, before: number) => matches.iterate(match, after, before),
    holds: (match: string, sequence: number) => matchesOne.get(match, sequence, sequence) !== undefined,
    /** Sequences in the index, in order. */
    page: (after: number, limit: number) => page.all(after, limit).map(({ sequence }) => sequence),
    drop: (sequences: readonly number[]) =>
      transact(database, () => {
        for (const sequence of sequences) {
          drop.run(sequence);
          dropCut.run(sequence);
        }
      }),
    /** Forgets everything; the index is built anew. */
    clear: () =>
      transact(database, () => {
        database.exec(
          "INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM spans; DELETE FROM cut_calls; DELETE FROM cursor;",
        );
      }),
  };
}

export type CaptureWordsTable = ReturnType<typeof createCaptureWordsTable>;
