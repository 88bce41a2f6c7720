// The files of the screens where they are not built yet: a sentence, not an empty answer.
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPage } from '../../main/control/page.ts';
import { createSessions } from '../../main/control/session.ts';

it('says what to do when the screens are not built', async () => {
  const sendPage = createPage(mkdtempSync(join(tmpdir(), 'hookbench-page-')));
  const server = createServer((request, response) => {
    sendPage(request, response, 0).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  server.close();
});

it('signs in by the right cookie, whatever others of its name a page of another port has set', () => {
  const sessions = createSessions('a key of some length');
  const cookie = sessions.trade(sessions.launchToken, 4871)?.split(';')[0];
  const request = (text: string) =>
    ({ headers: { cookie: text } }) as Parameters<typeof sessions.hasCookie>[0];
  expect(sessions.hasCookie(request(`hookbench-4871=forged; ${cookie}`), 4871)).toBe(true);
  expect(sessions.hasCookie(request('hookbench-4871=forged'), 4871)).toBe(false);
  expect(sessions.hasCookie(request(`${cookie}`), 4872)).toBe(false);
});
