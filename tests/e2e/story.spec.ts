// The main job, played in a real browser against the real program with real HTTP: create a source, see calls arrive,
// map them, see the items, and find everything again after a kill.
import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

const mailchimpSubscribe = new URLSearchParams({
  type: 'subscribe',
  fired_at: '2026-11-20 09:12:00',
  'data[id]': '8a25ff1d98',
  'data[list_id]': 'a6b5da1054',
  'data[email]': 'ada@example.com',
  'data[merges][FNAME]': 'Ada',
  'data[merges][LNAME]': 'Example',
}).toString();
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

let program: Program;
const dataDir = newDataDir();

test.beforeAll(async () => {
  program = await startProgram({ dataDir });
});
test.afterAll(async () => {
  await program.kill();
});

async function post(url: string, body: string | Uint8Array, headers: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', headers, body: body as string });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** From the list of data sources to the set-up window of a new one. */
async function createSource(page: Page, name: string, application?: string): Promise<string> {
  await page.getByRole('button', { name: 'New Data Source' }).first().click();
  await page.getByRole('menuitem', { name: 'Cloud Application' }).click();
  const window = page.getByRole('dialog', { name: 'Add New Data Source' });
  if (application) {
    await window.getByLabel('Search applications').fill(application.slice(0, 4).toLowerCase());
    const option = window.getByRole('option', { name: new RegExp(application) });
    await expect(option).toContainText('(Custom Source)');
    await option.click();
  } else {
    await window.getByText('New Custom Source').click();
  }
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('dialog', { name })).toBeVisible();
  await expect(page.getByText('This address can be reached from this computer only')).toBeVisible();
  const url = await page
    .getByText(/^http:\/\/127\.0\.0\.1:\d+\/in\/\S+$/)
    .first()
    .textContent();
  return url ?? '';
}

