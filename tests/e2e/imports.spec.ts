// Current data from a file, in a real browser against the real program.
import { expect, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

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
  await page.getByRole('button', { name: 'Upload the rows' }).click();
  await expect(page.getByText('2 rows uploaded; 1 row failed')).toBeVisible();
  await expect(page.getByText(/Row 3: It has 3 values/)).toBeVisible();
  await page.getByRole('button', { name: 'Map the fields' }).click();
  await expect(page.getByRole('textbox', { name: 'id', exact: true })).toHaveValue('id');
});
