// The server that fails on purpose does what its tests rely on.
import { afterEach, expect, it } from 'vitest';
import {
  askToWait,
  type FailingServer,
  redirectTo,
  startFailingServer,
} from '../../harness/failing-server.ts';

let server: FailingServer;
afterEach(() => server.stop());

it('records calls byte for byte and answers as planned', async () => {
  server = await startFailingServer();
  server.next(askToWait(7), redirectTo('https://elsewhere.test/'), { status: 410 });
  const send = (target: string) =>
    fetch(`${server.url}${target}`, {
      method: 'POST',
      body: 'ü',
      headers: { 'X-Mark': 'a' },
      redirect: 'manual',
    });
  const first = await send('/a?b=%20c');
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7']);
  expect((await send('/a')).headers.get('location')).toBe('https://elsewhere.test/');
  expect((await send('/a')).status).toBe(410);
  expect(await (await send('/a')).json()).toEqual({ ok: true });
  expect(server.calls[0]).toMatchObject({ method: 'POST', target: '/a?b=%20c', text: 'ü' });
  expect(server.calls[0]?.header('x-MARK')).toBe('a');
  expect(await server.waitFor(4)).toHaveLength(4);
  await expect(server.waitFor(5, 20)).rejects.toThrow('5 calls were expected');
});

it('resets, cuts and hangs', async () => {
  server = await startFailingServer();
  server.next('reset', 'half', 'hang');
  await expect(fetch(server.url)).rejects.toThrow();
  await expect(fetch(server.url).then((answer) => answer.text())).rejects.toThrow();
  const hanging = fetch(server.url);
  await server.waitFor(3);
  server.release();
  expect((await hanging).status).toBe(200);
});
