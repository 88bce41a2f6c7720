// Items in the real program: searched, filtered, sorted, exported; calls that need attention; paths that drift; what the viewer
// copies and finds.
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
let id: string;
let url: string;

const cities = ['Berlin', 'Köln', 'Paris'];
const person = (n: number) => ({
  id: `p-${String(n).padStart(4, '0')}`,
  name: `Person ${n}`,
  city: cities[n % 3],
  score: 1000 + ((n * 37) % 101),
  note: n === 7 ? '=HYPERLINK("http://evil.example","x")' : `Note of ${n}`,
});
const post = (body: unknown, contentType = 'application/json') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const people = (from: number, count: number) => Array.from({ length: count }, (_, i) => person(from + i));
const settled = () => expect.poll(async () => (await program.api('status.get'))['waiting']).toBe(0);

test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
  const { dataSource } = (await program.api('dataSources.create', {
    kind: 'custom',
    name: 'People',
  })) as unknown as {
    dataSource: { id: string; connections: { localUrl: string }[] };
  };
  id = dataSource.id;
  url = dataSource.connections[0]?.localUrl ?? '';
  await program.api('mapping.save', {
    dataSourceId: id,
    mapping: {
      id: 'id',
      title: 'name',
      fields: [
        { name: 'city', path: 'city', type: 'text' },
        { name: 'score', path: 'score', type: 'number' },
        { name: 'note', path: 'note', type: 'text' },
      ],
    },
  });
  for (let from = 1; from <= 600; from += 100) await post(people(from, 100));
  await settled();
});
test.afterAll(() => program.kill());

async function open(page: Page, section: string): Promise<void> {
  await page.goto(program.url);
  await expect(page.getByRole('grid', { name: 'Connected Data Sources' })).toBeVisible();
  await page.goto(`${program.control}/data-sources/${id}/${section}`);
}
const rows = (page: Page) => page.getByRole('grid', { name: 'Items' }).getByRole('row');
const firstRow = (page: Page) => rows(page).nth(1);

/** Given as text, because these sources are checked without the types of a browser. */
const clipboardOf = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('items are searched, filtered, sorted and exported; columns are remembered', async ({ page }) => {
  await open(page, 'view-data');
  await expect(page.getByText('600 items')).toBeVisible();
  await expect(firstRow(page)).toContainText('Person 600');

  await page.getByRole('textbox', { name: 'Search items' }).fill('person 59');
  await expect(page.getByText('11 items')).toBeVisible();
  await expect(firstRow(page)).toContainText('Person 599');

  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Column').selectOption('fields.city');
  await page.getByLabel('Comparison').selectOption('equals');
  await page.getByRole('textbox', { name: 'Value' }).fill('Köln');
  await expect(page.getByText('3 items')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'score' }).click();
  await expect(page).toHaveURL(/sort=ascending/);
  await expect(firstRow(page)).toContainText('Köln');
  await page.reload();
  await expect(page.getByText('3 items')).toBeVisible();

  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'The items that fit, CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^People items \d{4}-\d{2}-\d{2}\.csv$/);
  const csv = readFileSync(await file.path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('\ufeffid,title,city,score,note,version,createdAt,updatedAt');
  expect(csv.trimEnd().split('\r\n')).toHaveLength(4);
  await expect(page.getByText(/^3 items exported as People items/)).toBeVisible();

  // A ticket is good once, and for the browser that is signed in only.
  const { ticket } = (await program.api('items.download', {
    dataSourceId: id,
    format: 'csv',
  })) as unknown as {
    ticket: string;
  };
  expect((await fetch(`${program.control}/download/${ticket}`)).status).toBe(401);
  const whole = await page.request.get(`${program.control}/download/${ticket}`);
  expect(await whole.text()).toContain('"\'=HYPERLINK(""http://evil.example"",""x"")"');
  expect((await page.request.get(`${program.control}/download/${ticket}`)).status()).toBe(404);

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'note' }).uncheck();
  await expect(page.getByRole('columnheader', { name: 'note' })).toBeHidden();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'city' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'note' })).toBeHidden();
});

