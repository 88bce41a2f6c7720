// axe on every screen, light and dark where it is wide, light where it is narrow, with real content; and nothing may stick out of a narrow page.

import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
let mapped = '';
let mappedConnection = '';
let unmapped = '';
let solutionId = '';
let moduleId = '';
let jobId = '';
let compared: string[] = [];

/** What testers made: a rule with a result, a sample with a secret, a replay with an answer that differs. */
async function prepareForTesters(): Promise<void> {
  await program.api('forwards.create', {
    rule: {
      name: 'To a server that is not there',
      enabled: true,
      urls: ['http://127.0.0.1:9/hook'],
      filter: { eventTypes: [], outcomes: [] },
      headers: {
        mode: 'kept',
        set: [{ name: 'Authorization', value: 'Bearer a-secret', secret: true }],
        keepHost: false,
      },
      includesReplays: false,
    },
  });
  const { dataSource } = (await program.api('dataSources.get', { id: unmapped })) as unknown as {
    dataSource: { connections: { inboundUrl: string }[] };
  };
  for (const email of ['ada@example.com', 'grace@example.com']) {
    await fetch(dataSource.connections[0]?.inboundUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer of-a-sender' },
      body: JSON.stringify({ type: 'subscribe', data: { id: 2, email } }),
    });
  }
  const { captures } = (await program.api('captures.list', {
    dataSourceId: unmapped,
    limit: 2,
  })) as unknown as {
    captures: { id: string }[];
  };
  compared = captures.map(({ id }) => id);
  await program.api('samples.save', { captureId: compared[0], name: 'A subscription' });
  const { job } = (await program.api('replays.start', {
    captures: { ids: compared },
    target: { kind: 'receiver' },
    changes: { values: [{ path: 'type' }, { path: 'data', value: '[1]' }] },
  })) as unknown as { job: { id: string } };
  jobId = job.id;
  await program.api('replays.wait', { id: jobId, timeoutMs: 10_000 });
}

test.beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
  const create = async (name: string) => {
    const { dataSource } = (await program.api('dataSources.create', {
      kind: 'cloudApplication',
      applicationId: 'mailchimp',
      name,
    })) as unknown as { dataSource: { id: string; connections: { inboundUrl: string }[] } };
    const url = dataSource.connections[0]?.inboundUrl ?? '';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(url, {
      method: 'POST',
      headers,
      body: 'type=subscribe&data[id]=1&data[email]=ada@example.com',
    });
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"broken": ',
    });
    await fetch(url);
    return dataSource.id;
  };
  unmapped = await create('Newsletter with a name that is rather long for a narrow window');
  mapped = await create('Customers');
  const { dataSource } = (await program.api('dataSources.get', { id: mapped })) as unknown as {
    dataSource: { connections: { id: string }[] };
  };
  mappedConnection = dataSource.connections[0]?.id ?? '';
  await program.api('connections.saveOutgoing', {
    id: mappedConnection,
    asDraft: true,
    outgoing: {
      baseUrl: 'https://api.example.com/v1',
      authorization: { kind: 'other', headers: [{ name: 'X-Api-Key', value: 'a-secret' }] },
      headers: [{ name: 'X-Team', value: 'growth' }],
      allowedTargets: ['127.0.0.1:8080'],
      signingSecret: 'another-secret',
    },
  });
  await program.api('mapping.save', {
    dataSourceId: mapped,
    mapping: { id: 'data.id', title: 'data.email' },
  });
  const made = (await program.api('solutions.create', { name: 'Subscribers to the CRM' })) as unknown as {
    solution: { id: string };
  };
  solutionId = made.solution.id;
  await program.api('dataSources.setAccess', { id: mapped, solutionId, allowed: true });
  const { module } = (await program.api('modules.create', {
    solutionId,
    enabled: true,
    module: {
      name: 'Tell the CRM',
      dataSourceId: mapped,
      trigger: { kind: 'fieldChanged', fields: ['title'], alsoWhenNew: true },
      conditions: {
        mode: 'all',
        conditions: [{ field: 'title', is: 'contains', value: '@', matchCase: false }],
      },
      fields: [{ name: 'hello', type: 'text', from: { kind: 'formula', formula: 'Hello {{ item.title }}' } }],
      steps: [
        {
          id: 'one',
          dataSourceId: unmapped,
          method: 'POST',
          path: '/contacts',
          headers: [{ name: 'X-Source', value: 'hookbench' }],
          body: { kind: 'json', template: '{"email": {{ item.title | json }}}' },
          stopOnFailure: true,
        },
      ],
    },
  })) as unknown as { module: { id: string } };
  moduleId = module.id;
  await prepareForTesters();
});
test.afterAll(async () => void (await program.kill()));

