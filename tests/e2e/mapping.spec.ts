// The mapping editor in depth, in a real browser against the real program: suggestions, completion, coverage, fallbacks, wrapped
// texts, event types, the dry run before Save; by keyboard where keys are enough.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;

test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
});
test.afterAll(async () => {
  await program.kill();
});

async function createSource(name: string, applicationId?: string): Promise<{ id: string; url: string }> {
  const input = applicationId ? { kind: 'cloudApplication', applicationId, name } : { kind: 'custom', name };
  const created = (await program.api('dataSources.create', input)) as unknown as {
    dataSource: { id: string; connections: { inboundUrl: string }[] };
  };
  const { id, connections } = created.dataSource;
  return { id, url: connections[0]?.inboundUrl ?? '' };
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

async function openEditor(page: Page, id: string): Promise<void> {
  await page.goto(program.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(`${program.control}/data-sources/${id}/inbound-webhook`);
  await expect(page.getByRole('tree', { name: 'Payload tree' })).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

test('from a suggestion to a dry run and a saved mapping', async ({ page }) => {
  const { id, url } = await createSource('Orders');
  for (let number = 1; number <= 6; number++) {
    await post(url, {
      event_id: `evt_${number}`,
      data: {
        id: 100 + number,
        customer: { full_name: `Ada Example ${String.fromCharCode(64 + number)}` },
        ...(number % 2 === 0 && { note: `Note of ${number}` }),
      },
    });
  }
  await openEditor(page, id);

  // The suggestions say why; a click takes one.
  const ids = page.getByRole('list', { name: 'Suggestions for id' });
  await expect(ids.getByRole('button').first()).toContainText('data.id');
  await expect(ids.getByText('In all 6 calls, different each time').first()).toBeVisible();
  await ids.getByRole('button').first().click();
  await expect(row(page, 'id')).toHaveValue('data.id');
  await expect(page.getByRole('img', { name: 'A value in 6 of the last 6 calls' })).toBeVisible();

  // Completion by keyboard.
  await row(page, 'title').focus();
  await row(page, 'title').pressSequentially('full');
  const paths = page.getByRole('listbox', { name: 'Paths of recent calls' });
  await expect(paths.getByRole('option').first()).toContainText('data.customer.full_name');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(page, 'title')).toHaveValue('data.customer.full_name');

  // A field that half of the calls have, with a fallback.
  await page.getByRole('button', { name: 'Add field' }).click();
  await row(page, 'Name of field 1').fill('note');
  await row(page, 'Path of field 1').fill('data.note');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('img', { name: 'A value in 3 of the last 6 calls' })).toBeVisible();
  await page.getByRole('button', { name: 'More for Path of field 1' }).click();
  await page.getByRole('menuitem', { name: 'Add a fallback path' }).click();
  // The new row has the cursor.
  await expect(row(page, 'Fallback 1 of note')).toBeFocused();
  await page.keyboard.type('event_id');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('img', { name: 'A value in 6 of the last 6 calls' })).toHaveCount(3);

  // What would happen, before it happens.
  await page.getByRole('button', { name: 'Try on all calls' }).click();
  await expect(page.getByText('6 items appear, 0 change, 0 vanish, 0 calls fail')).toBeVisible();
  await page.getByText('Examples', { exact: true }).click();
  await expect(page.getByText('Ada Example A').first()).toBeVisible();
  expect((await (await axeAtRest(page)).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('6 calls indexed, 6 items')).toBeVisible();

  // Another mapping over the same history; undo takes everything back.
  await row(page, 'id').fill('data.note');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Try on all calls' }).click();
  await expect(page.getByText('3 items appear, 0 change, 6 vanish, 3 calls fail')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'id')).toHaveValue('data.id');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Fallback 1 of note')).toBeHidden();

  // Two elements of one call with the same id: the later one would overwrite the earlier one, which is said at once.
  const repeats = page.getByRole('status').filter({ hasText: 'One id comes more than once within a call' });
  await expect(repeats).toBeHidden();
  const twice = ['evt_a', 'evt_b'].map((event_id) => ({ event_id, data: { id: 200, customer: {} } }));
  await post(url, twice);
  await expect(repeats).toContainText('200');
  await row(page, 'id').fill('event_id');
  await page.keyboard.press('Escape');
  await expect(repeats).toBeHidden();
});

test('a text that wraps JSON is opened, in the tree, too', async ({ page }) => {
  const { id, url } = await createSource('Chat');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = JSON.stringify({ user: { id: 'U1', name: 'Grace' } });
  await post(url, new URLSearchParams({ payload }).toString(), form);
  await openEditor(page, id);
  await page.getByText('Wrapped texts, newest version, absent values').click();
  await page.getByRole('button', { name: 'Open a wrapped text' }).click();
  await row(page, 'Path of wrapped text 1').fill('payload');
  await page.keyboard.press('Escape');
  await row(page, 'title').focus();
  await page.getByRole('treeitem', { name: /^name/ }).click();
  await expect(row(page, 'title')).toHaveValue('payload.user.name');
  await row(page, 'id').fill('payload.user.id');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('1 call indexed, 1 item')).toBeVisible();
});