test('rows that were read far below stay fresh, and in their place', async ({ page }) => {
  await open(page, 'view-data');
  await page.getByRole('button', { name: 'title', exact: true }).click();
  await expect(firstRow(page)).toContainText('Person 1');
  const last = rows(page).filter({ hasText: /Person 99$|p-0099/ });
  await page.getByRole('grid', { name: 'Items' }).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 30_000);
    await expect(last).toBeVisible({ timeout: 500 });
  }).toPass();
  const seen = rows(page).filter({ hasText: 'p-0097' });
  const place = await seen.boundingBox();
  // Row 598 of 600 changes, and rows come in and go far above it.
  await post([
    { ...person(97), city: 'Oslo' },
    { ...person(2), name: 'Zoe' },
    ...Array.from({ length: 3 }, (_, n) => ({ ...person(900 + n), name: `Aaron ${n}` })),
  ]);
  await expect(seen).toContainText('Oslo');
  await expect(last).toBeVisible();
  expect(await seen.boundingBox()).toEqual(place);
  await page.mouse.wheel(0, -100_000);
  await expect(firstRow(page)).toContainText('Aaron 0');
});

test('the selected items alone are exported, and one item shows its history and is copied', async ({
  page,
}) => {
  await post({ ...person(42), city: 'Łódź' });
  await settled();
  await open(page, 'view-data');
  await firstRow(page).getByRole('checkbox', { name: 'Select Person 42' }).check();
  await rows(page).nth(2).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: '2 selected items, JSON', exact: true }).click();
  const items = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { externalId: string }[];
  expect(items.map(({ externalId }) => externalId)).toContain('p-0042');

  await firstRow(page).getByText('Person 42').click();
  const item = page.getByRole('region', { name: 'Item' });
  await expect(item.getByText('2 versions')).toBeVisible();
  await expect(item.locator('ins')).toContainText('Łódź');
  await expect(item.locator('del')).toContainText('Berlin');
  await expectAccessible(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await item.getByRole('button', { name: 'Copy as JSON' }).click();
  const copied = JSON.parse(await clipboardOf(page));
  expect(copied).toMatchObject({ externalId: 'p-0042', fields: { city: 'Łódź' } });
  await item.getByRole('link', { name: 'Compare with the version before' }).click();
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible();
  await expect(page.getByText('1 difference', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Compare' })).toContainText('Version 1');
  await expectAccessible(page);
});

test('calls without an id are listed with their reasons and emptied by a better mapping', async ({
  page,
}) => {
  await post([
    { id: 'fine', name: 'Fine', city: 'x', score: 1, note: 'n' },
    { key: 'k-1', name: 'Keyless' },
  ]);
  await settled();
  await open(page, 'needs-attention');
  const list = page.getByRole('grid', { name: 'Calls that need attention' });
  await list.getByText('The path of the id yields nothing here.').click();
  await expect(page.getByText('1 of 2 elements have no id')).toBeVisible();
  await expect(page.getByText('Element [1]:')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Map this call' }).click();
  await expect(page).toHaveURL(/inbound-webhook\?call=cap_\w+&row=id/);
  const idPath = page.getByRole('textbox', { name: 'id', exact: true });
  await idPath.fill("$..['id','key']");
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/calls? indexed|indexed/i).first()).toBeVisible();
  await page.goto(`${program.control}/data-sources/${id}/needs-attention`);
  await expect(page.getByText('Nothing needs attention')).toBeVisible();
});

test('a path that drifts is shown with the way to map it anew', async ({ page }) => {
  for (let n = 700; n < 712; n += 1) await post(person(n));
  for (let n = 712; n < 718; n += 1) {
    const { city, ...rest } = person(n);
    await post({ ...rest, address: { city } });
  }
  await settled();
  await open(page, 'overview');
  const drift = page.getByRole('region', { name: 'Drift of mapped paths' });
  await expect(drift).toContainText('city has vanished from the newest calls');
  await expectAccessible(page);
  await drift.getByRole('button', { name: 'Map it anew' }).click();
  await expect(page).toHaveURL(/row=fields.0/);
  await expect(page.locator('[data-row="fields.0"][data-focused="true"]')).toBeVisible();
  await page.goto(`${program.control}/enterprise-components`);
  await expect(page.getByRole('link', { name: '1 path drifts' })).toBeVisible();
  await page.getByRole('link', { name: '1 path drifts' }).click();
  await drift.getByRole('button', { name: 'It is right like this' }).click();
  await expect(drift).toBeHidden();
});

