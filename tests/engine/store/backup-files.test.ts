// Backups in the data folder: which are there, which go, and one that takes the place of a damaged store.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  backupPaths,
  listBackups,
  makeBackupFolder,
  pruneBackups,
  putBack,
} from '../../../main/engine/store/backup-files.ts';
import {
  applicationId,
  copyOfMoment,
  firstFault,
  openDatabase,
} from '../../../main/engine/store/database.ts';
import { EngineStartError } from '../../../main/engine/store/engine-start-error.ts';
import { migrations } from '../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../main/engine/store/store.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'hookbench-backup-'));
const at = (day: number) => new Date(Date.UTC(2026, 10, day, 3));

function failureOf(open: () => unknown): EngineStartError {
  try {
    open();
  } catch (error) {
    if (error instanceof EngineStartError) return error;
    throw error;
  }
  throw new Error('It was opened.');
}

/** A data folder with one setting, and a backup of that moment. */
async function withBackup(): Promise<{ dataDir: string; file: string; backup: string }> {
  const dataDir = newFolder();
  const store = openStore(dataDir);
  store.database.prepare("INSERT INTO settings (key, value) VALUES ('k', '\"backup\"')").run();
  const { whole } = backupPaths(dataDir, at(29));
  await copyOfMoment(store.database.name, whole, () => 100);
  expect(firstFault(whole)).toBeUndefined();
  store.database.prepare("UPDATE settings SET value = '\"later\"' WHERE key = 'k'").run();
  store.close();
  return { dataDir, file: join(dataDir, 'hookbench.db'), backup: whole };
}

const valueIn = (dataDir: string, restoreBackup?: string) => {
  const store = openStore(dataDir, { restoreBackup });
  const row = store.database
    .prepare<[], { value: string }>("SELECT value FROM settings WHERE key = 'k'")
    .get();
  store.close();
  return { value: row?.value, notes: store.notes };
};

describe('the backups of a data folder', () => {
  it('are listed newest first; foreign files and unfinished ones are none', () => {
    const dataDir = newFolder();
    expect(listBackups(dataDir)).toEqual([]);
    for (const day of [2, 3, 1]) writeFileSync(backupPaths(dataDir, at(day)).whole, 'x');
    writeFileSync(backupPaths(dataDir, at(4)).fresh, 'x');
    writeFileSync(join(makeBackupFolder(dataDir), 'notes.txt'), 'x');
    expect(listBackups(dataDir).map((each) => each.at)).toEqual(
      [3, 2, 1].map((day) => at(day).toISOString()),
    );
  });

  it('go beyond the number that is kept; the newest one from before an update stays', () => {
    const dataDir = newFolder();
    for (const day of [1, 2, 3, 4]) writeFileSync(backupPaths(dataDir, at(day)).whole, 'x');
    for (const [day, format] of [
      [5, 14],
      [6, 15],
    ] as const) {
      writeFileSync(backupPaths(dataDir, at(day), format).whole, 'x');
    }
    writeFileSync(backupPaths(dataDir, at(7)).fresh, 'x');
    pruneBackups(dataDir, 2);
    expect(readdirSync(join(dataDir, 'backups')).sort()).toEqual([
      'hookbench-2026-11-03T03-00-00Z.db',
      'hookbench-2026-11-04T03-00-00Z.db',
      'hookbench-2026-11-06T03-00-00Z-format-15.db',
    ]);
  });
});