test('from a new data source to its items, over a kill', async ({ page }) => {
  await page.goto(program.url);
  await expect(page.getByRole('heading', { name: 'Connect your first application' })).toBeVisible();
  expect(page.url()).not.toContain('launch');

  const url = await createSource(page, 'Newsletter', 'Mailchimp');
  await expect(page.getByText('Waiting for the first call')).toBeVisible();

  // A check of the URL is answered, and is no item.
  expect((await fetch(url)).status).toBe(200);
  const arrived = page.getByRole('list', { name: 'Received calls' });
  await expect(arrived.getByText('Handshake answered')).toBeVisible();

  // A broken call is refused, and visible with its place.
  const broken = await post(url, '{\n  "id": 1,\n  "title": oops\n}', json);
  expect(broken.status).toBe(400);
  expect(broken.body).toMatchObject({ error: { at: { line: 3, column: 12 } } });
  await expect(arrived.getByText('Rejected')).toBeVisible();
  await expect(page.getByText(/line 3, column 12/).first()).toBeVisible();

  // The real call shows without a click: method, time, type, size, pretty body, answer time.
  expect((await post(url, mailchimpSubscribe, form)).body).toMatchObject({ ok: true, items: 1 });
  const accepted = arrived.getByRole('button', { name: /Accepted/ });
  await expect(accepted).toContainText('POST');
  await expect(accepted).toContainText('application/x-www-form-urlencoded');
  await expect(accepted).toContainText(`${mailchimpSubscribe.length} B`);
  await expect(accepted).toContainText(/\d ms of 10 s/);
  await expect(page.getByText('"ada@example.com"').first()).toBeVisible();

  // The mapping: id starts as `id`, title has no path, the warning names both, clicks set paths.
  await page.getByRole('button', { name: 'I did it' }).click();
  await expect(page.getByRole('textbox', { name: 'id', exact: true })).toHaveValue('id');
  await expect(page.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('');
  await expect(page.getByText('These paths must be fixed: id, title')).toBeVisible();
  await expect(page.getByText('1 call is waiting')).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Payload tree' });
  await page.getByRole('textbox', { name: 'id', exact: true }).focus();
  await tree.getByRole('treeitem', { name: /8a25ff1d98/ }).click();
  await expect(page.getByRole('textbox', { name: 'id', exact: true })).toHaveValue('data.id');
  await page.getByRole('textbox', { name: 'title', exact: true }).focus();
  await tree.getByRole('treeitem', { name: /ada@example\.com/ }).click();
  await expect(page.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('data.email');
  await expect(page.getByText('must be fixed')).toBeHidden();

  // A path error shows its position while typing.
  await page.getByRole('textbox', { name: 'title', exact: true }).fill('data..[');
  await expect(page.getByText(/at character \d+/)).toBeVisible();
  await page.getByRole('textbox', { name: 'title', exact: true }).fill('data.email');

  await page.getByRole('button', { name: 'See the JSON we got' }).click();
  await expect(page.getByRole('region', { name: 'Payload' }).getByText('"FNAME"').first()).toBeVisible();

  // An unsaved mapping survives a reload.
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('data.email');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('1 call indexed, 1 item')).toBeVisible();
  await page
    .getByRole('button', { name: 'View Data' })
    .or(page.getByRole('link', { name: 'View Data' }))
    .first()
    .click();
  const data = page.getByRole('grid').or(page.getByRole('table'));
  await expect(data.getByText('ada@example.com')).toBeVisible();

  // The same id again updates the item, live.
  await post(url, mailchimpSubscribe.replace('ada%40example.com', 'ada.lovelace%40example.com'), form);
  await expect(data.getByText('ada.lovelace@example.com')).toBeVisible();
  await expect(data.getByText('ada@example.com')).toBeHidden();

  // kill -9, start again: everything acknowledged is there, and the page finds its way back.
  const { port } = new URL(program.receiver);
  const controlPort = Number(new URL(program.control).port);
  await program.kill();
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  program = await startProgram({ dataDir, receiverPort: Number(port), controlPort });
  await expect(page.getByText('Reconnecting…')).toBeHidden();
  await expect(data.getByText('ada.lovelace@example.com')).toBeVisible();
  expect((await post(url, mailchimpSubscribe.replace('8a25ff1d98', 'second'), form)).status).toBe(200);
  await expect(data.getByText('second')).toBeVisible();
  await data.getByText('ada.lovelace@example.com').click();
  await expect(page.getByText(/version 2/i).first()).toBeVisible();
});

test('a custom source takes JSON, arrays, XML, and refuses what is too large', async ({ page }) => {
  await page.goto(program.url);
  const url = await createSource(page, 'Web shop');
  expect((await post(url, '{"id": 12345678901234567890, "title": "Long number"}', json)).body).toMatchObject({
    items: 1,
  });
  expect(
    (await post(url, '[{"id":1,"title":"One"},{"id":2,"title":"Two"},{"id":3,"title":"Three"}]', json)).body,
  ).toMatchObject({ items: 3 });
  expect(
    (
      await post(url, '<order id="7"><title>Tea &amp; cake</title></order>', {
        'content-type': 'application/xml',
      })
    ).status,
  ).toBe(200);
  expect((await post(url, Buffer.alloc(26 * 1024 * 1024, ' '), json)).status).toBe(413);
  const arrived = page.getByRole('list', { name: 'Received calls' });
  await expect(arrived.getByRole('button')).toHaveCount(4);
  await expect(arrived.getByText('Rejected')).toHaveCount(1);
  await post(url, '{"id": 5, "title": "Newest"}', json);
  await expect(arrived.getByRole('button')).toHaveCount(5);
  await arrived.getByRole('button', { name: /application\/xml/ }).click();
  await expect(page.getByText('Tea &amp; cake').first()).toBeVisible();
  await page.getByText('Tree', { exact: true }).click();
  await expect(page.getByRole('tree').getByText('Tea & cake')).toBeVisible();

  await page.getByRole('button', { name: 'I did it' }).click();
  await expect(page.getByText('4 calls are waiting')).toBeVisible();
  // It is mapped from the call that was chosen, not from the newest.
  await expect(
    page.getByRole('combobox', { name: 'Call to map from' }).locator('option:checked'),
  ).toContainText('xml');
  await expect(page.getByRole('tree').getByText('Tea & cake')).toBeVisible();
  await page.getByRole('textbox', { name: 'title', exact: true }).fill('title');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('3 calls indexed, 5 items')).toBeVisible();
  await expect(page.getByText('1 call needs attention: no id at this path.')).toBeVisible();
  await page
    .getByRole('button', { name: 'View Data' })
    .or(page.getByRole('link', { name: 'View Data' }))
    .first()
    .click();
  await expect(page.getByText('12345678901234567890')).toBeVisible();
  await expect(page.getByText('Three')).toBeVisible();
});