test('the viewer finds what the tree has not fetched, copies it, and shows XML as XML and as mapped', async ({
  page,
}) => {
  await post({
    id: 'deep',
    name: 'Deep',
    list: Array.from({ length: 400 }, (_, i) => ({ number: i, word: i === 333 ? 'needle' : 'hay' })),
    long: 12345678901234567890n.toString(),
    story: 'word '.repeat(400),
  });
  await settled();
  const { captures } = (await program.api('captures.list', { dataSourceId: id, limit: 1 })) as unknown as {
    captures: { id: string }[];
  };
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, `captures?call=${captures[0]?.id}`);
  await page.getByText('Tree', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Find' }).fill('needle');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('needle');

  const tree = page.getByRole('tree', { name: 'Payload tree' });
  const clipboard = () => clipboardOf(page);
  await tree.getByRole('treeitem').filter({ hasText: 'needle' }).last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy path' }).click();
  await expect.poll(clipboard).toBe('list[333].word');
  await tree.focus();
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toBe('needle');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toContain('"number": 333');

  // A long text is cut in the tree until it is asked for.
  await page.getByRole('textbox', { name: 'Find' }).fill('');
  await tree.focus();
  await page.keyboard.press('End');
  const story = tree.getByRole('treeitem', { name: /story/ });
  await expect(story).not.toContainText('word '.repeat(300));
  await story.getByText('Show all').click();
  await expect(story).toContainText('word '.repeat(399).trim());

  // Pretty and raw: folded and unfolded, found, not wrapped; numbers as they came.
  const exactBody = `{
  "id": "exact",
  "name": "Exact",
  "big": 12345678901234567890,
  "price": 1.10,
  "inner": {
    "deep": [
      1,
      2
    ]
  }
}`;
  await post(exactBody);
  await settled();
  const exact = (await program.api('captures.list', { dataSourceId: id, limit: 1 })) as unknown as {
    captures: { id: string }[];
  };
  await open(page, `captures?call=${exact.captures[0]?.id}`);
  const shown = page.getByRole('region', { name: 'Payload' });
  for (const mode of ['Pretty', 'Raw']) {
    await shown.getByText(mode, { exact: true }).click();
    const lines = shown.getByRole('textbox', { name: mode });
    await expect(lines).toContainText('12345678901234567890');
    await expect(lines).toContainText('1.10');
    await shown.getByRole('textbox', { name: 'Find' }).fill('deep');
    await expect(shown.getByText('1 of 1')).toBeVisible();
    await shown.getByRole('textbox', { name: 'Find' }).fill('');
    await shown.getByRole('button', { name: 'Wrap lines' }).click();
    await expect(shown.getByRole('button', { name: 'Wrap lines' })).toHaveAttribute('aria-pressed', 'false');
    await shown.getByRole('button', { name: 'Wrap lines' }).click();
    await shown.getByRole('button', { name: 'Fold all' }).click();
    await expect(lines).not.toContainText('"deep"');
    await shown.getByRole('button', { name: 'Unfold line 6' }).click();
    await expect(lines).toContainText('"deep"');
    await shown.getByRole('button', { name: 'Fold line 6' }).click();
    await expect(lines).not.toContainText('"deep"');
    await shown.getByRole('button', { name: 'Unfold', exact: true }).click();
    await expect(lines).toContainText('"deep"');
    // The same by keys: the arrows go from line to line; what is inside of a fold folds that.
    await lines.focus();
    await page.keyboard.press('Home');
    for (let line = 1; line < 9; line += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Shift+BracketLeft');
    await expect(lines).toContainText('"deep"');
    await expect(lines.getByRole('button', { name: 'Unfold line 7' })).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(lines).not.toContainText('"deep"');
    await page.keyboard.press('Control+Shift+BracketRight');
    await expect(lines).toContainText('"deep"');
    await page.keyboard.press('Control+Alt+BracketRight');
    await expect(lines.getByRole('button', { name: 'Fold line 7' })).toBeVisible();
    await page.keyboard.press('Control+Alt+BracketLeft');
    await expect(lines).not.toContainText('"deep"');
    await page.keyboard.press('Control+Alt+BracketRight');
  }
  await shown.getByRole('button', { name: 'Copy body' }).click();
  await expect.poll(clipboard).toBe(exactBody);

  await post('<order id="x-1"><name>Xml</name><total>007</total></order>', 'application/xml');
  await settled();
  const newest = (await program.api('captures.list', { dataSourceId: id, limit: 1 })) as unknown as {
    captures: { id: string }[];
  };
  await page.goto(`${program.control}/data-sources/${id}/captures?call=${newest.captures[0]?.id}`);
  const viewer = page.getByRole('region', { name: 'Payload' });
  await expect(viewer.getByRole('textbox', { name: 'XML' })).toContainText('<total>007</total>');
  await viewer.getByText('As mapped').click();
  await expect(viewer.getByRole('textbox', { name: 'As mapped' })).toContainText('"total": "007"');
});
