// A damaged store with a backup, in the shell on the Electron double: the user is asked once, and decides.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronDouble, type DoubleOptions } from '../fakes/electron-double.ts';
import type { ScriptedChild } from '../fakes/electron-double-utility-process.ts';

const failed = {
  t: 'failed',
  code: 'storeDamaged',
  message: 'The store cannot be read.',
  backup: { name: 'hookbench-2026-11-29T03-00-00Z.db', at: '2026-11-29T03:00:00.000Z' },
};
const given = process.argv;
let dataDir = '';

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookbench-desktop-'));
  vi.stubEnv('HOOKBENCH_DATA_DIR', dataDir);
  vi.resetModules();
});
afterEach(() => {
  process.argv = given;
  vi.unstubAllEnvs();
  vi.doUnmock('electron');
  rmSync(dataDir, { recursive: true });
});

async function runFailing(options: DoubleOptions, flags: string[] = []) {
  const double = createElectronDouble(options);
  vi.doMock('electron', () => double.electron);
  process.argv = ['electron', '.', ...flags];
  await import('../../main/desktop.ts');
  await double.ready();
  const child = () => double.children.at(-1) as ScriptedChild;
  await vi.waitFor(() => expect(double.children).toHaveLength(1));
  await vi.waitFor(() => expect(child().received).toHaveLength(1));
  child().say(failed);
  await vi.waitFor(() => expect(double.messageBoxes).toHaveLength(1));
  return { double, child };
}

it('--restore-backup holds for the first start only', async () => {
  const { double, child } = await runFailing({ answer: () => 1 }, ['--restore-backup', 'newest']);
  expect(double.children[0]).toMatchObject({
    received: [{ message: { t: 'start', restoreBackup: 'newest' } }],
  });
  double.send(double.windows[0]?.webContents.mainFrame ?? null, 'hookbench:request-port');
  await vi.waitFor(() => expect(double.children).toHaveLength(2));
  await vi.waitFor(() => expect(child().received).toHaveLength(1));
  expect(child().received[0]?.message).not.toHaveProperty('restoreBackup');
});

describe('a damaged store with a backup', () => {
  it('is put back where the user says so, and the window shows the application again', async () => {
    const { double, child } = await runFailing({ answer: () => 0 });
    expect(double.messageBoxes[0]).toMatchObject({
      buttons: ['Restore the backup', 'Not now'],
      cancelId: 1,
      detail: expect.stringContaining('The store cannot be read.'),
    });
    await vi.waitFor(() => expect(double.children).toHaveLength(2));
    await vi.waitFor(() => expect(child().received).toHaveLength(1));
    expect(child().received[0]?.message).toMatchObject({ t: 'start', restoreBackup: failed.backup.name });
    expect(double.windows[0]?.url).toBe('app://hookbench/');
  });

  it('stays as it is where the answer is no; a later start asks again, but never twice at once', async () => {
    let answer: (button: number) => void = () => undefined;
    const { double, child } = await runFailing({
      answer: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const frame = double.windows[0]?.webContents.mainFrame ?? null;
    double.send(frame, 'hookbench:request-port');
    await vi.waitFor(() => expect(double.children).toHaveLength(2));
    await vi.waitFor(() => expect(child().received).toHaveLength(1));
    child().say(failed);
    await vi.waitFor(() => expect(double.windows[0]?.url).toBe('app://hookbench/engine-failed'));
    expect(double.messageBoxes).toHaveLength(1);
    answer(1);
    await vi.waitFor(() => expect(double.children.length).toBe(2));
    expect(child().received[0]?.message).not.toHaveProperty('restoreBackup');
  });
});
