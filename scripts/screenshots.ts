// `npm run screenshots`: plays the main job in the real program and takes a picture of every screen, light and dark, wide and
// narrow, into docs/screenshots. They are looked at by people; the ones that README and guide show are kept in git.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import sparticuz from '@sparticuz/chromium';
import { type Program, startProgram } from '../tests/harness/program.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

const people = [
  ['8a25ff1d98', 'ada@example.com', 'Ada', 'Lovelace'],
  ['1f0c77ab21', 'grace@example.org', 'Grace', 'Hopper'],
  ['77be01c4d2', 'katherine.johnson@example.net', 'Katherine', 'Johnson'],
  ['c3d9e0aa15', 'noor@example.com', 'نور', 'الهدى'],
] as const;

function subscribe(index: number): string {
  const [id, email, first, last] = people[index % people.length] ?? people[0];
  return new URLSearchParams({
    type: 'subscribe',
    fired_at: '2026-11-20 09:12:00',
    'data[id]': id,
    'data[list_id]': 'a6b5da1054',
    'data[email]': email,
    'data[email_type]': 'html',
    'data[merges][EMAIL]': email,
    'data[merges][FNAME]': first,
    'data[merges][LNAME]': last,
    'data[merges][INTERESTS]': 'Gardening,Recipes',
  }).toString();
}

async function send(url: string, body: string, headers: Record<string, string>): Promise<void> {
  await fetch(url, { method: 'POST', headers, body });
}

interface Shot {
  name: string;
  path: string;
  /** What to do on the page before the picture. */
  prepare?: (page: Page) => Promise<void>;
}

interface Made {
  shots: Shot[];
}

type Api = <T>(call: string, input: object) => Promise<T>;

/** Another application that is called: it is busy at the second contact, and takes no third one. */
const crm = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const isBusy = request.url === '/contacts/1f0c77ab21' && crmCalls.length < 3;
    crmCalls.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    if (isBusy) response.setHeader('retry-after', '1');
    response.writeHead(isBusy ? 503 : request.url === '/contacts/77be01c4d2' ? 422 : 201);
    response.end(isBusy ? '{"error": "busy"}' : '{"id": "contact-1"}');
  });
});
const crmCalls: string[] = [];

