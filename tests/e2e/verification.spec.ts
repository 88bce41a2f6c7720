// Verification, played in a real browser against the real program: a secret is set, right and wrong calls are told apart, the endpoint is
// probed, a secret is rotated, and a handshake brings a token to copy.
import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

let program: Program;
const dataDir = newDataDir();

test.beforeAll(async () => {
  program = await startProgram({ dataDir });
});
test.afterAll(async () => {
  await program.kill();
});

/** A folder for pictures to look at; none are taken without it. */
const pictures = process.env['VERIFICATION_PICTURES'];
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

async function createSource(
  name: string,
  applicationId?: string,
): Promise<{ id: string; url: string; connectionId: string }> {
  const { dataSource } = (await program.api('dataSources.create', {
    kind: applicationId ? 'cloudApplication' : 'custom',
    name,
    ...(applicationId ? { applicationId } : {}),
  })) as unknown as { dataSource: { id: string; connections: { id: string; inboundUrl: string }[] } };
  const [connection] = dataSource.connections;
  return {
    id: dataSource.id,
    url: connection?.inboundUrl ?? '',
    connectionId: connection?.id ?? '',
  };
}

/** The launch token is traded once; screens are opened by their address after that. */
async function signIn(page: Page) {
  await page.goto(program.url);
  await expect(page.getByRole('button', { name: 'New Data Source' }).first()).toBeVisible();
}

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await response.text();
  return response.status;
}

const signatureOf = (body: string, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

test('a custom source whose calls are signed', async ({ page }) => {
  const source = await createSource('Web shop');
  await signIn(page);
  await page.goto(`${program.control}/data-sources/${source.id}/set-up`);
  const panel = page.getByRole('region', { name: 'Verification' });
  await expect(panel.getByText('Not checked', { exact: true })).toBeVisible();

  // Somebody calls an old URL: it is told, and the answer is the same as ever.
  const wrong = source.url.replace(/[^/]+$/, 'AAAAAAAAAAAAAAAAAAAAAA');
  expect(await post(wrong, '{}')).toBe(404);
  await expect(page.getByText('Somebody called a URL that is not this one')).toBeVisible();
  await expect(page.getByText('/in/AAAA…')).toBeVisible();
  await picture(page, 'waiting');

  await panel.getByRole('button', { name: 'Choose how calls are signed' }).click();
  await panel.getByLabel('Header').fill('X Y');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText(/Type the name of a header/)).toBeVisible();
  await panel.getByLabel('Header').fill('X-Shop-Signature');
  await panel.getByLabel('Prefix (optional)').fill('sha256=');
  await picture(page, 'scheme');
  await expectNoViolations(page);
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText(/HMAC-SHA-256 of the raw body in hex/)).toBeVisible();

  await panel.getByRole('button', { name: 'Set the secret' }).click();
  await panel.getByLabel('Secret', { exact: true }).fill('  the first secret \n');
  await picture(page, 'secret');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('Checked', { exact: true })).toBeVisible();
  await expect(panel.getByRole('list', { name: 'Secrets' }).getByRole('listitem')).toHaveCount(1);

  const body = '{"id":1,"title":"One"}';
  expect(await post(source.url, body, { 'x-shop-signature': signatureOf(body, 'the first secret') })).toBe(
    200,
  );
  const arrived = page.getByRole('list', { name: 'Received calls' });
  await expect(arrived.getByText('Signature right')).toBeVisible();
  expect(
    await post(source.url, `${body} `, { 'x-shop-signature': signatureOf(body, 'the first secret') }),
  ).toBe(401);
  await expect(arrived.getByText(/^The signature does not match/)).toBeVisible();
  expect(await post(source.url, body)).toBe(401);
  await expect(arrived.getByText('The call has no signature in X-Shop-Signature.')).toBeVisible();
  await arrived.getByRole('button', { name: /The signature does not match/ }).click();
  await expect(page.getByText(/The signature does not match the call and the secret/).first()).toBeVisible();

  // A test call is signed, the probe shows both sides.
  await page.getByRole('button', { name: 'Send a test' }).first().click();
  await expect(page.getByText('Sent; answered 200')).toBeVisible();
  await panel.getByRole('button', { name: 'Probe my endpoint' }).click();
  await expect(panel.getByText('All 4 as expected.')).toBeVisible();
  await expect(panel.getByRole('list', { name: 'Results of the probe' })).toContainText(
    'Sample, wrongly signed',
  );
  await panel.getByRole('button', { name: 'Probe my endpoint' }).scrollIntoViewIfNeeded();
  await picture(page, 'probed');
  await expectNoViolations(page);
  await expect(arrived.getByRole('button')).toHaveCount(4);

  // Rotation: both are taken until the older one is removed.
  await panel.getByRole('button', { name: 'Add a second' }).click();
  await panel.getByLabel('Second secret').fill('the second secret');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('list', { name: 'Secrets' }).getByRole('listitem')).toHaveCount(2);
  for (const secret of ['the first secret', 'the second secret'])
    expect(await post(source.url, body, { 'x-shop-signature': signatureOf(body, secret) })).toBe(200);
  await panel.getByRole('button', { name: 'Remove: Older secret' }).click();
  await expect(panel.getByRole('list', { name: 'Secrets' }).getByRole('listitem')).toHaveCount(1);
  expect(await post(source.url, body, { 'x-shop-signature': signatureOf(body, 'the first secret') })).toBe(
    401,
  );

  // The same stands above the mapping, and in the detail of a call.
  await page.goto(`${program.control}/data-sources/${source.id}/inbound-webhook`);
  const bar = page.getByRole('region', { name: 'Verification' });
  await expect(bar.getByText('Checked', { exact: true })).toBeVisible();
  await picture(page, 'bar');
  await bar.getByRole('button', { name: 'Manage' }).click();
  const window = page.getByRole('dialog', { name: 'Verification' });
  await expect(window.getByRole('button', { name: 'Replace' })).toBeVisible();
  await picture(page, 'window');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await page.goto(`${program.control}/data-sources/${source.id}/captures?outcome=rejected`);
  await page
    .getByText(/no signature in X-Shop-Signature/i)
    .first()
    .click();
  const detail = page.getByRole('article', { name: 'Call' });
  await expect(detail.getByText('No signature', { exact: true })).toBeVisible();
  await picture(page, 'detail');
});

