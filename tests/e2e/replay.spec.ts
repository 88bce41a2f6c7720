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
  await body.fill('{"id":12345678901234567890}');
  await window.getByRole('button', { name: 'Lay out' }).click();
  await expect(body).toHaveText('{  "id": 12345678901234567890}');
  await body.fill('{"id": 1,');
  await expect(window.getByText('The body is not well-formed.')).toBeVisible();
  await window.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('1 of 1 sent · 1 failed · 1 answered differently')).toBeVisible();
  const results = page.getByRole('grid', { name: 'Results' });
  await expect(results).toContainText('Status: 200 → 400, Outcome: Accepted → Rejected, body');
  await results.getByRole('row').nth(1).click();
  const result = page.getByRole('article', { name: 'Result' });
  await expect(result.getByText('Status: 200 → 400')).toBeVisible();
  const differences = result.getByRole('region', { name: 'Differences to the original answer' });
  await expect(differences).toContainText('removed: ok: true');
  await expect(differences).toContainText('added: error: ');
  await expect(differences).toContainText('The headers are the same.');
  await expect(differences).toContainText('Not counted, because they always differ: date');
  const original = result.getByRole('region', { name: 'Original answer', exact: true });
  await expect(original).toContainText('"ok": true');

  // The replay is a capture of its own that leads to the old one.
  await result.getByRole('link', { name: 'Open the new capture' }).click();
  const capture = page.getByRole('article', { name: 'Call' });
  await expect(capture).toContainText('Came asReplay');
  await capture.getByRole('link', { name: 'original call' }).click();
  await expect(capture).toContainText('Answered 200');
  await expect(capture).not.toContainText('Came as');

  await page.goto(`${base}/replay/samples`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const sample = page.getByRole('dialog', { name: 'Edit the sample' });
  await sample.getByRole('textbox', { name: 'Query' }).fill('run=1');
  await sample.getByText(/^Headers/).click();
  await sample.getByRole('button', { name: 'Add a header' }).click();
  await sample
    .getByRole('textbox', { name: /^Name of header/ })
    .last()
    .fill('X-Run');
  await sample
    .getByRole('textbox', { name: /^Value of header/ })
    .last()
    .fill('nightly');
  await sample.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sample).toBeHidden();
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
  await form.getByRole('button', { name: 'Add a secret header' }).click();
  await form.getByRole('textbox', { name: 'Name of secret header 1' }).fill('Authorization');
  await form.getByLabel('Value of secret header 1').fill('Bearer not-to-be-seen');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('switch', { name: 'Local is on' })).toBeChecked();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(form.getByLabel('Value of secret header 1')).toHaveAttribute(
    'placeholder',
    'Stored; type to replace it',
  );
  await expect(form.getByLabel('Value of secret header 1')).toHaveValue('');
  await page.keyboard.press('Escape');

  // All that a search finds, from the list of captures.
  await page.goto(`${base}/captures?q=${encodeURIComponent('status:accepted "first"')}`);
  await page.getByRole('button', { name: 'Replay…' }).click();
  const many = page.getByRole('dialog', { name: 'Replay by filter' });
  await expect(many.getByRole('textbox', { name: 'Search' })).toHaveValue('status:accepted "first"');
  await expect(many.getByText('2 calls fit')).toBeVisible();
  await many.getByRole('textbox', { name: 'Search' }).fill('status:"');
  await expect(many.getByText('The quote is not closed.')).toBeVisible();
  await expect(many.getByRole('button', { name: 'Send' })).toBeDisabled();
  await many.getByRole('textbox', { name: 'Search' }).fill('first status:accepted');
  await many.getByText('Edit all of them').click();
  await many.getByRole('textbox', { name: 'Values to set in JSON bodies, one a line' }).fill('items[*] = 1');
  await many.getByRole('button', { name: 'Send 2' }).click();
  await expect(many.getByText('It must name one place')).toBeVisible();
  await many.getByRole('textbox', { name: 'Values to set in JSON bodies, one a line' }).fill('title = Both');
  await many.getByRole('button', { name: 'Send 2' }).click();
  await expect(page.getByText('2 of 2 sent · 0 failed')).toBeVisible();
});
