// What specs of the outbound side of a data source share: the real program, a real second HTTP server, and how a page is opened.
import { mkdirSync } from 'node:fs';
import { type ConsoleMessage, expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../harness/program.ts';
import { type SecondServer, startSecondServer } from '../harness/second-server.ts';
import { newDataDir } from '../harness/test-engine.ts';
import { axeAtRest } from './axe-at-rest.ts';

export let program: Program;
export let server: SecondServer;

/** A folder for pictures to look at; none are taken without it. */
const pictures = process.env['CONNECTIONS_PICTURES'];
export async function picture(page: Page, name: string) {
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

export async function expectNoViolations(page: Page) {
  const { violations } = await (await axeAtRest(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/**
 * What Chromium says when text is typed over a selection of coloured text in the editor: its own editing wants to keep the look of what was
 * there by a style attribute, the policy forbids it, and the editor draws its own colours. No line of a script stands behind it.
 */
const isOwnEditing = (message: ConsoleMessage) =>
  message.text().startsWith('Applying inline style violates') &&
  message.location().url === message.page()?.url() &&
  message.location().lineNumber === 0;

/** Signs in, and collects what the page complains about. */
export async function open(page: Page): Promise<string[]> {
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isOwnEditing(message)) faults.push(message.text());
  });
  await page.goto(program.url);
  await expect(page.getByRole('button', { name: 'New Data Source' }).first()).toBeVisible();
  return faults;
}

export async function createSource(
  name: string,
): Promise<{ id: string; connectionId: string; inboundUrl: string }> {
  const { dataSource } = (await program.api('dataSources.create', { kind: 'custom', name })) as unknown as {
    dataSource: { id: string; connections: { id: string; inboundUrl: string }[] };
  };
  const [connection] = dataSource.connections;
  return { id: dataSource.id, connectionId: connection?.id ?? '', inboundUrl: connection?.inboundUrl ?? '' };
}

export const outgoingOf = async (connectionId: string) =>
  ((await program.api('connections.outgoing', { id: connectionId })) as { outgoing?: { state: string } })
    .outgoing;

/** Starts both, once for a file. Call it once in a file. */
export function prepareConnections(): void {
  test.beforeAll(async () => {
    program = await startProgram({ dataDir: newDataDir() });
    server = await startSecondServer();
  });
  test.afterAll(async () => {
    await program.kill();
    await server.stop();
  });
}
