// The data source's own screen in the real program: chart, information, retention, audit log, pause, rotation, deletion.
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { addAuditEntries } from '../harness/many-audit-entries.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

let program: Program;
const dataDir = newDataDir();
let url = '';
let id = '';

test.beforeAll(async () => {
  program = await startProgram({ dataDir });
});
test.afterAll(async () => void (await program.kill()));

test.beforeEach(async ({ page }) => {
  const { dataSource } = (await program.api('dataSources.create', {
    kind: 'cloudApplication',
    applicationId: 'mailchimp',
    name: 'Newsletter',
  })) as unknown as { dataSource: { id: string; connections: { inboundUrl: string }[] } };
  id = dataSource.id;
  url = dataSource.connections[0]?.inboundUrl ?? '';
  for (let number = 1; number <= 5; number += 1) await post({ id: number, title: `Item ${number}` });
  await post('{"broken": ');
  await program.api('mapping.save', { dataSourceId: id, mapping: { id: 'id', title: 'title' } });
  await page.goto(program.url);
  await page.getByRole('contentinfo').waitFor();
});
test.afterEach(async () => {
  await program.api('dataSources.delete', { id }).catch(() => undefined);
});

const post = (body: unknown, to = url) =>
  fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const open = (page: Page, section: string) => page.goto(`${program.control}/data-sources/${id}/${section}`);

test('the overview shows calls by outcome, by keys and as a table, and follows live', async ({ page }) => {
  await open(page, 'overview');
  const panel = page.getByRole('navigation', { name: 'Configuration' });
  await expect(panel.getByRole('link')).toHaveText([
    'Overview',
    'Information',
    'Solutions Access',
    'Connections',
    'Audit Log',
    'Inbound Webhook',
    /^Captures/,
    /^Needs attention/,
    /^View Data/,
    'Retention',
    'Actions',
    'Deliveries',
  ]);
  const chart = page.getByRole('slider', { name: '6 calls, day' });
  await chart.focus();
  await chart.press('End');
  await expect(chart).toHaveAttribute('aria-valuetext', /5 accepted, 1 rejected/);
  await page.getByText('Hour', { exact: true }).click();
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(page.getByRole('columnheader', { name: 'Accepted' })).toBeVisible();
  await expect(page.getByText('83.3%')).toBeVisible();
  await post({ id: 6, title: 'Six' });
  await expect(page.getByText('6 of 7 calls in this time')).toBeVisible();
  await page.getByRole('link', { name: 'Open the call' }).click();
  await expect(page).toHaveURL(/captures\?call=cap_/);
});

test('information is kept, and the audit log tells it without the notes', async ({ page }) => {
  await open(page, 'information');
  await page.getByRole('textbox', { name: 'Name' }).fill('=Orders');
  await page.getByRole('textbox', { name: 'Description' }).fill('What was ordered');
  await page.getByRole('textbox', { name: 'Notes' }).fill('Ask Ada');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: '=Orders' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('Ask Ada');

  await page.getByRole('link', { name: 'Audit Log' }).click();
  const log = page.getByRole('grid', { name: 'Audit log' });
  await expect(log.getByText('name: Newsletter → =Orders')).toBeVisible();
  await expect(log.getByText(/browser page/).first()).toBeVisible();
  await expect(page.getByText('Ask Ada')).toBeHidden();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('\ufeffat,data source,action,by,user,what,from,to');
  expect(csv).toContain("'=Orders");
  expect(csv).not.toContain(',=Orders');
  await page.getByRole('combobox', { name: 'Action' }).click();
  await page.getByRole('option', { name: 'Mapping saved' }).click();
  await expect(log.getByRole('row')).toHaveCount(2);
  await log.getByText('Mapping saved').click();
  await expect(page.getByRole('region', { name: 'Entry' }).getByText('Before').first()).toBeVisible();

  // A file holds the newest 10,000 entries; the screen says so where there are older ones.
  addAuditEntries(dataDir, id, 10_000);
  await page.reload();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await saved;
  await expect(page.getByText(/^The file holds the newest 10,000 entries\. Narrow the log/)).toBeVisible();
});

test('retention is previewed, then deletes in the background while the items stay', async ({ page }) => {
  await open(page, 'retention');
  await page.getByRole('combobox', { name: 'What to keep of accepted calls' }).click();
  await page.getByRole('option', { name: 'The newest', exact: true }).click();
  const number = page.getByRole('textbox', { name: 'Number of accepted calls to keep' });
  await number.fill('0');
  await expect(page.getByText('A whole number, from 1')).toBeVisible();
  await number.fill('2');
  await expect(
    page.getByRole('region', { name: 'What would go now' }).getByText(/^3 calls, \d+ B$/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Save and delete 3 calls' }).click();
  await expect(page.getByText(/^3 calls, \d+ B deleted so far/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Accepted' })).toContainText('2 calls');
  await page.getByRole('link', { name: 'View Data' }).click();
  await expect(page.getByText('Item 1')).toBeVisible();
});

test('a data source is paused and resumed, and its URL rotated', async ({ page }) => {
  await open(page, 'overview');
  await page.getByRole('button', { name: 'Actions of this data source' }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(page.getByText('Calls are answered with 503')).toBeVisible();
  await expect(page.getByText('Paused').first()).toBeVisible();
  expect((await post({ id: 9 })).status).toBe(503);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Calls are answered with 503')).toBeHidden();
  expect((await post({ id: 9, title: 'Nine' })).status).toBe(200);

  await page.getByRole('button', { name: 'Actions of this data source' }).click();
  await page.getByRole('menuitem', { name: 'Rotate the URL' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate the webhook URL' });
  await dialog.getByText('It ends at once').click();
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(dialog.getByText('Where to paste it')).toBeVisible();
  const rotated = (await dialog.getByText(/^http:\/\/127\.0\.0\.1:\d+\/in\/\S+$/).textContent()) ?? '';
  expect(rotated).not.toBe(url);
  expect((await post({ id: 10, title: 'Ten' })).status).toBe(404);
  expect((await post({ id: 10, title: 'Ten' }, rotated)).status).toBe(200);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('region', { name: 'Webhook URL' }).getByText(rotated)).toBeVisible();
});

test('a deleted data source comes back by undo with everything', async ({ page }) => {
  await open(page, 'overview');
  await page.getByRole('button', { name: 'Actions of this data source' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Newsletter”' });
  await expect(dialog.getByText('6 captures and 5 items go with it.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/enterprise-components$/);
  expect((await post({ id: 9 })).status).toBe(404);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('“Newsletter” is back, with its URL')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Newsletter' })).toBeVisible();
  expect((await post({ id: 9, title: 'Nine' })).status).toBe(200);
});

test('backups: one is made now, kept in number, and the way back is named', async ({ page }) => {
  await page.goto(`${program.control}/settings`);
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Backups' }) });
  await expect(panel.getByText('There is none yet.')).toBeVisible();
  await panel.getByRole('button', { name: 'Back up now' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  await expect(panel.getByText(/^--restore-backup hookbench-.*\.db$/)).toBeVisible();
  await panel.getByRole('switch', { name: 'Make one every day' }).uncheck();
  await panel.getByLabel('How many daily ones are kept').fill('5');
  await page.reload();
  await expect(panel.getByRole('switch', { name: 'Make one every day' })).not.toBeChecked();
  await expect(panel.getByLabel('How many daily ones are kept')).toHaveValue('5');
  await expect(panel.getByRole('listitem')).toHaveCount(1);
});
