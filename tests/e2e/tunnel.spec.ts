// The tunnel, started in the set-up window against a real localtunnel server: the public URL takes calls, and the window says
// from where each address can be reached.
import { expect, type Page, test } from '@playwright/test';
import { callPublic, findFreePort, startLocaltunnelServer } from '../fakes/localtunnel-server.ts';
import { writeFakeProgram } from '../fakes/tunnel-programs.ts';
import { startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

/** axe and no overflow in light, dark and narrow; kept as pictures where a folder for them is named. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['HOOKBENCH_SHOTS'];
  for (const [theme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 800 });
    if (folder) await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png`, fullPage: true });
    const { violations } = await (await axeAtRest(page)).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
      `${name} ${theme} ${width}`,
    ).toEqual([]);
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('a public URL from the set-up window', async ({ page }) => {
  const server = await startLocaltunnelServer();
  const program = await startProgram({ dataDir: newDataDir() });
  try {
    await page.goto(program.url);
    await page.getByRole('button', { name: 'New Data Source' }).first().click();
    await page.getByRole('menuitem', { name: 'Cloud Application' }).click();
    await page.getByRole('button', { name: /^New Custom Source/ }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Web shop');
    await page.getByRole('button', { name: 'Create' }).click();
    const window = page.getByRole('dialog', { name: 'Web shop' });
    await expect(window.getByText('can be reached from this computer only')).toBeVisible();

    // A host that nobody answers at: said in words, with a way to try again.
    await window.getByLabel('Tunnel host').fill(`http://127.0.0.1:${await findFreePort()}`);
    await window.getByRole('button', { name: 'Start the tunnel' }).click();
    await expect(window.getByText(/refuses the connection/).first()).toBeVisible();

    await window.getByLabel('Tunnel host').fill(server.url);
    await window.getByRole('button', { name: 'Start the tunnel' }).click();
    // The server of the spec is on loopback, and that is what is said.
    await expect(window.getByText('its address leads to this computer itself')).toBeVisible();
    await expect(page.getByText('Tunnel up').first()).toBeVisible();
    const url =
      (await window
        .getByText(/^http:\/\/\S+\.localhost:\d+\/in\/\S+$/)
        .first()
        .textContent()) ?? '';

    const answer = await callPublic(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"id":"from outside","title":"Through the tunnel"}'),
    });
    expect(answer.status).toBe(200);
    await expect(window.getByText('"Through the tunnel"')).toBeVisible();

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Tunnel up' }).click();
    await page.getByRole('button', { name: 'Stop tunnel' }).click();
    await expect(page.getByText('Tunnel off').first()).toBeVisible();
    await page.goBack();
    await expect(window.getByText('can be reached from this computer only')).toBeVisible();
  } finally {
    await program.kill();
    await server.stop();
  }
});

test('a changed address is announced, and a card says where to paste it', async ({ page }) => {
  const server = await startLocaltunnelServer();
  const program = await startProgram({ dataDir: newDataDir() });
  try {
    await program.api('dataSources.create', {
      kind: 'cloudApplication',
      applicationId: 'github',
      name: 'Our repository',
    });
    await program.api('settings.update', { tunnel: { host: server.url, subdomain: 'first-name' } });
    await program.api('tunnel.start');
    await page.goto(program.url);
    await expect(page.getByText('Tunnel up').first()).toBeVisible();
    await expect(page.getByText('first-name.tunnel.localhost').first()).toBeVisible();
    await program.api('tunnel.stop');
    await expect(page.getByText('Tunnel off').first()).toBeVisible();
    await program.api('settings.update', { tunnel: { subdomain: 'second-name' } });
    await program.api('tunnel.start');

    await expect(page.getByText(/It is second-name\S+ now\. 1 application has to be told/)).toBeVisible();
    const notice = page.getByRole('region', { name: 'Changed address' });
    await expect(notice).toContainText('one application must be told');
    await notice.getByRole('button', { name: 'Where to paste it' }).click();
    const card = notice.getByRole('article', { name: /Our repository/ });
    await expect(card.getByText(/^http:\/\/second-name\S+\/in\/\S+$/)).toBeVisible();
    await expect(card.locator('del')).toContainText('first-name');
    await expect(card.getByRole('list')).toContainText('Payload URL');
    await look(page, 'address-card');

    // The source shows it, too; ticked there, it is gone everywhere.
    await card.getByRole('link', { name: 'Our repository' }).click();
    const onSource = page.getByRole('article', { name: /Our repository/ });
    await onSource.getByRole('checkbox', { name: /GitHub has the new address/ }).click();
    await expect(onSource).toHaveCount(0);
    await page.goBack();
    await expect(notice).toHaveCount(0);
  } finally {
    await program.kill();
    await server.stop();
  }
});

test('a program as the provider: its version, its fall-back, its history', async ({ page }) => {
  const fake = writeFakeProgram('ngrok', 'works');
  const program = await startProgram({ dataDir: newDataDir() });
  try {
    await page.goto(program.url);
    await page.getByRole('link', { name: 'Settings' }).first().click();
    const panel = page.locator('section', {
      has: page.getByRole('heading', { name: 'Tunnel', exact: true }),
    });
    await panel.getByRole('combobox', { name: 'Provider' }).or(panel.getByLabel('Provider')).first().click();
    await page.getByRole('option', { name: 'ngrok' }).click();
    await panel.getByLabel('Program').fill('ngrok');
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(
      panel.getByText('Type the full path of the program; its name begins with ngrok.'),
    ).toBeVisible();
    await panel.getByLabel('Program').fill(fake.path);
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByText(`ngrok 3.22.1 at ${fake.path}`)).toBeVisible();
    await panel.getByRole('button', { name: 'Start tunnel' }).click();
    await expect(panel.getByText('Tunnel up')).toBeVisible();
    await expect(panel.getByText('Round trips in 24 hours')).toBeVisible();
    await expect(panel.getByText('No gaps')).toBeVisible();
    await panel.getByRole('button', { name: 'Stop tunnel' }).click();
    await expect(panel.getByText('The tunnel was stopped.')).toBeVisible();
    await look(page, 'tunnel-settings');

    // The token of a named tunnel is taken, and shown as set only.
    await panel.getByRole('combobox', { name: 'Provider' }).or(panel.getByLabel('Provider')).first().click();
    await page.getByRole('option', { name: 'cloudflared' }).click();
    await panel.getByLabel('Token of a named tunnel').fill('eyJhIjoiMSJ9');
    await panel.getByRole('button', { name: 'Keep the token' }).click();
    await expect(panel.getByText('A token is set.')).toBeVisible();
    await expect(panel.getByLabel('Token of a named tunnel')).toHaveValue('');
    await expect(panel.getByLabel('Public URL of the named tunnel')).toBeVisible();
    await look(page, 'cloudflared-settings');
    await panel.getByRole('button', { name: 'Remove the token' }).click();
    await expect(panel.getByText('A token is set.')).toBeHidden();
  } finally {
    await program.stop();
  }
});
