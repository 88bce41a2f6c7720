// Rules that pass calls on, through a real engine to a real second server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ForwardRuleDraft } from '#contract';
import { type FailingServer, startFailingServer } from '../../harness/failing-server.ts';
import { newDataDir, startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let server: FailingServer;
beforeAll(async () => {
  test = await startTestEngine(undefined, { undoMs: 60_000 });
});
afterAll(() => test.stop());
beforeEach(async () => {
  server = await startFailingServer();
});
afterEach(async () => {
  for (const { id } of (await test.call('forwards.list', {})).rules)
    await test.call('forwards.delete', { id });
  await server.stop();
});

const draftOf = (rule: Partial<ForwardRuleDraft>): ForwardRuleDraft => ({
  name: 'To my server',
  urls: [`${server.url}/local`],
  filter: { eventTypes: [], outcomes: [] },
  headers: { mode: 'kept', set: [], keepHost: false },
  includesReplays: false,
  ...rule,
});
const create = async (rule: Partial<ForwardRuleDraft>) =>
  (await test.call('forwards.create', { rule: draftOf(rule) })).rule;

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}
async function settled(ruleId: string, count: number) {
  const results = async () => (await test.call('forwards.results', { ruleId })).results;
  await expect
    .poll(async () => (await results()).filter(({ state }) => state !== 'waiting').length, { timeout: 8000 })
    .toBe(count);
  return await results();
}

it('passes a call on byte for byte, to each URL, with its headers and without those of the connection', async () => {
  const { id: dataSourceId, url } = await test.createSource();
  await post(url, '{"before":"the rule"}');
  const rule = await create({ dataSourceId, urls: [`${server.url}/a`, `${server.url}/b?own=1`] });
  const body = '{ "n": 12345678901234567890, "t": "Zoë" }';
  await post(`${url}?q=%201`, body, { 'X-Signature': 'kept' });
  await server.waitFor(2);
  expect(server.calls.map(({ target }) => target).sort()).toEqual(['/a?q=%201', '/b?own=1&q=%201']);
  for (const call of server.calls) {
    expect(call.text).toBe(body);
    expect(call.header('x-signature')).toBe('kept');
    expect(call.header('host')).toBe(`127.0.0.1:${server.port}`);
    expect(call.header('hookbench-hops')).toBeUndefined();
  }
  const results = await settled(rule.id, 2);
  expect(results.map(({ state, status, tries }) => [state, status, tries])).toEqual([
    ['delivered', 200, 1],
    ['delivered', 200, 1],
  ]);
  const { result } = await test.call('forwards.result', { id: results[0]?.id ?? 0 });
  expect(result.answer?.body.text).toBe('{"ok":true}');
  const [shown] = (await test.call('forwards.list', { dataSourceId })).rules;
  expect(shown).toMatchObject({ counts: { waiting: 0, delivered: 2, failed: 0 }, last: { status: 200 } });
});

it('chooses by outcome and event type, and replaces headers on purpose', async () => {
  const { id: dataSourceId, url } = await test.createSource('github');
  const rule = await create({
    dataSourceId,
    filter: { eventTypes: ['push'], outcomes: ['accepted'] },
    headers: { mode: 'replaced', set: [{ name: 'X-Local', value: 'dev' }], keepHost: true },
  });
  await post(url, '{"a":1}', { 'X-GitHub-Event': 'ping', 'X-GitHub-Delivery': 'one' });
  await post(url, '{"a":2}', { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'two' });
  await post(url, 'broken{', { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'three' });
  await settled(rule.id, 1);
  const [call, ...others] = server.calls;
  expect(others).toEqual([]);
  expect(call?.text).toBe('{"a":2}');
  expect(call?.header('x-local')).toBe('dev');
  expect(call?.header('content-type')).toBe('application/json');
  expect(call?.header('x-github-event')).toBeUndefined();
  expect(call?.header('host')).toBe(new URL(url).host);
});

