// Calls that name no webhook URL of ours: noticed for the user, without a difference for the caller.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMissedCalls, pathShape } from '../../../main/engine/receiver/missed-calls.ts';
import { exchange } from '../../harness/raw-http.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());

it('tells unknown tokens, other paths and other hosts apart, and answers them alike', async () => {
  const { id, url } = await test.createSource();
  const { origin, pathname, port } = new URL(url);
  const token = pathname.split('/')[2] ?? '';
  const send = async (path: string) => {
    const response = await fetch(`${origin}${path}`, { method: 'POST', body: '{}' });
    return { status: response.status, text: await response.text() };
  };
  const answers = [
    await send('/in/AAAAAAAAAAAAAAAAAAAAAA?token=secret'),
    await send(`/webhooks/${token}`),
    await send('/wp-login.php'),
  ];
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.status).toBe(404);
  await exchange(
    Number(port),
    `GET ${pathname} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n`,
  );
  const { missed } = await test.call('receiver.missedCalls', {});
  expect(missed).toMatchObject([
    { kind: 'unknownToken', count: 1, lastMethod: 'POST', lastPath: '/in/AAAA…' },
    { kind: 'otherPath', count: 1, dataSourceId: id, lastPath: `/webhooks/${token.slice(0, 4)}…` },
    { kind: 'elsewhere', count: 1 },
    { kind: 'otherHost', count: 1, lastMethod: 'GET', dataSourceId: id },
  ]);
  expect(JSON.stringify(missed)).not.toContain(token);
  expect(JSON.stringify(missed)).not.toContain('secret');
  expect((await test.call('captures.list', { dataSourceId: id })).captures).toEqual([]);
});

it('keeps one entry a kind, however many strangers come', () => {
  const missed = createMissedCalls({ sourceOf: () => undefined, onNoted: () => undefined });
  for (let call = 0; call < 5000; call += 1)
    missed.note({ method: 'POST', url: `/in/${call}${'x'.repeat(30)}`, ownHost: true });
  expect(missed.list()).toMatchObject([{ kind: 'unknownToken', count: 5000 }]);
});

it.each([
  ['/in/hYpTD_0DUfiKRGgtCSnPHQ', '/in/hYpT…'],
  ['/in/', '/in/'],
  ['/hooks/catch/12345/abcdef?x=1', '/hooks/catch/1234…/abcdef'],
  ['/a/b/c/d/e/f/g/h', '/a/b/c/d/e/f/…'],
  ['/\u0000\u001b[31m', '/??[3…'],
  [`/${'a'.repeat(5000)}`, '/aaaa…'],
])('shows of %s only %s', (url, shape) => {
  expect(pathShape(url)).toBe(shape);
});
