// Captures over all sources: found, filtered, marked, compared; by keys throughout. In the real program.
import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
  for (const name of ['Orders', 'Letters']) {
    const { dataSource } = (await program.api('dataSources.create', { kind: 'custom', name })) as unknown as {
      dataSource: { connections: { localUrl: string }[] };
    };
    const url = dataSource.connections[0]?.localUrl ?? '';
    for (let i = 0; i < 12; i += 1) {
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-request-id': `${name}-${i}` },
        body: JSON.stringify({ id: i, title: `${name} number ${i}`, total: i * 10 }),
      });
    }
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"broken": ',
    });
  }
});
test.afterAll(() => program.kill());

const rows = (page: Page) => page.getByRole('grid', { name: 'Captures' }).getByRole('row');
const search = (page: Page) => page.getByRole('textbox', { name: 'Search captures' });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('captures are found, marked and compared, by keys throughout', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(program.url);
  await page.getByRole('contentinfo').waitFor();
  await page.goto(`${program.control}/captures`);
  await expect(rows(page).nth(1)).toContainText('Rejected');

  await test.step('a search, a fault with its place, a filter', async () => {
    await search(page).fill('number "Orders number" $.total>=100');
    await expect(rows(page)).toHaveCount(3);
    await search(page).fill('size:big');
    await expect(page.getByRole('alert')).toContainText('At 6:');
    await expect(rows(page)).toHaveCount(3);
    await search(page).fill('source:let');
    await page.keyboard.press('Tab');
    await expect(search(page)).toHaveValue('source:Letters ');
    await expect(rows(page)).toHaveCount(14);
    await page.getByText('Rejected', { exact: true }).first().click();
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('button', { name: 'Clear the search' }).first().click();
    await expect(rows(page).nth(1)).toContainText('Rejected');
  });

  await test.step('keys: next, pin, choose, help', async () => {
    await rows(page).nth(1).click();
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    await expect(rows(page).nth(2).getByRole('img', { name: 'Pinned' })).toBeVisible();
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect(page.getByText('2 chosen')).toBeVisible();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await expect(help).toBeVisible();
    // As it comes from a quick hand, before the focus has moved into the window: it closes the window, not the call behind it.
    await page.evaluate(
      "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))",
    );
    await expect(help).toHaveCount(0);
    await expect(page.getByRole('article', { name: 'Call' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('what the call led to, and its bytes', async () => {
    const detail = page.getByRole('article', { name: 'Call' });
    await detail.getByText('Related', { exact: true }).click();
    await expect(detail.getByText('What the receiver answered')).toBeVisible();
    await detail.getByText('Hex', { exact: true }).click();
    await expect(detail.getByText('00000000')).toBeVisible();
  });

  await test.step('compared, with a path left out', async () => {
    await page.keyboard.press('v');
    await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'differences' })).toBeVisible();
    await page.getByRole('button', { name: 'Leave total out' }).click();
    await expect(page.getByRole('button', { name: 'Left out (1)' })).toBeVisible();
    await expectAccessible(page);
  });
});
