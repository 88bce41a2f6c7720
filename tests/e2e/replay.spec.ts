// A capture is edited and sent again, its answer stands beside the original one; a sample, a simulated event and a rule have their screens.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';

let program: Program;
test.beforeAll(async () => {
  program = await startProgram({ dataDir: mkdtempSync(join(tmpdir(), 'hookbench-replay-')) });
});
test.afterAll(() => program.stop());

test('edit a call, send it again, see the difference; samples, simulator and rules', async ({ page }) => {
  const { dataSource } = (await program.api('dataSources.create', {
    kind: 'custom',
    name: 'Orders',
  })) as unknown as {
    dataSource: { id: string; connections: { localUrl: string }[] };
  };
  await fetch(dataSource.connections[0]?.localUrl ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"id": 1, "title": "First"}',
  });
  await page.goto(program.url);
  const base = new URL(page.url()).origin;
  await expect(page.getByRole('heading', { name: 'Connected Data Sources' })).toBeVisible();

  await page.goto(`${base}/data-sources/${dataSource.id}/captures`);
  await page.getByRole('grid', { name: 'Captures' }).getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'Save as sample' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('First order');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.keyboard.press('Shift+R');
  const window = page.getByRole('dialog', { name: 'Edit and replay' });
  const body = window.getByRole('textbox', { name: 'Body' });
  await body.fill('{"id": 1,');
  await expect(window.getByText('The body is not well-formed.')).toBeVisible();
  await window.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('1 of 1 sent · 1 failed · 1 answered differently')).toBeVisible();
  await page.getByRole('grid', { name: 'Results' }).getByRole('row').nth(1).click();
  const result = page.getByRole('article', { name: 'Result' });
  await expect(result.getByText('Status: 200 → 400')).toBeVisible();
  await expect(result.getByText('Original answer')).toBeVisible();

  await page.goto(`${base}/replay/samples`);
  await page.getByRole('button', { name: 'Fire' }).click();
  await expect(page.getByText('1 of 1 sent · 0 failed')).toBeVisible();
  await page.goto(`${base}/replay/simulator`);
  await expect(page.getByRole('heading', { name: 'Stream of events' })).toBeVisible();
  await page.goto(`${base}/replay/forward`);
  await page.getByRole('button', { name: 'New rule' }).click();
  const form = page.getByRole('dialog', { name: 'Rule' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Local');
  await form.getByRole('textbox', { name: 'URLs, one a line' }).fill('nowhere');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('is no URL')).toBeVisible();
  await form.getByRole('textbox', { name: 'URLs, one a line' }).fill('http://localhost:3000/hook');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('switch', { name: 'Local is on' })).toBeChecked();
});
