// The data folder at start: private, locked, never replaced by an empty one, never opened by an older program.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../main/engine/store/database.ts';
import { EngineStartError } from '../../../main/engine/store/engine-start-error.ts';
import { migrations } from '../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../main/engine/store/store.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'hookbench-store-')), 'data');

function codeOf(open: () => unknown): string | undefined {
  try {
    open();
  } catch (error) {
    if (error instanceof EngineStartError) return error.code;
    throw error;
  }
  return undefined;
}

function filledFolder(): string {
  const dataDir = folder();
  const store = openStore(dataDir);
  store.database.prepare("INSERT INTO settings (key, value) VALUES ('k', '1')").run();
  store.close();
  return dataDir;
}

describe('opening the store', () => {
  it('makes a private folder with a private file', () => {
    const dataDir = folder();
    openStore(dataDir).close();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'hookbench.db')).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('makes every file private in a folder that others may read', () => {
    const dataDir = folder();
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o755);
    const readableByOthers = () =>
      readdirSync(dataDir).filter((name) => statSync(join(dataDir, name)).mode & 0o077);
    const store = openStore(dataDir);
    store.database.prepare("INSERT INTO settings (key, value) VALUES ('k', '1')").run();
    expect(readdirSync(dataDir)).toContain('hookbench.db-wal');
    expect(readableByOthers()).toEqual([]);
    store.close();
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
    const again = openStore(dataDir);
    again.database.prepare("INSERT INTO settings (key, value) VALUES ('l', '1')").run();
    expect(readableByOthers()).toEqual([]);
    again.close();
  });

  it('commits durably: WAL with synchronous=FULL at every open', () => {
    const dataDir = filledFolder();
    const store = openStore(dataDir);
    expect(store.database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(store.database.pragma('synchronous', { simple: true })).toBe(2);
    store.close();
  });

  it('keeps what was written', () => {
    const store = openStore(filledFolder());
    expect(store.database.prepare('SELECT value FROM settings').all()).toEqual([{ value: '1' }]);
    store.close();
  });

  it('refuses a folder that another engine holds, and takes it once that one has closed', () => {
    const dataDir = folder();
    const first = openStore(dataDir);
    expect(codeOf(() => openStore(dataDir))).toBe('folderLocked');
    first.close();
    openStore(dataDir).close();
  });

  it('refuses a path that cannot be a folder', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hookbench-store-')), 'file');
    writeFileSync(file, 'not a folder');
    expect(codeOf(() => openStore(join(file, 'data')))).toBe('folderNotWritable');
  });

  it('refuses a store of a newer program and leaves it untouched', () => {
    const dataDir = filledFolder();
    const file = join(dataDir, 'hookbench.db');
    const database = openDatabase(file);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    expect(codeOf(() => openStore(dataDir))).toBe('storeNewer');
    const again = openDatabase(file);
    expect(again.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    again.close();
  });

  it.each([
    ['garbage', (file: string) => writeFileSync(file, Buffer.alloc(9000, 'x'))],
    ['an empty file', (file: string) => truncateSync(file, 0)],
    [
      'a page of zeros in the middle',
      (file: string) => {
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0, 4096, 4096 * 6));
      },
    ],
    ['half a file', (file: string) => truncateSync(file, 4096 * 3)],
  ])('calls %s damaged and leaves the file as it is', (_what, damage) => {
    const dataDir = filledFolder();
    const file = join(dataDir, 'hookbench.db');
    damage(file);
    const before = readFileSync(file);
    expect(codeOf(() => openStore(dataDir))).toBe('storeDamaged');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a missing store whose write-ahead log is still there', () => {
    const dataDir = filledFolder();
    const file = join(dataDir, 'hookbench.db');
    writeFileSync(`${file}-wal`, 'left over');
    renameSync(file, `${file}.moved`);
    expect(codeOf(() => openStore(dataDir))).toBe('storeDamaged');
  });

  it('refuses a database of another program', () => {
    const dataDir = filledFolder();
    const file = join(dataDir, 'hookbench.db');
    const other = openDatabase(join(dataDir, 'other.db'));
    other.pragma('journal_mode = DELETE');
    other.exec('CREATE TABLE notes (text TEXT)');
    other.close();
    copyFileSync(join(dataDir, 'other.db'), file);
    const before = readFileSync(file);
    expect(codeOf(() => openStore(dataDir))).toBe('storeDamaged');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a read-only folder (root may write everywhere)', () => {
    const dataDir = filledFolder();
    chmodSync(dataDir, 0o500);
    expect(codeOf(() => openStore(dataDir))).toBe('folderNotWritable');
  });
});

describe('migrations', () => {
  it('0001-initial makes every table strict, with the indexes that lists and indexing need', () => {
    const store = openStore(folder());
    const tables = store.database
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(7);
    expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
    const plan = store.database
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT * FROM captures WHERE data_source_id = 'x' AND sequence < 9 ORDER BY sequence DESC LIMIT 50",
      )
      .all();
    expect(plan.map((step) => step.detail).join()).toMatch(/captures_by_source/);
    store.close();
  });

  it('0004-items-search takes over what needs attention, and deleting an item deletes its words', () => {
    const dataDir = folder();
    mkdirSync(dataDir, { recursive: true });
    const file = join(dataDir, 'hookbench.db');
    const before = openDatabase(file);
    const step = migrations.findIndex(({ name }) => name === '0004-items-search');
    for (const { sql } of migrations.slice(0, step)) before.exec(sql);
    before.pragma(`application_id = ${applicationId}`);
    before.pragma(`user_version = ${step}`);
    before.exec(`
      INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'One', 0);
      INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_1', 'ds_1', 'One', 't', 0);
      INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
          outcome, status, item_count, index_state, notes)
        VALUES ('cap_1', 'ds_1', 'con_1', 0, 'POST', '/', '', '[]', 'json', 2, 'accepted', 200, 2, 'needsAttention', '[]');
      INSERT INTO items VALUES ('ds_1', 1, 'a', 'itm_a', 'Anna', '{}', 1, 1, 0, 0);
    `);
    before.close();

    const { database, close } = openStore(dataDir);
    expect(database.prepare('SELECT elements, lacking FROM captures_needing_attention').all()).toEqual([
      { elements: 3, lacking: 1 },
    ]);
    database.exec(`
      INSERT INTO item_words (rowid, source, words) VALUES (1, 'ds1r1', 'Anna');
      INSERT INTO item_words_of (item_id, revision, change) VALUES ('itm_a', 1, 1);
    `);
    const found = database.prepare("SELECT rowid FROM item_words WHERE item_words MATCH 'words : an*'");
    expect(found.all()).toHaveLength(1);
    database.exec("DELETE FROM items WHERE id = 'itm_a'");
    expect(found.all()).toEqual([]);
    close();
  });
});
