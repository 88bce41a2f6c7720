// Captures over all sources: found, filtered, marked, compared; by keys throughout. In the real program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  test.setTimeout(240_000);
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
    // Beside the pane the list has no room for the source: the pane names it.
    await expect(page.getByRole('article').getByRole('link', { name: /^(Orders|Letters)$/ })).toBeVisible();
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

  const files = newDataDir();
  const exported = join(files, 'calls.ndjson');
  await test.step('exported as a file: secrets and a chosen path masked, all that the search found', async () => {
    await page.goto(`${program.control}/captures?q=number`);
    await expect(rows(page)).toHaveCount(25);
    await page.getByRole('button', { name: 'Files' }).click();
    await page.getByRole('menuitem', { name: 'Export calls' }).click();
    const window = page.getByRole('dialog', { name: 'Export calls' });
    await expect(window.getByRole('switch', { name: 'Mask secrets' })).toBeChecked();
    await window.getByRole('radio', { name: 'What the search finds' }).check();
    await window.getByText('NDJSON', { exact: true }).click();
    await window.getByRole('textbox', { name: 'Mask these values, too' }).fill('title');
    await expectAccessible(page);
    const download = page.waitForEvent('download');
    await window.getByRole('button', { name: 'Export', exact: true }).click();
    await (await download).saveAs(exported);
    await expect(window.getByText('24 calls exported as')).toBeVisible();
    await window.getByRole('button', { name: 'Close', exact: true }).last().click();
    const content = readFileSync(exported, 'utf8');
    expect(content.trimEnd().split('\n')).toHaveLength(24);
    expect(content).toContain('\\"total\\"');
    expect(content).not.toContain('number 3');
    expect(content).not.toMatch(/\/in\/[\w-]{16,}/);
  });

  await test.step('taken in by another Hookbench; what is not ours is refused', async () => {
    const other = await startProgram({ dataDir: newDataDir() });
    try {
      await page.goto(other.url);
      await page.getByRole('contentinfo').waitFor();
      await page.goto(`${other.control}/captures`);
      await page.getByRole('button', { name: 'Files' }).click();
      await page.getByRole('menuitem', { name: 'Import calls' }).click();
      const window = page.getByRole('dialog', { name: 'Import calls' });
      const foreign = { name: 'list.json', mimeType: 'application/json', buffer: Buffer.from('[{"id":1}]') };
      await window.getByLabel('File of calls').setInputFiles(foreign);
      await expect(window.getByRole('alert')).toContainText('Element 1 is no call that Hookbench exported');
      await window.getByLabel('File of calls').setInputFiles(exported);
      await expect(window.getByText('The file holds 24 calls.')).toBeVisible();
      await expect(window.getByText(/values were masked/)).toBeVisible();
      await expectAccessible(page);
      await window.getByRole('button', { name: 'Take them in' }).click();
      await expect(window.getByText('24 calls taken in.')).toBeVisible();
      const { captures } = (await other.api('captures.list', { query: 'total' })) as unknown as {
        captures: unknown[];
      };
      expect(captures).toHaveLength(24);
      await page.goto(`${other.control}/captures`);
      await rows(page).nth(1).click();
      const detail = page.getByRole('article', { name: 'Call' });
      await expect(detail).toContainText('Came asImport');
      await expect(detail).toContainText('No request, so no answer');
      await expect(rows(page).nth(1).getByRole('img', { name: 'Import' })).toBeVisible();
    } finally {
      await other.kill();
    }
  });

  await test.step('gone through quickly, no call is shown with the body of another, and the pane is not made anew', async () => {
    const { dataSources } = (await program.api('dataSources.list')) as unknown as {
      dataSources: { connections: { localUrl: string }[] }[];
    };
    for (let n = 0; n < 12; n += 1) {
      await fetch(dataSources[0]?.connections[0]?.localUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': `application/json; n=${n}`, 'x-step': 'through' },
        body: JSON.stringify({ n, end: true }),
      });
    }
    await page.goto(`${program.control}/captures?q=header:x-step=through`);
    await expect(rows(page)).toHaveCount(13);
    await rows(page).nth(1).click();
    const detail = page.getByRole('article', { name: 'Call' });
    await expect(detail).toContainText('"n": 11,');
    await page.evaluate(`{
      const pane = document.querySelector('article');
      window.pairs = new Set();
      new MutationObserver(() => {
        const shown = pane.isConnected ? pane.textContent : 'gone';
        window.pairs.add([shown.match(/; n=([0-9]+)/)?.[1], shown.match(/"n": ([0-9]+),/)?.[1]].join());
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }`);
    for (let press = 0; press < 11; press += 1) await page.keyboard.press('j');
    await expect(detail).toContainText('"n": 0,');
    const pairs = (await page.evaluate('[...window.pairs]')) as string[];
    // Of each moment the head's and the body's; one of them may still be missing.
    const mixed = pairs.filter((pair) => new Set(pair.split(',').filter((n) => n !== '')).size > 1);
    expect(mixed).toEqual([]);
    expect(pairs).toContain('0,0');
  });

  await test.step('a body of 20 MB opens, and the window goes on meanwhile', async () => {
    const { dataSources } = (await program.api('dataSources.list')) as unknown as {
      dataSources: { connections: { localUrl: string }[] }[];
    };
    const note = 'lorem ipsum dolor sit amet '.repeat(24);
    const body = JSON.stringify(Array.from({ length: 29_000 }, (_, id) => ({ id, note })));
    const answer = await fetch(dataSources[0]?.connections[0]?.localUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(200);
    await page.goto(`${program.control}/captures?q=size:>1mb`);
    await expect(rows(page)).toHaveCount(2);
    await page.evaluate(
      `window.longest = 0; new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration); }).observe({ type: 'longtask' })`,
    );
    await rows(page).nth(1).click();
    const detail = page.getByRole('article', { name: 'Call' });
    await expect(detail.getByText('lorem ipsum').first()).toBeVisible();
    await expect(detail.locator('[aria-busy="true"]')).toHaveCount(0);
    // Generous, for a machine that does other things: reading such a body in the window would take seconds.
    expect(await page.evaluate('window.longest')).toBeLessThan(1_500);
  });
});
