// Solutions and modules in a real browser against the real program and a real second server: a module is built, tried, run dry
// and switched on; what comes in goes out again, fails, waits and arrives; runs and deliveries show every try.
import { expect, test } from '@playwright/test';
import { askToWait, type FailingServer, startFailingServer } from '../harness/failing-server.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
let crm: FailingServer;
let webhook = '';
let newsletter = '';

type Created = { dataSource: { id: string; connections: { id: string; inboundUrl: string }[] } };
const call = async <T>(name: string, input: object): Promise<T> =>
  (await program.api(name, input)) as unknown as T;

async function subscribe(id: number, email: string): Promise<void> {
  const body = new URLSearchParams({ type: 'subscribe', 'data[id]': String(id), 'data[email]': email });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(webhook, { method: 'POST', headers, body: body.toString() });
  expect(answer.status).toBe(200);
}

test.beforeAll(async () => {
  crm = await startFailingServer();
  program = await startProgram({ dataDir: newDataDir() });
  const source = await call<Created>('dataSources.create', {
    kind: 'cloudApplication',
    applicationId: 'mailchimp',
    name: 'Newsletter',
  });
  newsletter = source.dataSource.id;
  webhook = source.dataSource.connections[0]?.inboundUrl ?? '';
  await subscribe(1, 'ada@example.com');
  await call('mapping.save', {
    dataSourceId: newsletter,
    mapping: {
      id: 'data.id',
      title: 'data.email',
      fields: [{ name: 'email', path: 'data.email', type: 'text' }],
    },
  });
  const target = await call<Created>('dataSources.create', { kind: 'custom', name: 'CRM' });
  await call('connections.saveOutgoing', {
    id: target.dataSource.connections[0]?.id,
    outgoing: {
      baseUrl: crm.url,
      authorization: { kind: 'other', headers: [{ name: 'X-Team', value: 'secret-of-the-team' }] },
      allowedTargets: [`127.0.0.1:${crm.port}`],
    },
  });
});
test.afterAll(async () => {
  await program.kill();
  await crm.stop();
});

