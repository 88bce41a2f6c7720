// The outbound side of a data source, played in a real browser against the real program and a real second HTTP server: a custom API is
// added, a Base Url that is wrong or refused saves nothing, the doctor says why, what is allowed is saved, an action is tried.
import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
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

/** Signs in, and collects what the page complains about. */
async function open(page: Page): Promise<string[]> {
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
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
    await window.getByRole('combobox', { name: 'Private targets allowed' }).fill(server.target);
    await page.keyboard.press('Enter');
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
