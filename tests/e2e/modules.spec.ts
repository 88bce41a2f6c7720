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
  // A fast double click makes no second one.
  await dialog.getByRole('button', { name: 'Create' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Subscribers', level: 1 })).toBeVisible();
  expect((await call<{ solutions: object[] }>('solutions.list', {})).solutions).toHaveLength(1);
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

test('every part of a module is set, put in order and kept; what is taken away comes back', async ({
  page,
}) => {
  const { solution } = await call<{ solution: { id: string } }>('solutions.create', { name: 'Parts' });
  const { dataSources } = await call<{ dataSources: { id: string; name: string }[] }>('dataSources.list', {});
  const target = dataSources.find(({ name }) => name === 'CRM')?.id;
  for (const id of [newsletter, target])
    await call('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
  const step = (id: string) => ({
    id,
    dataSourceId: target,
    method: 'POST',
    path: `/${id}`,
    stopOnFailure: true,
  });
  const { module } = await call<{ module: { id: string } }>('modules.create', {
    solutionId: solution.id,
    enabled: true,
    module: {
      name: 'All parts',
      dataSourceId: newsletter,
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: ['one', 'two', 'three'].map(step),
    },
  });
  type Kept = { module: Record<string, unknown> & { steps: { id: string }[]; trigger: object } };
  const kept = async () => (await call<Kept>('modules.get', { id: module.id })).module;
  const save = page.getByRole('button', { name: 'Save', exact: true });
  const saved = async () => {
    await save.click();
    await expect(page.getByText('Unsaved changes')).toHaveCount(0);
  };
  await page.goto(program.url);
  await page.getByRole('contentinfo').waitFor();
  await page.goto(`${program.control}/modules/${module.id}/builder`);
  const trigger = page.getByRole('region', { name: 'Trigger' });
  const part = (name: string) => page.getByRole('region', { name, exact: true });

  await test.step('each trigger keeps what it was set to', async () => {
    await expect(trigger).toContainText('uploaded rows and history indexed again never do');
    await trigger.getByRole('radio', { name: /^Field Changed/ }).click();
    await save.click();
    await expect(trigger.getByText('Choose a field.')).toBeVisible();
    // To the field that is wrong.
    await expect(trigger.getByRole('combobox', { name: 'Fields' })).toBeFocused();
    await page.getByRole('option', { name: /^email.*@example\.com/ }).click();
    await page.keyboard.press('Escape');
    await trigger.getByRole('checkbox', { name: 'Also when new' }).check();
    await trigger.getByRole('radio', { name: /^Match Conditions/ }).click();
    for (const [index, [is, value]] of [
      ['contains', 'EXAMPLE'],
      ['greater', '5'],
    ].entries()) {
      await trigger.getByRole('button', { name: 'Add condition' }).click();
      const row = trigger.getByRole('listitem').nth(index);
      await row.getByRole('combobox', { name: 'Field', exact: true }).click();
      await page.getByRole('option', { name: /^email/ }).click();
      await row.getByRole('combobox', { name: 'Comparison' }).selectOption(is ?? '');
      await row.getByRole('textbox', { name: 'Value' }).fill(value ?? '');
    }
    await trigger.getByText('At least one', { exact: true }).click();
    await trigger.getByRole('switch', { name: 'Match case' }).press('Space');
    await trigger.getByRole('checkbox', { name: 'Run only once' }).check();
    await saved();
    expect((await kept()).trigger).toEqual({
      kind: 'matchConditions',
      mode: 'atLeastOne',
      conditions: [
        { field: 'fields.email', is: 'contains', value: 'EXAMPLE', matchCase: true },
        { field: 'fields.email', is: 'greater', value: '5', matchCase: false },
      ],
      runOnce: true,
    });
    await trigger.getByRole('radio', { name: /^On Scheduled/ }).click();
    await trigger.getByRole('textbox', { name: 'Schedule' }).fill('61 9 * * *');
    await expect(trigger.getByText(/cannot be read/)).toBeVisible();
    await trigger.getByRole('combobox', { name: 'Usual schedules' }).selectOption('0 9 * * 1-5');
    await expect(trigger.getByText('At 09:00, Monday through Friday')).toBeVisible();
    await expect(trigger.getByRole('region', { name: 'Next times' }).getByRole('listitem')).toHaveCount(5);
    await trigger.getByRole('radio', { name: /^Field Changed/ }).click();
    await expect(trigger.getByRole('checkbox', { name: 'Also when new' })).toBeChecked();
    await saved();
    expect((await kept()).trigger).toEqual({
      kind: 'fieldChanged',
      fields: ['fields.email'],
      alsoWhenNew: true,
    });
  });

  await test.step('fields come from the source by example, by hand and by formula', async () => {
    const fields = part('Fields');
    await fields.getByRole('button', { name: 'Add field' }).click();
    await page.getByRole('menuitem', { name: /^email.*@example\.com/ }).click();
    for (const kind of ['Manual', 'Formula']) {
      await fields.getByRole('button', { name: 'Add field' }).click();
      await page.getByRole('menuitem', { name: kind }).click();
    }
    const row = (index: number) => fields.getByRole('listitem').nth(index);
    await row(1).getByRole('textbox', { name: 'Field name' }).fill('team');
    await row(1).getByRole('textbox', { name: 'Value' }).fill('growth');
    await row(2).getByRole('textbox', { name: 'Field name' }).fill('greeting');
    await row(2).getByRole('textbox', { name: 'Formula' }).fill('{{ module.team }} to {{ item.title }}');
    await expect(row(0)).toContainText('@example.com');
    await expect(row(2)).toContainText(/growth to \w+@example\.com/);
    // A formula sees the fields above it only.
    await row(2).getByRole('button', { name: 'Move up' }).click();
    await expect(row(1)).toContainText(/now:\s+to \w+@example\.com/);
    await row(1).getByRole('button', { name: 'Move down' }).click();
    await expect(row(2)).toContainText(/growth to \w+@example\.com/);
  });

  await test.step('actions are put in order by dragging and by keyboard', async () => {
    const actions = page.getByRole('list', { name: 'Actions in order' });
    const head = (index: number) => actions.getByRole('button', { expanded: false }).nth(index);
    await actions.getByTitle('Drag to another place').first().dragTo(actions.getByRole('listitem').nth(2));
    await expect(page.getByText('POST /one is now at place 3 of 3')).toBeAttached();
    await head(1).press('Alt+ArrowUp');
    await expect(page.getByText('POST /three is now at place 1 of 3')).toBeAttached();
    await expect(head(0)).toBeFocused();
    await actions.getByRole('button', { name: 'Move up' }).nth(1).click();
    await expect(page.getByText('POST /two is now at place 1 of 3')).toBeAttached();
    await saved();
    expect((await kept()).steps.map(({ id }) => id)).toEqual(['two', 'three', 'one']);
    // However long the builder is, the page itself never scrolls.
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
  });

  await test.step('a solution is renamed, deleted and brought back with its modules', async () => {
    await page.getByRole('link', { name: 'Parts' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Rename or describe' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('All the parts');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'All the parts', level: 1 })).toBeVisible();
    await page.getByRole('link', { name: 'Data sources', exact: true }).click();
    await page.getByRole('switch', { name: 'May use CRM' }).press('Space');
    await expect(page.getByText('Taking access away stops 1 module')).toBeVisible();
    await page.getByRole('button', { name: 'Take access away' }).click();
    await page.getByRole('link', { name: 'Modules', exact: true }).click();
    await expect(page.getByText('All parts cannot run')).toBeVisible();
    await page.getByRole('button', { name: 'Give access' }).click();
    await expect(page.getByText('All parts cannot run')).toHaveCount(0);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByText(/“All the parts” was deleted/)).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('“All the parts” is back')).toBeVisible();
    expect((await kept())['state']).toBe('ready');
  });
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

  const press = async () => {
    const { items } = await call<{ items: { id: string }[] }>('items.list', { dataSourceId: newsletter });
    await call('modules.press', { id: module.id, itemId: items[0]?.id });
  };
  const deliveries = page.getByRole('grid', { name: 'Deliveries' });
  const show = (state: RegExp) => page.getByRole('radiogroup').getByText(state).click();
  await test.step('a destination is paused and resumed by hand', async () => {
    await delivery.getByRole('button', { name: 'Pause destination' }).click();
    const paused = page.getByRole('region', { name: 'Paused destinations' });
    await expect(paused).toContainText('Paused by hand');
    await press();
    await show(/^Waiting 1$/);
    await deliveries.getByText('/by-hand').click();
    await expect(delivery).toContainText('It waits: the destination is paused.');
    await expect(delivery.getByRole('button', { name: 'Retry now' })).toHaveCount(0);
    await delivery.getByRole('button', { name: 'Resume destination' }).click();
    await expect(delivery.getByText('Answered 200', { exact: true })).toBeVisible();
    await expect(paused).toHaveCount(0);
  });
  await test.step('those that were given up since a time are retried together', async () => {
    crm.next({ status: 422 }, { status: 422 });
    await press();
    await press();
    await show(/^Failed 2$/);
    await expect(deliveries.getByText('/by-hand')).toHaveCount(2);
    await page.getByRole('button', { name: 'Retry failed…' }).click();
    const question = page.getByRole('dialog');
    await question.getByRole('combobox').selectOption({ label: 'A time…' });
    await question.getByLabel('Since', { exact: true }).fill('2100-01-01T00:00');
    await expect(question.getByRole('button', { name: 'No delivery to retry' })).toBeDisabled();
    await question.getByLabel('Since', { exact: true }).fill('2020-01-01T00:00');
    await question.getByRole('button', { name: 'Retry 2 deliveries' }).dblclick();
    await expect(page.getByText('2 deliveries will be tried again')).toHaveCount(1);
    await expect(
      page.getByText(/are listed here until they are retried: the dead-letter list/),
    ).toBeVisible();
    expect(crm.calls.filter(({ target }) => target === '/by-hand')).toHaveLength(7);
  });

  await page.goto(`${program.control}/modules/${module.id}/builder`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete module' }).click();
  await expect(page.getByText('“Send by hand” was deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('“Send by hand” is back')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Modules' }).getByText('Send by hand')).toBeVisible();
});