it('tries again where it failed, and says why; gives up at once at 410', async () => {
  const { id: dataSourceId, url } = await test.createSource();
  server.next({ status: 500 }, { status: 200 }, { status: 410 });
  const rule = await create({ dataSourceId });
  await post(url, '{"a":1}');
  const [first] = await settled(rule.id, 1);
  expect(first).toMatchObject({ state: 'delivered', tries: 2 });
  expect((server.calls[1]?.at ?? 0) - (server.calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
  await post(url, '{"a":2}');
  const [second] = await settled(rule.id, 2);
  expect(second).toMatchObject({ state: 'failed', status: 410, tries: 1 });
  await test.call('forwards.retry', { id: second?.id ?? 0 });
  await expect
    .poll(async () => (await test.call('forwards.result', { id: second?.id ?? 0 })).result.state)
    .toBe('delivered');
});

it('waits for a server that is away, over a restart, and leaves out what came while it was off', async () => {
  const own = await startTestEngine();
  const { id: dataSourceId, url } = await own.createSource();
  const away = await startFailingServer();
  await away.stop();
  const { rule } = await own.call('forwards.create', {
    rule: draftOf({ dataSourceId, urls: [away.url], includesReplays: true }),
  });
  await post(url, '{"a":1}');
  const results = async (engine: TestEngine) =>
    (await engine.call('forwards.results', { ruleId: rule.id })).results;
  await expect.poll(async () => (await results(own))[0]?.tries).toBe(1);
  expect((await results(own))[0]).toMatchObject({ state: 'waiting' });
  expect((await results(own))[0]?.failure).toContain(String(away.port));
  await own.stop();

  const back = await startFailingServer({ port: away.port });
  const again = await startTestEngine(own.dataDir);
  await back.waitFor(1);
  await expect.poll(async () => (await results(again))[0]?.state).toBe('delivered');
  await again.call('forwards.switch', { id: rule.id, enabled: false });
  const { dataSource } = await again.call('dataSources.get', { id: dataSourceId });
  const address = dataSource.connections[0]?.localUrl ?? '';
  await post(address, '{"a":"while off"}');
  await again.call('forwards.switch', { id: rule.id, enabled: true });
  await post(address, '{"a":"on again"}');
  const calls = await back.waitFor(2);
  expect(calls.map(({ text }) => text)).toEqual(['{"a":1}', '{"a":"on again"}']);
  await again.stop();
  await back.stop();
});

it('stops a call that goes round in a circle, and leaves replays out unless asked', async () => {
  const { id: dataSourceId, url } = await test.createSource();
  const rule = await create({ dataSourceId, urls: [url] });
  await post(url, '{"round":0}');
  const results = await settled(rule.id, 3);
  expect(results.map(({ state }) => state)).toEqual(['failed', 'delivered', 'delivered']);
  expect(results[0]?.failure).toContain('circle');

  const other = await test.createSource();
  const plain = await create({ dataSourceId: other.id });
  await post(other.url, '{"a":1}');
  await settled(plain.id, 1);
  const { captures } = await test.call('captures.list', { dataSourceId: other.id });
  const { job } = await test.call('replays.start', {
    captures: { ids: [captures[0]?.id ?? ''] },
    target: { kind: 'receiver' },
  });
  await test.call('replays.wait', { id: job.id, timeoutMs: 10_000 });
  await post(other.url, '{"a":2}');
  await settled(plain.id, 2);
  expect(server.calls.map(({ text }) => text)).toEqual(['{"a":1}', '{"a":2}']);
});

it('refuses URLs and headers that it cannot keep, and brings a deleted rule back', async () => {
  await expect(create({ urls: ['localhost:1'] })).rejects.toThrow('forward.invalid');
  const set = [{ name: 'Authorization' }];
  await expect(create({ headers: { mode: 'kept', set, keepHost: false } })).rejects.toThrow(
    'Type the value of Authorization.',
  );
  const rule = await create({});
  await test.call('forwards.delete', { id: rule.id });
  expect((await test.call('forwards.list', {})).rules).toEqual([]);
  await test.call('forwards.restore', { id: rule.id });
  expect((await test.call('forwards.list', {})).rules.map(({ id }) => id)).toEqual([rule.id]);
});

it('replaces Authorization by a secret that is stored sealed, kept over an edit, and never given back', async () => {
  const secret = 'Bearer wonderful-secret-7731';
  const { id: dataSourceId, url } = await test.createSource();
  const set = [
    { name: 'Authorization', value: secret },
    { name: 'X-Key', value: 'another-secret-991', secret: true },
    { name: 'X-Plain', value: 'seen' },
  ];
  const rule = await create({ dataSourceId, headers: { mode: 'kept', set, keepHost: false } });
  const shown = [
    { name: 'Authorization', secret: true },
    { name: 'X-Key', secret: true },
    { name: 'X-Plain', value: 'seen' },
  ];
  expect(rule.headers.set).toEqual(shown);
  const echo = `you sent ${secret} and another-secret-991`;
  server.always({ status: 200, headers: { 'x-echo': secret }, body: echo });
  await post(url, '{"a":1}', { authorization: 'Bearer of-the-sender' });
  const [result] = await settled(rule.id, 1);
  expect(server.calls[0]?.header('authorization')).toBe(secret);
  expect(server.calls[0]?.header('x-key')).toBe('another-secret-991');
  const detail = await test.call('forwards.result', { id: result?.id ?? 0 });
  expect(JSON.stringify(detail)).toContain('you sent ********');
  expect(JSON.stringify([rule, detail])).not.toMatch(/wonderful-secret|another-secret/);

  await test.call('forwards.update', {
    id: rule.id,
    rule: draftOf({
      dataSourceId,
      name: 'Renamed',
      headers: { mode: 'replaced', set: shown, keepHost: false },
    }),
  });
  await post(url, '{"a":2}');
  await settled(rule.id, 2);
  expect(server.calls[1]?.header('authorization')).toBe(secret);
  const files = readdirSync(test.dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files) {
    expect(readFileSync(join(parentPath, name)).includes('wonderful-secret')).toBe(false);
  }
});

it('drops a rule with the caller that holds it, and at a start what nobody can hold any more', async () => {
  const dataDir = newDataDir();
  const first = await startTestEngine(dataDir);
  const make = async (name: string, held: boolean) =>
    (await first.call('forwards.create', { rule: draftOf({ name }), held })).rule.id;
  const [left, right] = [new AbortController(), new AbortController()];
  const id = await make('Held', true);
  await make('Never held', true);
  const stays = await make('Stays', false);
  const names = async (test: TestEngine) =>
    (await test.call('forwards.list', {})).rules.map(({ name }) => name).sort();
  const holding = [left, right].map(({ signal }) => first.engine.dispatch('forwards.hold', { id }, signal));
  left.abort();
  await holding[0];
  expect(await names(first)).toEqual(['Held', 'Never held', 'Stays']);
  right.abort();
  await holding[1];
  expect(await names(first)).toEqual(['Never held', 'Stays']);
  expect(await first.engine.dispatch('forwards.hold', { id: stays }, right.signal)).toMatchObject({
    problem: { code: 'forward.invalid' },
  });
  const deleted = await make('Deleted', true);
  const answer = first.engine.dispatch('forwards.hold', { id: deleted }, left.signal);
  await first.call('forwards.delete', { id: deleted });
  expect(await answer).toEqual({ output: {} });
  await first.stop();
  const second = await startTestEngine(dataDir);
  expect(await names(second)).toEqual(['Stays']);
  await second.stop();
});
