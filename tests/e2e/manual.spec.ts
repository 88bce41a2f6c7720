// A manual source in a real browser against the real program: items typed in, edited, deleted and brought back.
import { expect, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
});
test.afterAll(async () => void (await program.kill()));

test('items are typed in, edited, deleted, brought back, and are there after a reload', async ({ page }) => {
  await page.goto(program.url);
  await page.getByRole('button', { name: 'New Data Source' }).first().click();
  await page.getByRole('menuitem', { name: 'Custom / Internal API' }).click();
  await page.getByRole('dialog').getByText('New Custom Data Source').click();
  await expect(page.getByRole('radio', { name: 'External Data Source' })).toBeChecked();
  await page.getByRole('radio', { name: 'Manual' }).check();
  await page.getByRole('textbox', { name: 'Integration display name' }).fill('Rooms');
  await page.getByRole('button', { name: 'Create' }).click();

  await page.getByRole('button', { name: '+ Add Item' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText('Type a title.')).toBeVisible();
  await drawer.getByRole('textbox', { name: 'id', exact: true }).fill('r-1');
  await drawer.getByRole('textbox', { name: 'title', exact: true }).fill('Library');
  const addField = async (name: string, type: string) => {
    await drawer.getByRole('textbox', { name: 'Field name' }).fill(name);
    await drawer.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: type, exact: true }).click();
    await drawer.getByRole('button', { name: 'Add field' }).click();
  };
  await addField('seats', 'Number');
  await addField('tags', 'List (JSON)');
  await drawer.getByRole('textbox', { name: 'seats' }).fill('many');
  await drawer.getByRole('textbox', { name: 'tags' }).fill('quiet');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText(/Type a list as JSON/)).toBeVisible();
  await drawer.getByRole('textbox', { name: 'tags' }).fill('["quiet"]');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText(/Expected a number/)).toBeVisible();
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await drawer.getByRole('textbox', { name: 'seats' }).fill('40');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();

  const item = page.getByRole('region', { name: 'Item', exact: true });
  const rows = page.getByRole('grid', { name: 'Items' }).getByRole('row');
  await expect(item).toContainText('Created by hand.');
  await expect(rows.nth(1)).toContainText('Library');
  await expect(item).toContainText('40');

  await item.getByRole('button', { name: 'Edit' }).click();
  await drawer.getByRole('textbox', { name: 'title', exact: true }).fill('Reading room');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(item.getByRole('heading', { name: 'Reading room' })).toBeVisible();
  await expect(item.getByText('by hand', { exact: true })).toHaveCount(2);
  await expect(item.getByRole('link', { name: 'Open the call' })).toHaveCount(0);

  await item.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('“Reading room” was deleted')).toBeVisible();
  await expect(page.getByText('No items yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows.nth(1)).toContainText('Reading room');

  await page.reload();
  await expect(rows.nth(1)).toContainText('Reading room');
  const panel = page.getByRole('navigation', { name: 'Configuration' });
  await expect(panel.getByRole('link')).toHaveText([
    'Overview',
    'Information',
    'Solutions Access',
    'Connections',
    'Audit Log',
    /View Data/,
    'Actions',
    'Deliveries',
  ]);
  await panel.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText('Webhook URL')).toHaveCount(0);
});