/** A solution whose module calls it for each new subscriber. */
async function fillSolution(
  api: Api,
  create: (name: string, applicationId?: string) => Promise<{ id: string; url: string }>,
): Promise<Shot[]> {
  const source = await create('Subscribers', 'mailchimp');
  await send(source.url, subscribe(0), form);
  await api('mapping.save', {
    dataSourceId: source.id,
    mapping: {
      id: 'data.id',
      title: 'data.email',
      fields: [{ name: 'Interests', path: 'data.merges.INTERESTS', type: 'text' }],
    },
  });
  await new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve));
  const { port } = crm.address() as AddressInfo;
  const { dataSource } = await api<{ dataSource: { id: string; connections: { id: string }[] } }>(
    'dataSources.create',
    { kind: 'custom', name: 'CRM' },
  );
  await api('connections.saveOutgoing', {
    id: dataSource.connections[0]?.id,
    outgoing: {
      baseUrl: `http://127.0.0.1:${port}`,
      authorization: { kind: 'other', headers: [{ name: 'X-Team', value: 'growth' }] },
      allowedTargets: [`127.0.0.1:${port}`],
    },
  });
  const { solution } = await api<{ solution: { id: string } }>('solutions.create', {
    name: 'Subscribers to the CRM',
    description: 'Every new subscriber becomes a contact.',
  });
  for (const id of [source.id, dataSource.id])
    await api('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
  const createModule = (name: string, trigger: object) =>
    api<{ module: { id: string } }>('modules.create', {
      solutionId: solution.id,
      enabled: true,
      module: {
        name,
        dataSourceId: source.id,
        trigger,
        conditions: {
          mode: 'all',
          conditions: [{ field: 'fields.Interests', is: 'contains', value: 'gardening', matchCase: false }],
        },
        fields: [
          { name: 'greeting', type: 'text', from: { kind: 'formula', formula: 'Hello {{ item.title }}' } },
        ],
        steps: [
          {
            id: 'contact',
            dataSourceId: dataSource.id,
            method: 'PUT',
            path: '/contacts/{{ item.externalId }}',
            body: {
              kind: 'json',
              template:
                '{\n  "email": {{ item.title | json }},\n  "greeting": {{ module.greeting | json }}\n}',
            },
            stopOnFailure: true,
          },
        ],
      },
    });
  const { module } = await createModule('Add a contact', { kind: 'itemAdded' });
  await createModule('Send again', { kind: 'buttonClicked', label: 'Send to the CRM' });
  await createModule('Every working day', { kind: 'onScheduled', cron: '0 9 * * 1-5', over: 'eachItem' });
  for (const index of [1, 2, 3]) await send(source.url, subscribe(index), form);
  type Runs = { runs: { id: string; state: string; itemTitle?: string }[] };
  let { runs } = await api<Runs>('runs.list', { moduleId: module.id });
  for (
    let look = 0;
    look < 50 && (runs.length < 3 || runs.some(({ state }) => state === 'running'));
    look += 1
  ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    ({ runs } = await api<Runs>('runs.list', { moduleId: module.id }));
  }
  const retried = runs.find(({ itemTitle }) => itemTitle === people[1][1]);
  return [
    { name: 'connections', path: `/data-sources/${dataSource.id}/connections` },
    {
      name: 'outgoing-configuration',
      path: `/data-sources/${dataSource.id}/connections/${dataSource.connections[0]?.id}?tab=outgoing`,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.getByText(/^All well|^It works/).waitFor();
      },
    },
    { name: 'solutions-access', path: `/data-sources/${source.id}/solutions-access` },
    { name: 'solutions', path: '/solutions' },
    { name: 'solution-modules', path: `/solutions/${solution.id}/modules` },
    { name: 'module-builder', path: `/modules/${module.id}/builder` },
    {
      name: 'module-dry-run',
      path: `/modules/${module.id}/dry-run`,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Start the dry run' }).click();
        await page.getByRole('grid').getByText(people[0][1]).first().click();
      },
    },
    {
      name: 'run',
      path: `/modules/${module.id}/runs?run=${retried?.id ?? ''}`,
      prepare: async (page) => await page.getByText('Try 2', { exact: true }).waitFor(),
    },
    { name: 'deliveries', path: '/deliveries' },
  ];
}

