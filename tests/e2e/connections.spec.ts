// The outbound side of a data source, played in a real browser against the real program and a real second HTTP server: a custom API is
// added, a Base Url that is wrong or refused saves nothing, the doctor says why, what is allowed is saved.
import { expect, test } from '@playwright/test';
import { headerOf, startSecondServer } from '../harness/second-server.ts';
import {
  createSource,
  expectNoViolations,
  open,
  outgoingOf,
  picture,
  prepareConnections,
  program,
  server,
} from './connections-stage.ts';

prepareConnections();

test('a custom API is added, and its connection is opened', async ({ page }) => {
  const faults = await open(page);
  await test.step('the wizard', async () => {
    await page.getByRole('button', { name: 'New Data Source' }).first().click();
    await page.getByRole('menuitem', { name: 'Custom / Internal API' }).click();
    const window = page.getByRole('dialog', { name: 'Add New Data Source' });
    await window.getByRole('button', { name: 'New Custom Data Source' }).click();
    const name = page.getByRole('textbox', { name: 'Integration display name' });
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByText('Type a name.')).toBeVisible();
    await name.fill('Warehouse');
    await expect(page.getByRole('dialog', { name: 'Warehouse' })).toBeVisible();
    await expect(
      page.getByRole('radiogroup', { name: 'How would you send the data?' }).getByRole('radio'),
    ).toHaveCount(2);
    // What is typed survives a reload.
    await page.reload();
    await expect(name).toHaveValue('Warehouse');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('heading', { name: 'Warehouse', level: 1 })).toBeVisible();
    const panel = page.getByRole('navigation', { name: 'Configuration' });
    await expect(panel.getByRole('heading')).toHaveText(['General', 'Input', 'Output']);
  });

  const panel = page.getByRole('navigation', { name: 'Configuration' });
  await panel.getByRole('link', { name: 'Connections' }).click();
  const list = page.getByRole('list', { name: 'Connections' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByText('Not set')).toBeVisible();
  await list.getByRole('button', { name: /^Edit / }).click();
  const window = page.getByRole('dialog');
  await expect(window.getByRole('tab', { name: 'Incoming Configuration' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(window.getByRole('region', { name: 'Verification' })).toBeVisible();
  expect(faults).toEqual([]);
});

test('a Base Url that is wrong or refused saves nothing; the doctor says why; what passes is saved', async ({
  page,
}) => {
  const { id, connectionId } = await createSource('Warehouse');
  const faults = await open(page);
  await page.goto(`${program.control}/data-sources/${id}/connections/${connectionId}?tab=outgoing`);
  const window = page.getByRole('dialog');
  const baseUrl = window.getByRole('textbox', { name: 'Base Url' });
  const save = window.getByRole('button', { name: 'Save', exact: true });

  await test.step('a Base Url that is no URL is said so while it is typed, and saves nothing', async () => {
    await baseUrl.fill('warehouse.example/v1');
    await expect(window.getByText('It has to begin with https:// or http://.')).toBeVisible();
    await save.click();
    await expect(window.getByRole('alert')).toContainText('Not saved');
    await expect(window.getByRole('button', { name: 'Test connection' })).toBeDisabled();
    expect(await outgoingOf(connectionId)).toBeUndefined();
    await picture(page, 'invalid');
  });

  await test.step('a port where nobody listens is refused, with the stage that failed', async () => {
    const closed = await startSecondServer();
    await closed.stop();
    await baseUrl.fill(`${closed.url}/v1`);
    await save.click();
    // This computer is not called before it is allowed.
    await expect(window.getByRole('alert')).toContainText('address of this computer');
    const connect = window
      .getByRole('list', { name: 'Stages' })
      .getByRole('listitem')
      .filter({ hasText: 'Connect' });
    await connect.getByRole('button', { name: `Allow ${closed.target}` }).click();
    await expect(connect).toContainText('failed');
    await save.click();
    await expect(window.getByRole('alert')).toContainText(/refused/i);
    await expect(window.getByRole('alert')).toContainText('Nothing was saved');
    await expect(connect).toContainText('failed');
    expect(await outgoingOf(connectionId)).toBeUndefined();
    await expectNoViolations(page);
    await picture(page, 'refused');
  });

  await test.step('a check that hangs is cancelled, and saves nothing', async () => {
    server.answer(() => undefined);
    await baseUrl.fill(`${server.url}/v1`);
    await window.getByRole('combobox', { name: 'Private targets allowed' }).fill(server.target);
    await page.keyboard.press('Enter');
    await save.click();
    await window
      .getByRole('region', { name: 'Test connection' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await expect(window.getByText('The test was cancelled.')).toBeVisible();
    await expect(window.getByRole('alert')).toContainText('Not saved');
    expect(await outgoingOf(connectionId)).toBeUndefined();
  });

  await test.step('the other end refuses the key, then takes it; the secret is never shown again', async () => {
    server.answer((call, response) => {
      response.statusCode = headerOf(call, 'x-api-key') === 'right' ? 200 : 401;
      response.end('{"ok":true}');
    });
    await baseUrl.fill(`${server.url}/v1`);
    await window.getByRole('combobox', { name: 'Authorization' }).selectOption({ label: 'Other' });
    await window.getByRole('textbox', { name: 'Header Name' }).fill('X-Api-Key');
    await save.click();
    await expect(window.getByText('Type the secret.')).toBeVisible();
    await window.getByLabel('Header Value').fill('wrong');
    await save.click();
    const stages = window.getByRole('list', { name: 'Stages' }).getByRole('listitem');
    await expect(stages.filter({ hasText: 'Authorization' })).toContainText('failed');
    expect(await outgoingOf(connectionId)).toBeUndefined();
    // What is typed survives a reload, the secret does not.
    await page.reload();
    await expect(baseUrl).toHaveValue(`${server.url}/v1`);
    await expect(window.getByLabel('Header Value')).toHaveValue('');
    await window.getByLabel('Header Value').fill('right');
    await window.getByRole('button', { name: 'Test connection' }).click();
    await expect(window.getByText(/^All well, in/)).toBeVisible();
    await window.getByRole('textbox', { name: 'Time limit of a call, in seconds' }).fill('20');
    await expect(window.getByText('That was before your last change.')).toBeVisible();
    await picture(page, 'tested');
    expect(await outgoingOf(connectionId)).toBeUndefined();
    await save.click();
    await expect(window.getByText('Passed', { exact: true })).toBeVisible();
    await expect(window.getByText('Set. It is never shown.')).toBeVisible();
    expect(await outgoingOf(connectionId)).toMatchObject({ state: 'passed' });
    await picture(page, 'saved');
  });

  expect(faults).toEqual([]);
});

test('drafts are kept on purpose; connections are added, renamed and removed', async ({ page }) => {
  const { id, connectionId } = await createSource('Warehouse');
  await program.api('connections.saveOutgoing', {
    id: connectionId,
    asDraft: true,
    outgoing: {
      baseUrl: `${server.url}/v1`,
      authorization: { kind: 'other', headers: [{ name: 'X-Api-Key', value: 'right' }] },
      allowedTargets: [server.target],
    },
  });
  server.answer((_call, response) => response.end('{}'));
  const faults = await open(page);
  await page.goto(`${program.control}/data-sources/${id}/connections/${connectionId}?tab=outgoing`);
  const window = page.getByRole('dialog');
  const list = page.getByRole('list', { name: 'Connections' });
  const baseUrl = window.getByRole('textbox', { name: 'Base Url' });
  const save = window.getByRole('button', { name: 'Save', exact: true });
  await test.step('closing asks where something typed would be lost; a draft is kept on purpose only', async () => {
    await baseUrl.fill('https://later.invalid');
    await page.keyboard.press('Escape');
    const question = page.getByText('Close without saving?');
    await expect(question).toBeVisible();
    // Esc goes back from the question; the next one, however soon, means the window again.
    await page.keyboard.press('Escape');
    await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
    await expect(question).toHaveCount(0, { timeout: 1 });
    await page.keyboard.press('Escape');
    await expect(question).toBeVisible();
    await page.getByRole('button', { name: 'Stay' }).click();
    await window.getByRole('button', { name: 'Keep as draft' }).click();
    await expect(window.getByText('Draft', { exact: true })).toBeVisible();
    // Saved: nothing is lost any more.
    const keep = window.getByRole('button', { name: 'Keep as draft' });
    await expect(keep).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(list.getByText('Draft', { exact: true })).toBeVisible();
    await expect(list.getByText('Authorization: Other')).toBeVisible();
    await list.getByRole('button', { name: /^Edit / }).click();
    await window.getByRole('tab', { name: 'Outgoing Configuration' }).click();
    await baseUrl.fill(`${server.url}/v1`);
    await save.click();
    await expect(window.getByText('Passed', { exact: true })).toBeVisible();
    await expect(keep).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('connections are added, renamed and removed', async () => {
    await page.getByRole('button', { name: 'Add a connection' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Test system');
    await page.getByRole('button', { name: 'Add', exact: true }).dblclick();
    await expect(page.getByRole('dialog', { name: 'Warehouse · Test system' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await list.getByRole('button', { name: 'More for Test system' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Staging');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await expect(list.getByRole('heading', { name: 'Staging' })).toBeVisible();
    // A test goes to the connection that is chosen.
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('combobox', { name: 'Connection that is called' }).selectOption('Staging');
    await page.getByRole('button', { name: 'Send a test' }).dblclick();
    await expect
      .poll(async () => JSON.stringify(await program.api('captures.list', { dataSourceId: id })))
      .not.toContain('"captures":[]');
    const { captures } = (await program.api('captures.list', { dataSourceId: id })) as unknown as {
      captures: { connectionId: string }[];
    };
    expect(captures.map((each) => each.connectionId)).not.toContain(connectionId);
    expect(captures).toHaveLength(1);
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    await picture(page, 'list');
    await list.getByRole('button', { name: 'More for Staging' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(page.getByRole('dialog')).toContainText('404 at once');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
  });

  expect(faults).toEqual([]);
});
