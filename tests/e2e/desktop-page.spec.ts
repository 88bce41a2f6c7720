// The screens as the desktop window has them, in Chromium: the shell's own answers with their content policy, the built
// preload, a port, a real engine behind it. What is Electron's own part is stood in for: the scheme (an https address
// here), the isolated world, and the carrying of the port's messages to the engine.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { CallOutput, Channel } from '#contract';
import { answer } from '../../main/desktop/app-files.ts';
import { createEngine, type Engine } from '../../main/engine/engine.ts';
import { createLog } from '../../main/log/log.ts';
import { buildPart, desktop, isFresh, root, screens } from '../../scripts/build-parts.ts';
import { testVaultKey } from '../harness/test-engine.ts';

const origin = 'https://hookbench.test';
let engine: Engine;
let dataDir = '';

test.beforeAll(async () => {
  for (const part of [screens, desktop]) if (!isFresh(part)) await buildPart(part);
  dataDir = mkdtempSync(join(tmpdir(), 'hookbench-page-'));
  engine = await createEngine({
    dataDir,
    receiverPort: 0,
    version: '1.2.3',
    vaultKey: testVaultKey,
    weakKeyStore: true,
    log: createLog(() => undefined),
  });
});
test.afterAll(async () => {
  await engine.stop();
  rmSync(dataDir, { recursive: true });
});

/**
 * Attaches the engine each time when the page asks for a port. `lose` takes the port away as an ending engine does, `leave`
 * ends the engine's side once everything that it sent has arrived.
 */
async function joinEngine(page: Page) {
  let listener: (message: unknown) => void = () => undefined;
  let detach: () => void = () => undefined;
  const sent: Promise<unknown>[] = [];
  await page.exposeFunction('toEngine', (message: unknown) => listener(message));
  await page.exposeFunction('askForPort', () => {
    const channel: Channel = {
      send(message) {
        sent.push(page.evaluate((value) => Reflect.get(globalThis, 'fromEngine')(value), message));
      },
      onMessage: (next) => {
        listener = next;
      },
      onClose: (next) => {
        detach = next;
      },
      close: () => undefined,
    };
    engine.attach(channel);
  });
  return {
    async lose() {
      detach();
      await page.evaluate(() => Reflect.get(globalThis, 'losePort')());
    },
    async leave() {
      detach();
      await Promise.all(sent);
    },
  };
}

/** What Electron gives the preload, as far as ours uses it. */
const electronForPreload = `
  const listeners = {};
  const require = () => ({
    contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
    ipcRenderer: {
      on: (channel, listener) => { listeners[channel] = listener; },
      send: async () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = (event) => window.toEngine(event.data);
        window.fromEngine = (message) => port1.postMessage(message);
        window.losePort = () => {
          port1.close();
          listeners['hookbench:port-lost']({});
        };
        await window.askForPort();
        listeners['hookbench:port']({ ports: [port2] });
      },
      invoke: async () => false,
    },
  });
  const process = { platform: 'linux', argv: ['--hookbench-version=1.2.3'] };
  const module = { exports: {} };
  const exports = module.exports;
`;

test('the screens work over a port, under the policy of the window', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  const preload = readFileSync(join(root, desktop.output, 'preload.cjs'), 'utf8');
  await page.addInitScript(`(() => {${electronForPreload}${preload}})();`);
  const link = await joinEngine(page);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const content = { folder: join(root, screens.output), failurePage: () => undefined };
    const response = await answer(new Request(`app://hookbench${pathname}`), content);
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });

  await page.goto(`${origin}/`);
  await expect(page.getByText('Enterprise Components').first()).toBeVisible();
  await page.getByRole('button', { name: 'New Data Source' }).first().click();
  await page.getByRole('menuitem', { name: 'Cloud Application' }).click();
  await page.getByRole('dialog', { name: 'Add New Data Source' }).getByText('New Custom Source').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Newsletter');
  await page.getByRole('button', { name: 'Create' }).click();
  const address = page.getByText(/^http:\/\/127\.0\.0\.1:\d+\/in\/\S+$/).first();
  const url = (await address.textContent()) ?? '';
  const post = (title: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: title, title }),
    });
  expect((await post('Shown live')).status).toBe(200);
  await expect(page.getByText('Shown live').first()).toBeVisible();

  // The key store of this system protects weakly: said, and asked, before a secret is kept.
  const panel = page.getByRole('region', { name: 'Verification' });
  await panel.getByRole('button', { name: 'Choose how calls are signed' }).click();
  await panel.getByLabel('Header').fill('X-Signature');
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByRole('button', { name: 'Set the secret' }).click();
  await expect(panel.getByText('Secrets are protected weakly on this computer')).toBeVisible();
  await panel.getByLabel('Secret', { exact: true }).fill('correct horse battery');
  await expect(panel.getByRole('button', { name: 'Save' })).toBeDisabled();
  await panel.getByRole('checkbox', { name: 'Keep the secret all the same' }).check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('Checked', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Remove: Secret' }).click();
  await expect(panel.getByText('Not checked', { exact: true })).toBeVisible();

  // The engine goes; the page is told, asks for another one and is live again.
  await link.lose();
  expect((await post('Shown after the loss')).status).toBe(200);
  await expect(page.getByText('Shown after the loss').first()).toBeVisible();
  // The same for what calls out: asked at Save, once.
  const { output } = (await engine.dispatch('dataSources.list', {}, AbortSignal.timeout(5_000))) as {
    output: CallOutput<'dataSources.list'>;
  };
  const [source] = output.dataSources;
  await page.goto(
    `${origin}/data-sources/${source?.id}/connections/${source?.connections[0]?.id}?tab=outgoing`,
  );
  const window = page.getByRole('dialog', { name: 'Newsletter' });
  await window.getByLabel('Base Url').fill('https://api.example.com');
  await window.getByRole('combobox', { name: 'Authorization' }).selectOption({ label: 'Bearer token' });
  await window.getByLabel('Token', { exact: true }).fill('s3cret');
  await window.getByRole('button', { name: 'Keep as draft' }).click();
  const agree = window.getByRole('checkbox', { name: 'Keep the secret all the same' });
  await expect(window.getByText('Draft', { exact: true })).toHaveCount(0);
  await agree.check();
  await window.getByRole('button', { name: 'Keep as draft' }).click();
  await expect(window.getByText('Draft', { exact: true })).toBeVisible();
  await expect(agree).toHaveCount(0);
  expect(faults).toEqual([]);
  await link.leave();
});