const screens: [name: string, path: () => string, ready: (page: Page) => Promise<unknown>][] = [
  [
    'Enterprise Components',
    () => '/enterprise-components',
    (page) => expect(page.getByText('Customers')).toBeVisible(),
  ],
  [
    'Add New Data Source',
    () => '/enterprise-components/new/cloud-application',
    (page) => expect(page.getByRole('option', { name: /Mailchimp/ })).toBeAttached(),
  ],
  [
    'New Custom Data Source',
    () => '/enterprise-components/new/custom-internal-api?step=name',
    (page) => expect(page.getByRole('textbox', { name: 'Integration display name' })).toBeVisible(),
  ],
  [
    'Connections',
    () => `/data-sources/${mapped}/connections`,
    (page) => expect(page.getByText('Draft', { exact: true })).toBeVisible(),
  ],
  [
    'Incoming Configuration',
    () => `/data-sources/${mapped}/connections/${mappedConnection}`,
    (page) => expect(page.getByRole('button', { name: 'Probe my endpoint' })).toBeVisible(),
  ],
  [
    'Outgoing Configuration',
    () => `/data-sources/${mapped}/connections/${mappedConnection}?tab=outgoing`,
    (page) => expect(page.getByText('Set. It is never shown.').first()).toBeVisible(),
  ],
  [
    'New HTTP Custom Action',
    () => `/data-sources/${mapped}/actions/new`,
    (page) => expect(page.getByRole('region', { name: 'Preview' }).getByText('POST')).toBeVisible(),
  ],
  [
    'Solutions Access',
    () => `/data-sources/${mapped}/solutions-access`,
    (page) => expect(page.getByRole('switch')).toBeChecked(),
  ],
  [
    'Set up',
    () => `/data-sources/${unmapped}/set-up`,
    (page) => expect(page.getByRole('button', { name: 'I did it' })).toBeVisible(),
  ],
  [
    'Inbound Webhook of the set-up window',
    () => `/data-sources/${unmapped}/set-up?step=inbound-webhook`,
    (page) => expect(page.getByText('must be fixed')).toBeVisible(),
  ],
  [
    'Overview',
    () => `/data-sources/${mapped}/overview`,
    (page) => expect(page.getByText('Last calls')).toBeVisible(),
  ],
  [
    'Information',
    () => `/data-sources/${mapped}/information`,
    (page) => expect(page.getByRole('textbox', { name: 'Description' })).toBeVisible(),
  ],
  [
    'Audit Log',
    () => `/data-sources/${mapped}/audit-log`,
    (page) => expect(page.getByText('Mapping saved')).toBeVisible(),
  ],
  [
    'Retention',
    () => `/data-sources/${mapped}/retention`,
    (page) => expect(page.getByText('All calls')).toBeVisible(),
  ],
  [
    'Inbound Webhook',
    () => `/data-sources/${mapped}/inbound-webhook`,
    (page) => expect(page.getByRole('treeitem').first()).toBeVisible(),
  ],
  [
    'Captures',
    () => `/data-sources/${mapped}/captures`,
    (page) => expect(page.getByText('Rejected').last()).toBeVisible(),
  ],
  [
    'View Data',
    () => `/data-sources/${mapped}/view-data`,
    (page) => expect(page.getByText('ada@example.com').first()).toBeVisible(),
  ],
  ['Solutions', () => '/solutions', (page) => expect(page.getByText('Subscribers to the CRM')).toBeVisible()],
  [
    'Modules of a solution',
    () => `/solutions/${solutionId}/modules`,
    (page) => expect(page.getByRole('switch', { name: 'Enable Tell the CRM' })).toBeAttached(),
  ],
  [
    'Data sources of a solution',
    () => `/solutions/${solutionId}/data-sources`,
    (page) => expect(page.getByRole('switch', { name: 'May use Customers' })).toBeChecked(),
  ],
  [
    'New module',
    () => `/solutions/${solutionId}/new-module`,
    (page) => expect(page.getByRole('button', { name: 'Create module' })).toBeVisible(),
  ],
  [
    'Module builder',
    () => `/modules/${moduleId}/builder`,
    (page) => expect(page.getByText('What is sent')).toBeVisible(),
  ],
  [
    'Dry run',
    () => `/modules/${moduleId}/dry-run`,
    (page) => expect(page.getByRole('button', { name: 'Start the dry run' })).toBeVisible(),
  ],
  [
    'Runs of a module',
    () => `/modules/${moduleId}/runs`,
    (page) => expect(page.getByText('No runs yet')).toBeVisible(),
  ],
  [
    'Captures of all sources',
    () => '/captures',
    (page) => expect(page.getByRole('grid', { name: 'Captures' }).getByRole('row').nth(2)).toBeVisible(),
  ],
  [
    'Export calls',
    () => '/captures',
    async (page) => {
      await page.getByRole('button', { name: 'Files' }).click();
      await page.getByRole('menuitem', { name: 'Export calls' }).click();
      await expect(page.getByRole('dialog', { name: 'Export calls' })).toBeVisible();
    },
  ],
  [
    'Import calls',
    () => '/captures',
    async (page) => {
      await page.getByRole('button', { name: 'Files' }).click();
      await page.getByRole('menuitem', { name: 'Import calls' }).click();
      await expect(page.getByRole('dialog', { name: 'Import calls' })).toBeVisible();
    },
  ],
  [
    'Compare',
    () => `/captures/compare?left=${compared[1]}&right=${compared[0]}`,
    (page) => expect(page.getByText('grace@example.com').first()).toBeVisible(),
  ],
  ['Replay', () => '/replay', (page) => expect(page.getByText('2 calls, edited')).toBeVisible()],
  [
    'Results of a replay',
    () => `/replay/jobs/${jobId}?result=1`,
    (page) => expect(page.getByRole('article').getByText('Not counted')).toBeVisible(),
  ],
  [
    'A sample',
    () => '/replay/samples',
    async (page) => {
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      const window = page.getByRole('dialog', { name: 'Edit the sample' });
      await window.getByText(/^Headers/).click();
      await expect(window.getByRole('textbox', { name: 'Body' })).toContainText('subscribe');
    },
  ],
  ['Samples', () => '/replay/samples', (page) => expect(page.getByText('A subscription')).toBeVisible()],
  [
    'Simulator',
    () => '/replay/simulator',
    (page) => expect(page.getByRole('heading', { name: 'Stream of events' })).toBeVisible(),
  ],
  [
    'Forwarding',
    () => '/replay/forward',
    (page) => expect(page.getByRole('switch', { name: 'To a server that is not there is on' })).toBeVisible(),
  ],
  [
    'A rule',
    () => '/replay/forward',
    async (page) => {
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await expect(page.getByLabel('Value of secret header 1')).toBeVisible();
    },
  ],
  ['Deliveries', () => '/deliveries', (page) => expect(page.getByText('No deliveries yet')).toBeVisible()],
  [
    'Settings',
    () => '/settings',
    (page) => expect(page.getByRole('button', { name: 'Back up now' })).toBeVisible(),
  ],
];

