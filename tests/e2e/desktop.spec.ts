// The desktop window in real Electron: it opens, shows its screens, gets its port, receives a call and shows it live.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { buildPart, desktop, isFresh, root, screens } from '../../scripts/build-parts.ts';
import { electronBinary, noElectron } from './electron-binary.ts';

test('the desktop window opens, receives a call and shows it', async () => {
  const executablePath = electronBinary();
  test.skip(!executablePath, noElectron);
  if (!executablePath) return;
  test.setTimeout(120_000);
  for (const part of [screens, desktop]) if (!isFresh(part)) await buildPart(part);
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-window-'));
  const env: Record<string, string> = { HOOKBENCH_DATA_DIR: dataDir };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  delete env['ELECTRON_RUN_AS_NODE'];
  const application = await _electron.launch({ executablePath, args: [root, '--receiver-port=0'], env });
  try {
    const page = await application.firstWindow();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await expect(page.getByText('Enterprise Components').first()).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/hookbench\//);
    // The page's world has the named abilities and nothing of Node.
    expect(
      await page.evaluate('[typeof require, typeof process, typeof window.hookbench.requestPort]'),
    ).toEqual(['undefined', 'undefined', 'function']);

    await page.getByRole('button', { name: 'New Data Source' }).first().click();
    await page.getByRole('menuitem', { name: 'Cloud Application' }).click();
    await page.getByRole('dialog', { name: 'Add New Data Source' }).getByText('New Custom Source').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Newsletter');
    await page.getByRole('button', { name: 'Create' }).click();
    const address = page.getByText(/^http:\/\/127\.0\.0\.1:\d+\/in\/\S+$/).first();
    const url = (await address.textContent()) ?? '';
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"a-1","title":"Shown live"}',
    });
    expect(answer.status).toBe(200);
    await expect(page.getByText('Shown live').first()).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await application.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