/** Fills the program through its own calls, like a week of use. */
async function fill(program: Program): Promise<Made> {
  const api = async <T>(call: string, input: object) => (await program.api(call, input)) as unknown as T;
  type Created = { dataSource: { id: string; connections: { inboundUrl: string }[] } };
  const create = async (name: string, applicationId?: string) => {
    const { dataSource } = await api<Created>('dataSources.create', {
      kind: applicationId ? 'cloudApplication' : 'custom',
      name,
      ...(applicationId ? { applicationId } : {}),
    });
    return { id: dataSource.id, url: dataSource.connections[0]?.inboundUrl ?? '' };
  };
  const waiting = await create('Help desk', 'zendesk');
  const shop = await create('Web shop orders');
  for (let order = 1; order <= 40; order += 1) {
    await send(
      shop.url,
      JSON.stringify({
        id: 1000 + order,
        title: `Order ${1000 + order}`,
        total: order * 12.5,
        paid: order % 3 === 0,
        lines: [{ sku: 'TEA-01', quantity: order }],
      }),
      json,
    );
  }
  await api('mapping.save', {
    dataSourceId: shop.id,
    mapping: {
      id: 'id',
      title: 'title',
      fields: [
        { name: 'Total', path: 'total', type: 'number' },
        { name: 'Paid', path: 'paid', type: 'boolean' },
      ],
    },
  });
  await send(shop.url, '{"note": "an order without an id"}', json);
  const newsletter = await create('Newsletter', 'mailchimp');
  await fetch(newsletter.url);
  await send(newsletter.url, '{"id": 1,\n "title": oops}', json);
  for (let index = 0; index < people.length; index += 1) await send(newsletter.url, subscribe(index), form);
  const mapped = await create(
    'Customers with a very long name that has to be cut somewhere in the middle',
    'mailchimp',
  );
  for (let index = 0; index < 6; index += 1)
    await send(mapped.url, subscribe(index).replace('Recipes', `Recipes ${index}`), form);
  await api('mapping.save', {
    dataSourceId: mapped.id,
    mapping: {
      id: 'data.id',
      title: 'data.email',
      fields: [{ name: 'Interests', path: 'data.merges.INTERESTS', type: 'text' }],
    },
  });

  const solutionShots = await fillSolution(api, create);
  return {
    shots: [
      ...solutionShots,
      { name: 'enterprise-components', path: '/enterprise-components' },
      { name: 'add-new-data-source', path: '/enterprise-components/new/cloud-application' },
      {
        name: 'new-custom-data-source',
        path: '/enterprise-components/new/custom-internal-api?step=name',
        prepare: async (page) =>
          await page
            .getByRole('textbox', { name: 'Integration display name' })
            .fill('Stock of the warehouse'),
      },
      { name: 'set-up-waiting', path: `/data-sources/${waiting.id}/set-up` },
      { name: 'set-up-received', path: `/data-sources/${newsletter.id}/set-up` },
      { name: 'inbound-webhook-start', path: `/data-sources/${newsletter.id}/set-up?step=inbound-webhook` },
      { name: 'overview', path: `/data-sources/${mapped.id}/overview` },
      { name: 'inbound-webhook', path: `/data-sources/${mapped.id}/inbound-webhook` },
      { name: 'information', path: `/data-sources/${mapped.id}/information` },
      { name: 'audit-log', path: `/data-sources/${mapped.id}/audit-log` },
      { name: 'needs-attention', path: `/data-sources/${shop.id}/needs-attention` },
      { name: 'retention', path: `/data-sources/${shop.id}/retention` },
      { name: 'captures', path: `/data-sources/${newsletter.id}/captures` },
      { name: 'view-data', path: `/data-sources/${shop.id}/view-data` },
      {
        name: 'view-data-item',
        path: `/data-sources/${mapped.id}/view-data`,
        prepare: async (page) => void (await page.getByText('ada@example.com').first().click()),
      },
      { name: 'settings', path: '/settings' },
    ],
  };
}

async function shoot(browser: Browser, program: Program, shots: Shot[], prefix = ''): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [
      ['wide', { width: 1280, height: 800 }],
      ['narrow', { width: 390, height: 800 }],
    ] as const) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(program.url);
      await page.getByRole('contentinfo').waitFor();
      for (const shot of shots) {
        await page.goto(program.control + shot.path);
        await page.getByRole('contentinfo').waitFor();
        await page.waitForLoadState('networkidle');
        await page.waitForFunction("document.querySelector('.mantine-Skeleton-root') === null");
        await shot.prepare?.(page);
        await page.evaluate('document.fonts.ready.then(() => undefined)');
        await page.screenshot({
          path: join(folder, `${prefix}${shot.name}-${size}-${colorScheme}.png`),
          animations: 'disabled',
        });
      }
      await context.close();
    }
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-screenshots-'));
mkdirSync(folder, { recursive: true });
const program = await startProgram({ dataDir });
const browser = await chromium.launch({
  executablePath: await sparticuz.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
});
try {
  await shoot(browser, program, [{ name: 'first-run', path: '/enterprise-components' }]);
  const { shots } = await fill(program);
  await shoot(browser, program, shots);
  process.stdout.write(`Screenshots are in ${folder}\n`);
} finally {
  await browser.close();
  await program.kill();
  crm.close();
  rmSync(dataDir, { recursive: true, force: true });
}
