// Backups by the running engine: made while calls come, broken off, one a day, and what is said where it cannot be.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { BackupState } from '#contract';
import { createChanges } from '../../../main/engine/changes.ts';
import { backupPaths } from '../../../main/engine/store/backup-files.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { type Backups, createBackups } from '../../../main/engine/upkeep/backups.ts';
import { newDataDir, startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

async function engine(dataDir?: string, restoreBackup?: string): Promise<TestEngine> {
  const test = await startTestEngine(dataDir, restoreBackup === undefined ? {} : { restoreBackup });
  ended.push(() => test.stop());
  return test;
}
const listOf = (test: TestEngine) => test.call('backups.list', {});
const isIdle = async (test: TestEngine) => (await listOf(test)).now.state === 'idle';

describe('a backup of the running engine', () => {
  it('is the store of one moment, while calls go on coming, and can be put back', async () => {
    const test = await engine();
    const source = await test.createSource();
    const post = (id: number) => fetch(source.url, { method: 'POST', body: JSON.stringify({ id }) });
    for (let id = 1; id <= 20; id += 1) await post(id);
    expect((await test.call('backups.make', {})).now).toMatchObject({ state: 'running' });
    let sent = 20;
    while (!(await isIdle(test))) {
      sent += 1;
      expect((await post(sent)).status).toBe(200);
    }
    const { backups, folder } = await listOf(test);
    expect(backups).toMatchObject([{ beforeUpdate: false }]);
    expect(readdirSync(folder)).toEqual([backups[0]?.name]);
    for (const end = sent + 5; sent < end; ) {
      sent += 1;
      await post(sent);
    }
    await test.stop();

    const restored = await engine(test.dataDir, 'newest');
    expect(restored.engine.facts.notes).toHaveLength(1);
    const { captures } = await restored.call('captures.list', { dataSourceId: source.id, limit: 500 });
    expect(captures.length).toBeGreaterThanOrEqual(20);
    expect(captures.length).toBeLessThan(sent);
    // The index of words of the former store is made anew.
    await expect
      .poll(async () => (await restored.call('captures.list', { query: '$.id=20' })).captures.length)
      .toBe(1);
  });

  it('that is broken off leaves nothing', async () => {
    const test = await engine();
    await test.call('backups.make', {});
    await test.call('backups.cancel', {});
    const { backups, now, folder } = await listOf(test);
    expect(now).toEqual({ state: 'idle' });
    expect(readdirSync(folder)).toEqual(backups.map(({ name }) => name));
  });

  it('keeps as many as the settings say', async () => {
    const test = await engine();
    await test.call('settings.update', { backups: { keep: 1 } });
    const former = new Date(Date.now() - 3_600_000);
    const store = backupPaths(test.dataDir, former).whole;
    writeFileSync(store, 'an older one');
    await test.call('backups.make', {});
    await expect.poll(() => isIdle(test)).toBe(true);
    const { backups } = await listOf(test);
    expect(backups).toHaveLength(1);
    expect(backups[0]?.at).not.toBe(former.toISOString());
  });
});

describe('a backup a day', () => {
  function clocked(daily = true) {
    const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-daily-'));
    const store = openStore(dataDir);
    const changes = createChanges();
    let now = Date.UTC(2026, 10, 30, 12);
    const news: BackupState[] = [];
    const lines: string[] = [];
    changes.subscribe((name, data) => {
      if (name === 'backups.changed') news.push((data as { now: BackupState }).now);
    });
    const backups: Backups = createBackups({
      dataDir,
      file: store.database.name,
      settings: () => ({ daily, keep: 3 }),
      changes,
      log: (_level, message, facts) => lines.push(`${message} ${JSON.stringify(facts)}`),
      now: () => now,
    });
    ended.push(() => store.close());
    ended.push(() => backups.stop());
    const idle = () => expect.poll(() => backups.list().now.state).not.toBe('running');
    return {
      dataDir,
      backups,
      news,
      lines,
      idle,
      pass: (hours: number) => {
        now += hours * 3_600_000;
      },
    };
  }

  it('comes when the newest one is a day old, and not before', async () => {
    const { backups, pass, idle } = clocked();
    const count = () => backups.list().backups.length;
    backups.look();
    await idle();
    expect(count()).toBe(1);
    pass(23);
    backups.look();
    expect(backups.list().now.state).toBe('idle');
    pass(1);
    backups.look();
    await idle();
    expect(count()).toBe(2);
  });

  it('is made where an old one cannot be deleted, and that is told', async () => {
    const { dataDir, backups, lines, idle } = clocked();
    for (const day of [1, 2, 3]) {
      // A folder is not deleted as a file is.
      mkdirSync(join(backupPaths(dataDir, new Date(Date.UTC(2026, 9, day))).whole, 'in it'), {
        recursive: true,
      });
    }
    backups.look();
    await idle();
    expect(backups.list()).toMatchObject({ backups: { length: 4 }, now: { state: 'idle' } });
    expect(lines.join()).toContain('could not be deleted');
  });

  it('does not come where it is switched off', () => {
    const { backups } = clocked(false);
    backups.look();
    expect(backups.list()).toMatchObject({ backups: [], now: { state: 'idle' } });
  });

  it('that finds no folder is told, and tried again a day later only', async () => {
    const { dataDir, backups, lines, pass, idle } = clocked();
    writeFileSync(join(dataDir, 'backups'), 'a file in its place');
    backups.look();
    expect(backups.list()).toMatchObject({ backups: [], now: { state: 'failed' } });
    expect(lines.join()).toContain('EEXIST');
    expect(() => backups.make()).toThrow(/^No backup can be written \(EEXIST.+ is a folder/);
    rmSync(join(dataDir, 'backups'));
    pass(1);
    backups.look();
    expect(backups.list().now.state).toBe('failed');
    pass(23);
    backups.look();
    await idle();
    expect(backups.list()).toMatchObject({ backups: [{}], now: { state: 'idle' } });
  });
});

it('what a kill left half-written is gone at the next start', async () => {
  const dataDir = newDataDir();
  const { fresh } = backupPaths(dataDir, new Date());
  writeFileSync(fresh, 'half');
  const test = await engine(dataDir);
  expect(readdirSync((await listOf(test)).folder)).toEqual([]);
});
