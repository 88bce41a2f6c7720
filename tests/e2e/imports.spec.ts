// Current data from a file, in a real browser against the real program.
import { expect, type Page, test } from '@playwright/test';
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

test('a file becomes rows to map; a broken one changes nothing', async ({ page }) => {
  await page.goto(program.url);
  await page.getByRole('button', { name: 'New Data Source' }).first().click();
  await page.getByRole('menuitem', { name: 'Spreadsheets / Files' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('People');
  await page.getByRole('button', { name: 'Create' }).click();
  const file = page.getByLabel('File', { exact: true });
  const give = (text: string) =>
    file.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await give('id,name\n1,"Ada\n');
  await expect(page.getByText(/quote that opens at line 2, column 3/)).toBeVisible();
  await page.getByRole('button', { name: 'Upload another file' }).click();
  await give('id,name\n1,Ada\n2,Grace,too much\n3,Joan\n');
  await expect(page.getByRole('row', { name: '4 3 Joan' })).toBeVisible();
  await page.getByRole('button', { name: 'Upload the rows' }).click();
  await expect(page.getByText('2 rows uploaded; 1 row failed')).toBeVisible();
  await expect(page.getByText(/Row 3: It has 3 values/)).toBeVisible();
  await page.getByRole('button', { name: 'Map the fields' }).click();
  await expect(page.getByRole('textbox', { name: 'id', exact: true })).toHaveValue('id');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`the upload, ${colorScheme}, ${width} px wide: axe, and nothing sticks out`, async ({ browser }) => {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.goto(program.url);
      await page.getByRole('contentinfo').waitFor();
      const made = (await program.api('dataSources.create', {
        kind: 'file',
        name: `Table ${colorScheme} ${width}`,
      })) as unknown as { dataSource: { id: string } };
      await page.goto(`${program.control}/data-sources/${made.dataSource.id}/set-up`);
      await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
      await expectSound(page, width);
      const names = Array.from({ length: 40 }, (_, i) => `column number ${i}`).join(',');
      await page.getByLabel('File', { exact: true }).setInputFiles({
        name: 'wide.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`${names}\n1,Ada\n${'x,'.repeat(40)}x\n`),
      });
      await expect(page.getByText('10 more columns')).toBeVisible();
      await expectSound(page, width);
      await page.getByRole('button', { name: 'Upload the rows' }).click();
      await expect(page.getByText('1 row uploaded; 1 row failed')).toBeVisible();
      await expectSound(page, width);
      await context.close();
    });
  }
}

async function expectSound(page: Page, width: number): Promise<void> {
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  for (const label of await page.getByText(/Upload current data only|Continuous integration/).all()) {
    const box = await label.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }
}
