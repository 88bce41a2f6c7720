// Current data from a file, in a real browser against the real program.
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import writeXlsxFile from 'write-excel-file/node';
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
  await expect(page.getByText('Uploaded rows run no modules.')).toBeVisible();
  await page.getByRole('button', { name: 'Upload the rows' }).click();
  await expect(page.getByText('2 rows uploaded; 1 row failed')).toBeVisible();
  await expect(page.getByText(/Row 3: It has 3 values/)).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const faults = await saved;
  expect(faults.suggestedFilename()).toBe('people.csv failed rows.csv');
  expect(await readFile(await faults.path(), 'utf8')).toMatch(/^\ufeffrow,reason\r\n3,/);
  await page.getByRole('button', { name: 'Map the fields' }).click();
  await expect(page.getByRole('textbox', { name: 'id', exact: true })).toHaveValue('id');
});

test('how a file is read is chosen before it is applied; a reload takes it up; the list has what came before', async ({
  page,
}) => {
  await page.goto(program.url);
  await page.getByRole('contentinfo').waitFor();
  const made = (await program.api('dataSources.create', { kind: 'custom', name: 'Towns' })) as unknown as {
    dataSource: { id: string };
  };
  const { id } = made.dataSource;
  await page.goto(`${program.control}/data-sources/${id}/inbound-webhook`);
  await page.getByRole('button', { name: 'Upload current data' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File', { exact: true }).setInputFiles({
    name: 'towns.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('1|\u00c9vreux\n2|K\u00f6ln\n', 'latin1'),
  });
  await expect(dialog.getByText('1 row, 2 columns')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'The first row names the columns' }).uncheck();
  await expect(dialog.getByText('2 rows, 2 columns')).toBeVisible();
  await expect(dialog.getByRole('row', { name: '2 2 K\u00f6ln' })).toBeVisible();
  // Read wrongly on purpose: refused, and still there to be read in another way, also after a reload.
  await dialog.getByRole('combobox', { name: 'Character set' }).click();
  await page.getByRole('option', { name: 'UTF-8' }).click();
  await expect(dialog.getByText(/are no text in it/)).toBeVisible();
  await page.reload();
  await expect(dialog.getByText(/are no text in it/)).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Character set' }).click();
  await page.getByRole('option', { name: 'Windows-1252' }).click();
  await expect(dialog.getByRole('row', { name: '2 2 K\u00f6ln' })).toBeVisible();
  await page.reload();
  await dialog.getByRole('button', { name: 'Upload the rows' }).click();
  await expect(dialog.getByText('2 rows uploaded', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Upload another file' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'towns.csv' })).toContainText(
    '2 rows uploaded',
  );

  // Another delimiter, a file that is dropped, a workbook of two sheets; each is taken back before anything is applied.
  const give = (name: string, content: string | Uint8Array) =>
    dialog.getByLabel('File', { exact: true }).setInputFiles({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(content as Uint8Array),
    });
  await give('bars.csv', 'id|name\n1|Ada, Countess\n2|Joan, too\n');
  await expect(dialog.getByText('2 rows, 2 columns')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Delimiter' }).click();
  await page.getByRole('option', { name: 'Comma ( , )' }).click();
  await expect(
    dialog.getByText(/2 rows cannot be read|No row of the file can be applied/).first(),
  ).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Delimiter' }).click();
  await page.getByRole('option', { name: 'Bar ( | )' }).click();
  await expect(dialog.getByRole('row', { name: '2 1 Ada, Countess' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).first().click();

  const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{"id":1,"name":"Dropped"}\\n'], 'dropped.ndjson'));
    return transfer;
  })()`);
  await dialog.getByText('Drop a CSV, JSON, NDJSON or Excel file here').dispatchEvent('drop', {
    dataTransfer: dropped,
  });
  await expect(dialog.getByRole('row', { name: '1 1 Dropped' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).first().click();

  const head = [{ value: 'id' }, { value: 'name' }];
  const workbook = await writeXlsxFile([
    { sheet: 'Notes', data: [head, [{ value: 1 }, { value: 'A note' }]] },
    { sheet: 'People', data: [head, [{ value: 7 }, { value: 'Grace' }]] },
  ]).toBuffer();
  await give('book.xlsx', new Uint8Array(workbook));
  await expect(dialog.getByRole('row', { name: '2 1 A note' })).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Sheet' }).click();
  await page.getByRole('option', { name: 'People' }).click();
  await expect(dialog.getByRole('row', { name: '2 7 Grace' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).first().click();

  // What is not what its name says, and what is far too wide: why and what to do, and nothing is applied.
  await give('report.csv', '%PDF-1.7 and so on');
  await expect(dialog.getByText(/its content is a PDF document\. Give it its right ending/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Upload another file' }).click();
  await give('wide.csv', `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n1\n`);
  await expect(dialog.getByText(/Row 1 has 10,000 columns; at most 1,000 can be read\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Upload another file' }).click();

  // Leaving while a file is on its way takes it back: nothing is left over.
  await dialog.getByLabel('File', { exact: true }).setInputFiles({
    name: 'large.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`id,name\n${'1,x\n'.repeat(4_000_000)}`),
  });
  await expect(dialog.getByText('Uploading', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect
    .poll(async () => {
      const { imports } = (await program.api('imports.list', { dataSourceId: id })) as unknown as {
        imports: { state: string }[];
      };
      return imports.map(({ state }) => state);
    })
    // What could not be read is not called cancelled.
    .toEqual(['cancelled', 'failed', 'failed', 'cancelled', 'cancelled', 'cancelled', 'done']);
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