test('a module is built, tried, run dry, switched on, and every try of its call is seen', async ({
  page,
}) => {
  await page.goto(program.url);
  await page.getByRole('link', { name: 'Solutions' }).click();
  await page.getByRole('button', { name: 'New Solution' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('Type a name.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Subscribers');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Data sources', exact: true }).click();
  await page.getByRole('switch', { name: 'May use Newsletter' }).press('Space');
  await expect(page.getByRole('switch', { name: 'May use Newsletter' })).toBeChecked();

  await page.getByRole('button', { name: 'New module' }).click();
  await page.getByRole('button', { name: 'Create module' }).click();
  await expect(page.getByText('Type a name.')).toBeVisible();
  await expect(page.getByText('2 fields need attention')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Tell the CRM');
  await page.getByRole('combobox', { name: 'Data source' }).click();
  await page.getByRole('option', { name: 'Newsletter' }).click();
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('combobox', { name: 'Field', exact: true }).click();
  await page.getByRole('option', { name: /email.*ada@example\.com/ }).click();
  await page.getByRole('combobox', { name: 'Comparison' }).selectOption('contains');
  await page.getByRole('textbox', { name: 'Value', exact: true }).fill('EXAMPLE.com');

  // A reload loses nothing.
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Tell the CRM');
  await expect(page.getByRole('textbox', { name: 'Value', exact: true })).toHaveValue('EXAMPLE.com');
  await expect(page.getByText('Unsaved changes')).toBeVisible();

  await page.getByRole('button', { name: 'Add action' }).click();
  const action = page.getByRole('list', { name: 'Actions in order' }).getByRole('listitem').first();
  await action.getByRole('combobox', { name: 'Data source' }).click();
  await page.getByRole('option', { name: 'CRM' }).click();
  await expect(action.getByText('This solution has no access to it.')).toBeVisible();
  await action.getByRole('button', { name: 'Give access' }).click();
  await expect(action.getByText('This solution has no access to it.')).toHaveCount(0);
  await action.getByRole('textbox', { name: 'Path' }).fill('/contacts/{{ item.externalId }}');
  const body = action
    .getByRole('region', { name: 'Body', exact: true })
    .getByRole('textbox', { name: 'Body' });
  await body.fill('{"email": {{ item.fields.email | json }}');
  const preview = action.getByRole('region', { name: 'What is sent' });
  await expect(preview.getByText('It could not be sent like this')).toBeVisible();
  await body.fill('{"email": {{ item.fields.email | json }}}');
  await expect(preview).toContainText(`${crm.url}/contacts/1`);
  await expect(preview).toContainText('ada@example.com');

  await preview.getByRole('button', { name: 'Try it' }).click();
  await expect(preview.getByRole('region', { name: 'What came back' })).toContainText('200');
  expect(crm.calls.at(-1)).toMatchObject({
    method: 'POST',
    target: '/contacts/1',
    text: '{"email": "ada@example.com"}',
  });
  expect(crm.calls.at(-1)?.header('x-team')).toBe('secret-of-the-team');
  await expect(page.getByText('secret-of-the-team')).toHaveCount(0);
  await page.getByRole('button', { name: 'Create module' }).click();
  await expect(page.getByRole('heading', { name: 'Tell the CRM' })).toBeVisible();
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  const panel = page.getByRole('navigation', { name: 'Module' });
  await panel.getByRole('link', { name: 'Dry run' }).click();
  await page.getByRole('button', { name: 'Start the dry run' }).click();
  await expect(page.getByText('It would have run for 1 of 1 item.')).toBeVisible();
  await page.getByRole('grid', { name: 'Past items of the dry run' }).getByText('ada@example.com').click();
  await expect(page.getByRole('article', { name: 'Past item' })).toContainText(`${crm.url}/contacts/1`);
  expect(crm.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);

  await page.getByRole('switch', { name: 'Enabled' }).press('Space');
  await expect(page.getByText('Ready', { exact: true })).toBeVisible();
  await panel.getByRole('link', { name: 'Runs' }).click();
  crm.next(askToWait(1));
  await subscribe(2, 'grace@example.com');
  const runs = page.getByRole('grid', { name: 'Runs' });
  await runs.getByText('grace@example.com').click();
  const run = page.getByRole('article', { name: 'Run' });
  await expect(run).toContainText('EXAMPLE.com');
  await expect(run.getByText('Try 2', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(run.getByText('Answered 503', { exact: true })).toBeVisible();
  await expect(run.getByText('Succeeded').first()).toBeVisible();
  await run.getByRole('link', { name: 'Open the delivery' }).click();
  const delivery = page.getByRole('article', { name: 'Delivery' });
  await expect(delivery).toContainText('/contacts/2');
  await expect(delivery.getByText('Answered 200', { exact: true })).toBeVisible();
  const [first, second] = crm.calls.slice(-2);
  expect(first?.text).toBe('{"email": "grace@example.com"}');
  expect(second?.text).toBe(first?.text);
  expect(second?.header('idempotency-key')).toBe(first?.header('idempotency-key'));
});

test('a button on an item runs its module; what is given up is retried; a module comes back', async ({
  page,
}) => {
  const { solution } = await call<{ solution: { id: string } }>('solutions.create', { name: 'By hand' });
  const { dataSources } = await call<{ dataSources: { id: string; name: string }[] }>('dataSources.list', {});
  const target = dataSources.find(({ name }) => name === 'CRM')?.id;
  for (const id of [newsletter, target])
    await call('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
  const { module } = await call<{ module: { id: string } }>('modules.create', {
    solutionId: solution.id,
    enabled: true,
    module: {
      name: 'Send by hand',
      dataSourceId: newsletter,
      trigger: { kind: 'buttonClicked', label: 'Send to the CRM' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [{ id: 'a', dataSourceId: target, method: 'POST', path: '/by-hand', stopOnFailure: true }],
    },
  });
  crm.next({ status: 410, body: 'gone' });
  await page.goto(program.url);
  await page.getByRole('contentinfo').waitFor();
  await page.goto(`${program.control}/data-sources/${newsletter}/view-data`);
  await page.getByRole('grid', { name: 'Items' }).getByText('ada@example.com').first().click();
  await page.getByRole('button', { name: 'Send to the CRM' }).click();
  await page.getByRole('link', { name: 'Open the run' }).click();
  const run = page.getByRole('article', { name: 'Run' });
  await expect(run.getByText('Failed').first()).toBeVisible();

  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: /failed/ })
    .click();
  await page.getByRole('grid', { name: 'Deliveries' }).getByText('/by-hand').click();
  const delivery = page.getByRole('article', { name: 'Delivery' });
  await expect(delivery.getByText('Answered 410', { exact: true })).toBeVisible();
  await delivery.getByRole('button', { name: 'Retry' }).click();
  await expect(delivery.getByText('Answered 200', { exact: true })).toBeVisible({ timeout: 20_000 });

  await page.goto(`${program.control}/modules/${module.id}/builder`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete module' }).click();
  await expect(page.getByText('“Send by hand” was deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('“Send by hand” is back')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Modules' }).getByText('Send by hand')).toBeVisible();
});
