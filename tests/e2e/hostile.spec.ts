// What a hurried or hostile user and sender do to the screens: Enter before the list is there, the End key in long
// lists, refused bodies, keys alone.
import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

let program: Program;
let source = '';
let inbound = '';

async function post(body: string | Uint8Array): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(inbound, { method: 'POST', headers, body: body as string })).status;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(program.url);
  await expect(page).toHaveURL(/enterprise-components/);
  await page.goto(program.control + path);
}

test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
  const { dataSource } = (await program.api('dataSources.create', {
    kind: 'cloudApplication',
    name: 'Long lists',
  })) as unknown as { dataSource: { id: string; connections: { inboundUrl: string }[] } };
  source = `/data-sources/${dataSource.id}`;
  inbound = dataSource.connections[0]?.inboundUrl ?? '';
  const rows = Array.from({ length: 250 }, (_, index) => ({ id: index + 1, title: `Item ${index + 1}` }));
  expect(await post(JSON.stringify(rows))).toBe(200);
  await program.api('mapping.save', {
    dataSourceId: dataSource.id,
    mapping: { id: 'id', title: 'title' },
  });
});
test.afterAll(async () => void (await program.kill()));

test('Enter straight after typing chooses what was typed, not the first of all', async ({ page }) => {
  await open(page, '/enterprise-components/new/cloud-application');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.getByLabel('Search applications').fill('mailchimp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/application=mailchimp/);
});

test('End reaches the rows that were not fetched yet', async ({ page }) => {
  await open(page, `${source}/view-data`);
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '101');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid).toHaveAttribute('aria-rowcount', '201');
  await page.keyboard.press('End');
  await expect(grid).toHaveAttribute('aria-rowcount', '251');
});

test('a refused body that was not kept is told as that; the arrows go through the calls', async ({
  page,
}) => {
  expect(await post(Buffer.alloc(2 * 1024 * 1024, '['))).toBe(422);
  expect(await post('{"id": 7, "title": "Seven"}')).toBe(200);
  await open(page, `${source}/set-up`);
  const calls = page.getByRole('list', { name: 'Received calls' });
  await calls.getByRole('button', { pressed: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(calls.getByRole('button').nth(1)).toBeFocused();
  await expect(page.getByText('The body was not kept')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('"Seven"')).toBeVisible();
});
