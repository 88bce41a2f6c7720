// The outbound side of a data source, played in a real browser against the real program and a real second HTTP server: a custom API is
// added, a Base Url that is wrong or refused saves nothing, the doctor says why, what is allowed is saved, an action is tried.
import { mkdirSync } from 'node:fs';
import { type ConsoleMessage, expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { headerOf, type SecondServer, startSecondServer } from '../harness/second-server.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
let server: SecondServer;
test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
  server = await startSecondServer();
});
test.afterAll(async () => {
  await program.kill();
  await server.stop();
});

/** A folder for pictures to look at; none are taken without it. */
const pictures = process.env['CONNECTIONS_PICTURES'];
async function picture(page: Page, name: string) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: `${pictures}/${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.screenshot({ path: `${pictures}/${name}-narrow.png` });
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function expectNoViolations(page: Page) {
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/**
 * What Chromium says when text is typed over a selection of coloured text in the editor: its own editing wants to keep the look of what was
 * there by a style attribute, the policy forbids it, and the editor draws its own colours. No line of a script stands behind it.
 */
const isOwnEditing = (message: ConsoleMessage) =>
  message.text().startsWith('Applying inline style violates') &&
  message.location().url === message.page()?.url() &&
  message.location().lineNumber === 0;

/** Signs in, and collects what the page complains about. */
async function open(page: Page): Promise<string[]> {
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isOwnEditing(message)) faults.push(message.text());
  });
  await page.goto(program.url);
  await expect(page.getByRole('button', { name: 'New Data Source' }).first()).toBeVisible();
  return faults;
}

async function createSource(name: string): Promise<{ id: string; connectionId: string; inboundUrl: string }> {
  const { dataSource } = (await program.api('dataSources.create', { kind: 'custom', name })) as unknown as {
    dataSource: { id: string; connections: { id: string; inboundUrl: string }[] };
  };
  const [connection] = dataSource.connections;
  return { id: dataSource.id, connectionId: connection?.id ?? '', inboundUrl: connection?.inboundUrl ?? '' };
}

const outgoingOf = async (connectionId: string) =>
  ((await program.api('connections.outgoing', { id: connectionId })) as { outgoing?: { state: string } })
    .outgoing;

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

test('Solutions Access: given, shown what stops, taken away', async ({ page }) => {
  const { id } = await createSource('Warehouse');
  const faults = await open(page);
  await page.goto(`${program.control}/data-sources/${id}/solutions-access`);
  await expect(page.getByText('No solutions yet')).toBeVisible();
  await page.getByRole('button', { name: 'Create a solution' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Order desk');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const access = page.getByRole('switch', { name: 'Access of Order desk' });
  await expect(access).toBeChecked();
  const { solutions } = (await program.api('solutions.list', {})) as unknown as {
    solutions: { id: string }[];
  };
  await program.api('modules.create', {
    solutionId: solutions[0]?.id,
    enabled: true,
    module: {
      name: 'Tell the warehouse',
      dataSourceId: id,
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [],
    },
  });
  await expect(page.getByText('1 module uses this data source, 1 of them on.')).toBeVisible();
  await access.click({ force: true });
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Tell the warehouse');
  await expect(access).toBeChecked();
  await expectNoViolations(page);
  await question.getByRole('button', { name: 'Take access away' }).click();
  await expect(access).not.toBeChecked();
  await expect(page.getByText('1 module is blocked until access is given back.')).toBeVisible();
  expect(faults).toEqual([]);
});

test('an action is filled from a cURL command, previewed on an item, tried, saved, deleted and brought back', async ({
  page,
}) => {
  const { id, connectionId, inboundUrl } = await createSource('Warehouse');
  server.answer((_call, response) => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"data":{"id":12345678901234567890}}');
  });
  await program.api('connections.saveOutgoing', {
    id: connectionId,
    outgoing: {
      baseUrl: `${server.url}/v1`,
      authorization: { kind: 'other', headers: [{ name: 'X-Api-Key', value: 'never-on-the-screen' }] },
      allowedTargets: [server.target],
    },
  });
  await fetch(inboundUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'p/1', title: 'Ada', plan: 'gold "x"' }),
  });
  await program.api('mapping.save', {
    dataSourceId: id,
    mapping: { id: 'id', title: 'title', fields: [{ name: 'plan', path: 'plan', type: 'text' }] },
  });
  const faults = await open(page);
  await page.goto(`${program.control}/data-sources/${id}/actions`);
  await page.getByRole('button', { name: 'New HTTP Custom Action' }).click();
  const window = page.getByRole('dialog').first();
  const preview = window.getByRole('region', { name: 'Preview' });
  const body = window.locator('[data-language="json"]');

  await test.step('a cURL command fills the form and says what it left out', async () => {
    await page.getByRole('button', { name: 'Paste a cURL command' }).click();
    await page
      .getByRole('textbox', { name: 'cURL command' })
      .fill(
        `curl -X PUT '${server.url}/v1/contacts/1?notify=1' -H 'Authorization: Bearer abc' --json '{"a":1}'`,
      );
    await page.getByRole('button', { name: 'Fill the form' }).click();
    await expect(window.getByText('Authorization was left out', { exact: false })).toBeVisible();
    await expect(preview).toContainText(`PUT ${server.url}/v1/contacts/1?notify=1`);
  });

  await test.step('fields are completed and inserted; the preview shows the request; faults stand at their place', async () => {
    await window.getByRole('textbox', { name: 'Name', exact: true }).fill('Update a contact');
    await window.getByText('Updating', { exact: true }).click();
    const path = window.getByRole('textbox', { name: 'Path', exact: true });
    await path.press('ControlOrMeta+a');
    await path.pressSequentially('/contacts/{{ item.ext');
    await page.getByRole('option', { name: /item\.externalId/ }).waitFor();
    // Esc closes the list only.
    await page.keyboard.press('Escape');
    await expect(page.locator('.cm-tooltip-autocomplete')).toHaveCount(0);
    await expect(window).toBeVisible();
    await path.pressSequentially('ernalId }}');
    // A value never breaks out of its segment.
    await expect(preview).toContainText(`${server.url}/v1/contacts/p%2F1?notify=1`);
    await body.press('ControlOrMeta+a');
    await body.pressSequentially('{"plan": oops}');
    await expect(body).toHaveAttribute('aria-invalid', 'true');
    await expect(window.getByRole('button', { name: 'Try it' })).toBeDisabled();
    await body.press('ControlOrMeta+a');
    await body.pressSequentially('{"plan": ');
    await window.getByRole('button', { name: 'Insert a field into Body' }).click();
    await page.getByRole('option', { name: /item\.fields\.plan/ }).click();
    await body.press('End');
    await body.pressSequentially('}');
    await expect(preview).toContainText('"plan": "gold \\"x\\""');
    await window.getByRole('button', { name: 'Add a field' }).click();
    await window.getByRole('textbox', { name: 'Answer field 1: field of the item' }).fill('Warehouse id');
    await window.getByRole('textbox', { name: 'Answer field 1: path in the answer' }).fill('data.id');
    // What is typed survives a reload.
    await page.reload();
    await expect(window.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Update a contact');
    await expect(body).toContainText('item.fields.plan');
  });

  await test.step('Try it sends exactly that, and shows what came back, digit for digit', async () => {
    const before = server.calls.length;
    await window.getByRole('button', { name: 'Try it' }).click();
    await expect(window.getByRole('region', { name: 'What would go back into the item' })).toContainText(
      '12345678901234567890',
    );
    const call = server.calls[before];
    expect(server.calls).toHaveLength(before + 1);
    expect([call?.method, call?.url, call?.body]).toEqual([
      'PUT',
      '/v1/contacts/p%2F1?notify=1',
      '{"plan": "gold \\"x\\""}',
    ]);
    expect(headerOf(call, 'x-api-key')).toBe('never-on-the-screen');
    await expect(window.getByRole('region', { name: 'Answer', exact: true })).toContainText('201');
    for (const headers of await window.locator('details > summary').all()) await headers.click();
    await expect(window).not.toContainText('never-on-the-screen');
    await picture(page, 'action-tried');
    await expectNoViolations(page);
  });

  await test.step('saved, deleted, brought back', async () => {
    await window.getByRole('button', { name: 'Create', exact: true }).click();
    const rows = page.getByRole('grid', { name: 'Actions' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('Update a contact');
    await rows.nth(1).click();
    await expect(page.getByRole('dialog', { name: 'Update a contact' })).toBeVisible();
    await window.getByRole('button', { name: 'Delete Update a contact' }).click();
    await expect(page.getByText('No actions yet')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rows.nth(1)).toContainText('Update a contact');
  });
  expect(faults).toEqual([]);
});