test('a secret that is set after the first calls, wrongly at first, and mended', async ({ page }) => {
  const source = await createSource('Repositories', 'github');
  const body = '{"action":"opened","repository":{"id":1,"full_name":"ada/engine"}}';
  const signed = () =>
    post(source.url, body, { 'x-hub-signature-256': signatureOf(body, 'the right secret') });
  expect(await signed()).toBe(200);
  await signIn(page);
  await page.goto(`${program.control}/data-sources/${source.id}/inbound-webhook`);
  const bar = page.getByRole('region', { name: 'Verification' });
  const window = page.getByRole('dialog', { name: 'Verification' });
  async function give(button: string, label: string, secret: string): Promise<void> {
    await bar.getByRole('button', { name: 'Manage' }).click();
    await window.getByRole('button', { name: button }).click();
    await window.getByLabel(label, { exact: true }).fill(secret);
    await window.getByRole('button', { name: 'Save' }).click();
    await expect(window.getByRole('list', { name: 'Secrets' }).getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(window).toBeHidden();
  }
  await expect(bar.getByText('Every call is taken: no secret is set.')).toBeVisible();
  await give('Set the secret', 'Secret', 'the secret of another repository');
  await expect(bar.getByText('Checked', { exact: true })).toBeVisible();
  expect(await signed()).toBe(401);

  // The overview leads to the call, and the call says why it was refused.
  const panel = page.getByRole('navigation', { name: 'Configuration' });
  await panel.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText(/^Answered 401/)).toBeVisible();
  await page.getByRole('link', { name: 'Open the call' }).click();
  const detail = page.getByRole('article', { name: 'Call' });
  await expect(
    detail.getByText(/The signature does not match the call and the secret/).first(),
  ).toBeVisible();

  await panel.getByRole('link', { name: 'Inbound Webhook' }).click();
  await give('Replace', 'New secret', 'the right secret');
  expect(await signed()).toBe(200);
  await panel.getByRole('link', { name: /^Captures/ }).click();
  const calls = page.getByRole('grid', { name: 'Captures' }).getByRole('row');
  await expect(calls.nth(1)).toContainText('Accepted');
  await expect(calls.nth(2)).toContainText('Rejected');
  await expect(calls.nth(3)).toContainText('Accepted');
});

