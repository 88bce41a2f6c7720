// A manual source in a real browser against the real program: items typed in, edited, deleted and brought back.
import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

/** Pictures to look at, where a folder is named for them. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (!folder) return;
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [width, height] of [
      [1280, 800],
      [390, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

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
  await addField('tags', 'List');
  await addField('contact', 'Object');
  await addField('free from', 'Date');
  await addField('notes', 'Text');
  await drawer.getByRole('textbox', { name: 'notes' }).fill('two\nlines');
  await drawer.getByRole('textbox', { name: 'seats' }).fill('many');

  // A list as rows, or as JSON.
  await drawer.getByRole('button', { name: 'Add to tags' }).click();
  await drawer.getByRole('textbox', { name: 'tags: value 1' }).fill('quiet');
  await drawer.getByRole('group', { name: 'tags' }).getByRole('button', { name: 'As JSON' }).click();
  await expect(drawer.getByRole('textbox', { name: 'tags' })).toHaveValue('["quiet"]');
  await drawer.getByRole('textbox', { name: 'tags' }).fill('quiet');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText(/Type a list as JSON/)).toBeVisible();
  await drawer.getByRole('textbox', { name: 'tags' }).fill('["quiet"]');
  await drawer.getByRole('button', { name: 'As rows' }).click();
  // A name that stands twice loses nothing: it waits for another name.
  for (const [at, name, value] of [
    [1, 'phone', '+49 30 1'],
    [2, 'phone', '+49 30 2'],
  ] as const) {
    await drawer.getByRole('button', { name: 'Add to contact' }).click();
    await drawer.getByRole('textbox', { name: `contact: name ${at}` }).fill(name);
    await drawer.getByRole('textbox', { name: `contact: value ${at}` }).fill(value);
  }
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText('This name is there already.').first()).toBeVisible();
  await drawer.getByRole('textbox', { name: 'contact: name 2' }).fill('mobile');
  await drawer.getByLabel('free from', { exact: true }).fill('2026-11-24');
  await drawer.getByLabel('Time of free from').fill('09:30');

  // What is typed is asked for before it goes, and outlives another screen and a reload.
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Close without saving?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();
  await page.reload();
  await expect(drawer.getByText(/What you had typed before is back/)).toBeVisible();
  await expect(drawer.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('Library');
  await shoot(page, 'manual-drawer');
  // Nothing is half saved: no field comes without the item, and none that was typed is left behind.
  await drawer.getByRole('textbox', { name: 'Field name' }).fill('left');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText('Add this field, or empty its name.')).toBeVisible();
  await drawer.getByRole('textbox', { name: 'Field name' }).fill('');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText(/Expected a number/)).toBeVisible();
  await expect(drawer.getByRole('textbox', { name: 'seats' })).toBeFocused();
  await expect(page.getByRole('columnheader', { name: 'seats' })).toHaveCount(0);
  await shoot(page, 'manual-refused');
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
  await expect(item).toContainText('2026-11-24T09:30');
  await expect(item).toContainText('+49 30 2');

  // A type that the values do not fit is refused, with an example; one that they fit is taken.
  await item.getByRole('button', { name: 'Edit' }).click();
  const changeType = async (field: string, type: string) => {
    await drawer.getByRole('button', { name: `The field ${field}` }).click();
    await page.getByRole('menuitemradio', { name: type, exact: true }).click();
  };
  await changeType('tags', 'Number');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText(/"tags" cannot become a number: one item has a value/)).toBeVisible();
  await shoot(page, 'manual-unfit');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close anyway' }).click();
  await expect(drawer).toBeHidden();

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

  // Another window changes the item: the one that stands on the older version is told, and chooses.
  await rows.nth(1).click();
  await item.getByRole('button', { name: 'Edit' }).click();
  await drawer.getByRole('textbox', { name: 'title', exact: true }).fill('Quiet room');
  const other = await page.context().newPage();
  await other.goto(page.url());
  const otherItem = other.getByRole('region', { name: 'Item', exact: true });
  const otherDrawer = other.getByRole('dialog');
  async function changeSeats(seats: string): Promise<void> {
    await otherItem.getByRole('button', { name: 'Edit' }).click();
    await otherDrawer.getByRole('textbox', { name: 'seats' }).fill(seats);
    await otherDrawer.getByRole('button', { name: 'Save' }).click();
    await expect(otherDrawer).toBeHidden();
  }
  // It does not show what this window has typed.
  await expect(otherDrawer).toBeHidden();
  await changeSeats('41');
  await expect(drawer.getByText('This item was changed elsewhere')).toBeVisible();
  await expect(drawer.getByText('Changed since you opened it: seats.')).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Save' })).toBeDisabled();
  await shoot(page, 'manual-newer');
  await drawer.getByRole('button', { name: 'Keep what I typed' }).click();
  await expect(drawer.getByRole('textbox', { name: 'seats' })).toHaveValue('41');
  await expect(drawer.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('Quiet room');
  await changeSeats('42');
  await drawer.getByRole('button', { name: 'Take the newer version' }).click();
  await expect(drawer.getByRole('textbox', { name: 'seats' })).toHaveValue('42');
  await expect(drawer.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('Reading room');
  await other.close();
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();

  // Several are deleted in one step, and brought back in one.
  for (const title of ['Cellar', 'Attic']) {
    await page.getByRole('button', { name: '+ Add Item' }).click();
    await drawer.getByRole('textbox', { name: 'title', exact: true }).fill(title);
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(drawer).toBeHidden();
    await page.getByRole('checkbox', { name: `Select ${title}` }).check();
  }
  await shoot(page, 'manual-selected');
  await page.getByRole('button', { name: 'Delete 2 items' }).click();
  await expect(page.getByText('2 items were deleted')).toBeVisible();
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2 items are back')).toBeVisible();
  await expect(rows).toHaveCount(4);
  await page.getByRole('checkbox', { name: 'Select Cellar' }).check();
  await page.getByRole('checkbox', { name: 'Select Attic' }).check();
  await page.getByRole('button', { name: 'Delete 2 items' }).click();
  await expect(rows).toHaveCount(2);

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

  // Its status is its own: there is nothing to listen to.
  await page.goto(program.url);
  await page
    .getByRole('combobox', { name: 'Every status' })
    .or(page.getByPlaceholder('Every status'))
    .first()
    .click();
  await page.getByRole('option', { name: 'Ready' }).click();
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toContainText('Rooms');
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toContainText('Ready');
});