test('event types have paths of their own, in dark and on a narrow screen', async ({ page }) => {
  const { id, url } = await createSource('Repository', 'github');
  await post(url, { pull_request: { id: 1, title: 'A change' } }, { 'x-github-event': 'pull_request' });
  await post(url, { after: 'abc', head_commit: { message: 'A commit' } }, { 'x-github-event': 'push' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await openEditor(page, id);
  await page.getByRole('button', { name: 'Use these paths' }).click();
  await page.getByRole('tab', { name: /^push/ }).click();
  await expect(page.getByRole('img', { name: 'A value in 1 of the last 1 call' })).toHaveCount(2);
  await expect(row(page, 'id of push')).toHaveValue('after');
  await expect(row(page, 'title of push')).toHaveValue('head_commit.message');
  await page.getByRole('button', { name: 'Try on all calls' }).click();
  await expect(page.getByText('2 items appear, 0 change, 0 vanish, 0 calls fail')).toBeVisible();
  expect((await (await axeAtRest(page)).analyze()).violations).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeInViewport();
  const tree = await page.getByRole('tree', { name: 'Payload tree' }).boundingBox();
  expect(tree?.height).toBeGreaterThan(350);
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow).toBe(0);
});

test('a JSONPath over the tree highlights what it selects, gives concrete paths, and says where it goes wrong', async ({
  page,
}) => {
  const { id, url } = await createSource('Carts');
  const lines = Array.from({ length: 30 }, (_, at) => ({ sku: `S-${at}`, price: at % 2 === 0 ? 5 : 50 }));
  await post(url, { cart: { key: 'c-1', owner: { name: 'Ada' }, lines } });
  await openEditor(page, id);
  const find = page.getByRole('textbox', { name: 'Find' });
  const selected = page.getByRole('region', { name: 'What the JSONPath selects' });
  const tree = page.getByRole('tree', { name: 'Payload tree' });

  await find.fill('$.cart.lines[?@.price > 10].sku');
  await expect(selected.getByRole('button')).toHaveCount(15);
  await expect(selected.getByRole('button').first()).toHaveText('cart.lines[1].sku');
  await expect(page.getByText('1 of 15')).toBeVisible();
  const found = tree.locator('[role="treeitem"][data-found="true"]');
  await expect(found.first()).toContainText('S-1');
  await expect(tree.getByRole('treeitem', { name: /"S-2"/ })).toHaveAttribute('data-found', 'false');

  await row(page, 'title').focus();
  await find.fill('$..name');
  await selected.getByRole('button', { name: 'cart.owner.name' }).click();
  await expect(row(page, 'title')).toHaveValue('cart.owner.name');

  // Without a pointer: the row, the tree, the value.
  await find.fill('');
  await row(page, 'id').focus();
  await tree.focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < 6 && !(await isActive(tree, 'c-1')); at++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(page, 'id')).toHaveValue('cart.key');
  await page.keyboard.press('Control+z');
  await expect(row(page, 'id')).toHaveValue('id');

  await find.fill('$.cart.lines[');
  await expect(selected.getByText(/^No JSONPath yet: .* \(at character 14\)/)).toBeVisible();
  await find.fill('$.cart.nothing');
  await expect(selected.getByText('This JSONPath selects nothing in this call.')).toBeVisible();
});

async function isActive(tree: Locator, text: string): Promise<boolean> {
  return (await tree.getByRole('treeitem', { selected: true }).textContent())?.includes(text) ?? false;
}

test('indexing shows its progress again after a reload, and is cancelled there; a mapping that yields nothing replaces nothing', async ({
  page,
}) => {
  const { id, url } = await createSource('Long history');
  for (let call = 0; call < 40; call++) {
    await post(
      url,
      Array.from({ length: 1000 }, (_, at) => ({ id: call * 1000 + at, title: `T${at}` })),
    );
  }
  await openEditor(page, id);
  await row(page, 'title').fill('title');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^Indexing \d+ of 40 calls$/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^Indexing \d+ of 40 calls$/)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Saving the mapping' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Indexing was cancelled')).toBeVisible();
  await expect(page.getByText('40 calls are waiting; they are indexed when you save.')).toBeVisible();
  await expect(page.getByText('This mapping was changed in another window')).toBeHidden();
  await expect(row(page, 'title')).toHaveValue('title');

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  await expect(page.getByText('Indexed, 40,000 items')).toBeVisible({ timeout: 60_000 });

  await row(page, 'id').fill('nowhere');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const refused = page.getByRole('alert').filter({ hasText: 'This mapping yields no item' });
  await expect(refused).toContainText('The newest 40 calls yield no item');
  await expect(refused).toContainText('Nothing was saved; correct the id');
  await expect(page.locator('[data-row="id"]')).toHaveAttribute('data-focused', 'true');
  await expect(refused.getByRole('button', { name: 'Save all the same' })).toBeVisible();
});

test('a list that every call has is offered as the split, and ids are found within it', async ({ page }) => {
  const { id, url } = await createSource('Batches');
  for (let number = 1; number <= 3; number++)
    await post(url, {
      batch: number,
      events: [{ key: `a-${number}`, label: 'Tea' }, { key: `b-${number}` }],
    });
  await openEditor(page, id);
  const splits = page.getByRole('list', { name: 'Suggestions for split' });
  await splits.getByRole('button', { name: /^\$\.events\[\*\]/ }).click();
  await expect(row(page, 'split')).toHaveValue('$.events[*]');
  await expect(splits).toHaveCount(0);
  await page.getByRole('list', { name: 'Suggestions for id' }).getByRole('button', { name: /^key/ }).click();
  await expect(row(page, 'id')).toHaveValue('key');
});