test('a handshake brings a token to copy, another one a link to open; one that was refused says why', async ({
  page,
}) => {
  const zoom = await createSource('Meetings', 'zoom');
  await signIn(page);
  await page.goto(`${program.control}/data-sources/${zoom.id}/set-up`);
  await expect(page.getByText('Waiting for the first call')).toBeVisible();
  const validation = '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}';
  expect(await post(zoom.url, validation)).toBe(503);
  const calls = page.getByRole('list', { name: 'Received calls' });
  await expect(calls.getByText('Handshake refused')).toBeVisible();
  await expect(page.getByText(/^The check needs the secret token\./)).toBeVisible();
  await page.getByRole('button', { name: 'I did it' }).click();
  await expect(page.getByText('Only a handshake has arrived, and it was refused')).toBeVisible();
  await expect(page.getByText(/^The check needs the secret token\./)).toHaveCount(2);
  await picture(page, 'handshake-refused');
  await program.api('connections.setSecret', { id: zoom.connectionId, secret: 'the secret token' });
  expect(await post(zoom.url, validation)).toBe(200);
  await expect(calls.getByText('Handshake answered')).toBeVisible();

  const notion = await createSource('Notes', 'notion');
  await page.goto(`${program.control}/data-sources/${notion.id}/set-up`);
  await expect(page.getByText('Waiting for the first call')).toBeVisible();
  expect(await post(notion.url, '{"verification_token":"secret_tokenOfNotion"}')).toBe(200);
  await expect(page.getByText('Copy this token into the application')).toBeVisible();
  await expect(page.getByText('secret_tokenOfNotion').first()).toBeVisible();
  const panel = page.getByRole('region', { name: 'Verification' });
  await expect(panel.getByText('by the application itself')).toBeVisible();
  await picture(page, 'token');
  await expectNoViolations(page);

  const sns = await createSource('Queue', 'aws-sns');
  await page.goto(`${program.control}/data-sources/${sns.id}/set-up`);
  await expect(page.getByText('Waiting for the first call')).toBeVisible();
  const link = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1';
  await post(sns.url, JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL: link }));
  const opens = page.getByRole('link', { name: /Open the link at sns\.eu-west-1\.amazonaws\.com/ });
  await expect(opens).toHaveAttribute('href', link);
  await expect(opens).toHaveAttribute('rel', /noopener/);
  await picture(page, 'link');
});

test('where the event type stands, an answer of its own, a rate and a size limit', async ({ page }) => {
  const source = await createSource('Order messages');
  await signIn(page);
  await page.goto(`${program.control}/data-sources/${source.id}/connections/${source.connectionId}`);
  const panel = page.getByRole('region', { name: 'Facts, answer and limits' });
  await expect(panel.getByText('The usual one: 200 with the id of the call')).toBeVisible();
  await panel.getByRole('button', { name: 'Change' }).click();
  await panel.getByRole('textbox', { name: 'Event type at' }).fill('meta.[');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText(/character \d/)).toBeVisible();
  await panel.getByRole('textbox', { name: 'Event type at' }).fill('$headers["x-topic"]');
  await panel.getByRole('radio', { name: 'One of your own' }).check();
  await panel.getByRole('combobox', { name: 'Start from' }).selectOption('SOAP acknowledgement');
  await expect(panel.getByRole('textbox', { name: 'Content type' })).toHaveValue('text/xml; charset=utf-8');
  await panel.getByRole('button', { name: 'Add a header' }).click();
  await panel.getByRole('textbox', { name: 'Name of header 1' }).fill('Content-Length');
  await panel.getByRole('textbox', { name: 'Calls a minute, at most' }).fill('2');
  await picture(page, 'answer-form');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('The receiver sets Content-Length by itself')).toBeVisible();
  await picture(page, 'answer-fault');
  await expectNoViolations(page);
  await panel.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Taken');
  await panel.getByRole('textbox', { name: 'Value of header 1' }).fill('yes');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('200, text/xml; charset=utf-8, of your own')).toBeVisible();

  const answer = await fetch(source.url, {
    method: 'POST',
    headers: { 'x-topic': 'order.made' },
    body: '<order id="1"/>',
  });
  expect(await answer.text()).toContain('<Ack>true</Ack>');
  expect(answer.headers.get('x-taken')).toBe('yes');
  expect(await post(source.url, '{"id":2}', { 'x-topic': 'order.paid' })).toBe(200);
  expect(await post(source.url, '{"id":3}')).toBe(429);
  await page.reload();
  await expect(panel.getByText('1 call was refused with 429 since the start')).toBeVisible();
  await picture(page, 'answer-set');
  await page.goto(`${program.control}/data-sources/${source.id}/inbound-webhook`);
  await expect(page.getByRole('tab', { name: /order\.made/ })).toBeVisible();
  await expect(page.getByRole('tab', { name: /order\.paid/ })).toBeVisible();
});
