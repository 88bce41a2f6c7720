// The tunnel, started in the set-up window against a real localtunnel server: the public URL takes calls, and the window says
// from where each address can be reached.
import { expect, test } from '@playwright/test';
import { callPublic, findFreePort, startLocaltunnelServer } from '../fakes/localtunnel-server.ts';
import { startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

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
    await expect(window.getByText('can be reached from the internet, through the tunnel')).toBeVisible();
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