const addressOf = (path: () => string) => program.control + path();

/** Mantine's Modal has a header element in its dialog, which axe takes for a second banner of the page. */
const bannerRules = ['landmark-no-duplicate-banner', 'landmark-unique'];

const colours = 'color-contrast';

async function expectNoViolations(page: Page, rules: 'all' | 'all but colours' | 'colours'): Promise<void> {
  const axe = await axeAtRest(page);
  const isWindow = (await page.locator('.mantine-Modal-content').count()) > 0;
  if (rules === 'colours') axe.withRules([colours]);
  else axe.disableRules([...(isWindow ? bannerRules : []), ...(rules === 'all' ? [] : [colours])]);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

for (const width of [1280, 390]) {
  test(`every screen, ${width} px wide`, async ({ browser }) => {
    test.setTimeout(600_000);
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(program.url);
    await page.getByRole('contentinfo').waitFor();
    for (const [name, path, ready] of screens) {
      await test.step(name, async () => {
        await page.goto(addressOf(path));
        await ready(page);
        // The colours are the same at every width.
        await expectNoViolations(page, width === 1280 ? 'all' : 'all but colours');
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow).toBeLessThanOrEqual(0);
        // The themes differ in their colours only.
        if (width === 1280) {
          await page.emulateMedia({ colorScheme: 'dark' });
          await expectNoViolations(page, 'colours');
          await page.emulateMedia({ colorScheme: 'light' });
        }
      });
    }
    expect(faults).toEqual([]);
    await context.close();
  });
}
