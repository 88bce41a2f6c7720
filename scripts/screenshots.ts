// `npm run screenshots`: plays the main job in the real program and takes a picture of every screen, light and dark, wide and
// narrow, into docs/screenshots. They are looked at by people; the ones that README and guide show are kept in git.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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

  return {
    shots: [
      { name: 'enterprise-components', path: '/enterprise-components' },
      { name: 'add-new-data-source', path: '/enterprise-components/new/cloud-application' },
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
  rmSync(dataDir, { recursive: true, force: true });
}