describe('a damaged store', () => {
  it('names the newest backup, and is left as it is', async () => {
    const { dataDir, file } = await withBackup();
    writeFileSync(file, 'this is no database');
    const error = failureOf(() => openStore(dataDir));
    expect(error).toMatchObject({ code: 'storeDamaged', backup: { at: at(29).toISOString() } });
    expect(error.message).toContain('There is a backup of 2026-11-29');
    expect(readFileSync(file, 'utf8')).toBe('this is no database');
  });

  it.each(['newest', 'hookbench-2026-11-29T03-00-00Z.db'])(
    'is replaced by the backup "%s", and kept aside',
    async (name) => {
      const { dataDir, file, backup } = await withBackup();
      writeFileSync(file, 'this is no database');
      writeFileSync(`${file}-wal`, 'nor is this a log');
      const { value, notes } = valueIn(dataDir, name);
      expect(value).toBe('"backup"');
      expect(notes).toEqual([
        expect.stringMatching(/^The backup of 2026-11-29T03:00:00.000Z is in the place of the store/),
      ]);
      const [aside] = readdirSync(join(dataDir, 'set-aside'));
      const kept = join(dataDir, 'set-aside', aside ?? '');
      expect(readFileSync(join(kept, 'hookbench.db'), 'utf8')).toBe('this is no database');
      expect(readFileSync(join(kept, 'hookbench.db-wal'), 'utf8')).toBe('nor is this a log');
      expect(existsSync(backup)).toBe(true);
      expect(statSync(file).mode & 0o077).toBe(0);
      // Without the wish it goes on with what is there now.
      expect(valueIn(dataDir).value).toBe('"backup"');
    },
  );

  it('a restore that ends between two of its steps never leads to a fresh store, and is made good by the next one', async () => {
    const { dataDir, file } = await withBackup();
    writeFileSync(`${file}.unfinished`, 'a copy');
    rmSync(file);
    const error = failureOf(() => openStore(dataDir));
    expect(error).toMatchObject({ code: 'storeDamaged', backup: { at: at(29).toISOString() } });
    expect(error.message).toContain('set-aside');
    expect(existsSync(file)).toBe(false);
    expect(valueIn(dataDir, 'newest').value).toBe('"backup"');
    expect(existsSync(`${file}.unfinished`)).toBe(false);
  });

  it('a copy that was broken off while the store was there is gone at the next start', async () => {
    const { dataDir, file } = await withBackup();
    writeFileSync(`${file}.unfinished`, 'half a copy');
    expect(valueIn(dataDir).value).toBe('"later"');
    expect(existsSync(`${file}.unfinished`)).toBe(false);
  });

  it('a backup that cannot be copied leaves the store and no part of itself', async () => {
    const { dataDir, file, backup } = await withBackup();
    rmSync(backup);
    mkdirSync(backup);
    expect(failureOf(() => openStore(dataDir, { restoreBackup: 'newest' })).code).toBe('folderNotWritable');
    expect(readdirSync(dataDir).filter((name) => name.startsWith(basename(file)))).toEqual([basename(file)]);
    expect(valueIn(dataDir).value).toBe('"later"');
  });

  it('a backup of a newer Hookbench changes nothing', async () => {
    const { dataDir, backup } = await withBackup();
    const newer = openDatabase(backup);
    newer.pragma(`user_version = ${migrations.length + 1}`);
    newer.close();
    const error = failureOf(() => openStore(dataDir, { restoreBackup: 'newest' }));
    expect(error.code).toBe('storeNewer');
    expect(error.message).toMatch(/^The backup hookbench-2026-11-29.+ was written by a newer Hookbench/);
    expect(existsSync(join(dataDir, 'set-aside'))).toBe(false);
    expect(valueIn(dataDir).value).toBe('"later"');
  });

  it('what was moved aside in the same second before stays', async () => {
    const { dataDir, file, backup } = await withBackup();
    for (const text of ['one', 'two']) {
      writeFileSync(file, text);
      putBack(dataDir, file, basename(backup), at(30));
    }
    const kept = (folder: string) => readFileSync(join(dataDir, 'set-aside', folder, basename(file)), 'utf8');
    expect(readdirSync(join(dataDir, 'set-aside')).sort().map(kept)).toEqual(['one', 'two']);
  });

  it('a backup that is not there changes nothing, and those that are there are named', async () => {
    const { dataDir } = await withBackup();
    const error = failureOf(() => openStore(dataDir, { restoreBackup: 'hookbench-2020.db' }));
    expect(error.code).toBe('backupMissing');
    expect(error.message).toContain('hookbench-2026-11-29T03-00-00Z.db');
    expect(valueIn(dataDir).value).toBe('"later"');
  });
});

describe('a store of an older format', () => {
  it('is copied before it is brought up to date', () => {
    const dataDir = newFolder();
    const former = migrations.length - 1;
    const old = openDatabase(join(dataDir, 'hookbench.db'), 'fresh');
    for (const step of migrations.slice(0, former)) old.exec(step.sql);
    old.pragma(`application_id = ${applicationId}`);
    old.pragma(`user_version = ${former}`);
    old.prepare("INSERT INTO settings (key, value) VALUES ('k', '1')").run();
    old.close();
    openStore(dataDir).close();
    const [copy] = listBackups(dataDir);
    expect(copy).toMatchObject({ beforeUpdate: true });
    const kept = openDatabase(join(dataDir, 'backups', copy?.name ?? ''));
    expect(kept.pragma('user_version', { simple: true })).toBe(former);
    expect(kept.prepare("SELECT value FROM settings WHERE key = 'k'").get()).toEqual({ value: '1' });
    kept.close();
    openStore(dataDir).close();
    expect(listBackups(dataDir)).toHaveLength(1);
  });
});
