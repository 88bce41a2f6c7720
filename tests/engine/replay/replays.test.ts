// Replays through a real engine, its real receiver and a real second server.
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput, ReplayAttempt, ReplayJob } from '#contract';
import { type FailingServer, startFailingServer } from '../../harness/failing-server.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let server: FailingServer;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());
beforeEach(async () => {
  server = await startFailingServer();
});
afterEach(() => server.stop());

async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<string> {
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  return await newest();
}
async function newest(): Promise<string> {
  const { captures } = await test.call('captures.list', { limit: 1 });
  return captures[0]?.id ?? '';
}
async function replay(
  input: CallInput<'replays.start'>,
): Promise<{ job: ReplayJob; attempts: ReplayAttempt[] }> {
  const { job } = await test.call('replays.start', input);
  const ended = await test.call('replays.wait', { id: job.id, timeoutMs: 20_000 });
  const { attempts } = await test.call('replays.attempts', { id: job.id, limit: 500 });
  return { job: ended.job, attempts };
}
const mapping = { id: 'id', title: 'name' };
async function indexed(dataSourceId: string, captureId: string): Promise<void> {
  await expect
    .poll(async () => (await test.call('captures.get', { id: captureId })).capture.indexState, {
      timeout: 5000,
    })
    .toBe('indexed');
  await test.call('items.list', { dataSourceId });
}

describe('into the mapping', () => {
  it('indexes the stored bytes again as a new capture that points at the old one', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const body = '{ "id": 12345678901234567890, "name": "Ada" }';
    const original = await post(url, body);
    await test.call('mapping.save', { dataSourceId, mapping });
    await expect
      .poll(async () => (await test.call('captures.get', { id: original })).capture.answeredInMs)
      .toBeDefined();
    const before = (await test.call('captures.get', { id: original })).capture;
    const { job, attempts } = await replay({ captures: { ids: [original] }, target: { kind: 'mapping' } });
    expect(job).toMatchObject({ state: 'done', total: 1, done: 1, failed: 0 });
    const made = attempts[0]?.newCaptureId ?? '';
    const { capture } = await test.call('captures.get', { id: made });
    expect(capture).toMatchObject({ replayOf: original, origin: 'replay', runsModules: false });
    const { base64 } = await test.call('captures.body', { id: made });
    expect(Buffer.from(base64, 'base64').toString()).toBe(body);
    await indexed(dataSourceId, made);
    const { items } = await test.call('items.list', { dataSourceId });
    expect(items).toMatchObject([{ externalId: '12345678901234567890', title: 'Ada' }]);
    // History is as it was.
    expect((await test.call('captures.get', { id: original })).capture).toEqual(before);
  });

  it('takes an edited body, and says why a broken one makes nothing', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const original = await post(url, '{"id":1,"name":"Ada"}');
    await test.call('mapping.save', { dataSourceId, mapping });
    const edited = await replay({
      captures: { ids: [original] },
      target: { kind: 'mapping' },
      edit: { body: { text: '{"id":2,"name":"Grace"}' } },
      options: { runsModules: true },
    });
    const made = edited.attempts[0]?.newCaptureId ?? '';
    await indexed(dataSourceId, made);
    expect((await test.call('captures.get', { id: made })).capture.runsModules).toBe(true);
    const { items } = await test.call('items.list', { dataSourceId });
    expect(items.map((item) => item.title).sort()).toEqual(['Ada', 'Grace']);

    const broken = await replay({
      captures: { ids: [original] },
      target: { kind: 'mapping' },
      edit: { body: { text: '{"id":' } },
    });
    expect(broken.job.failed).toBe(1);
    expect(broken.attempts[0]).toMatchObject({ state: 'failed' });
    expect(broken.attempts[0]?.failure).toContain('There is nothing to map');
    expect(broken.attempts[0]?.newCaptureId).toBeUndefined();
  });
});

describe('to the receiver', () => {
  it('takes the whole path, byte for byte, without a trace of the mark', async () => {
    const { url } = await test.createSource();
    const body = '{"id":1,\n "name":"Zoë"}';
    const original = await post(`${url}/extra?a=1&b=%20x`, body, { 'X-Trace': 'kept' });
    const { attempts } = await replay({ captures: { ids: [original] }, target: { kind: 'receiver' } });
    expect(attempts[0]).toMatchObject({ state: 'answered', status: 200, signed: false, differences: [] });
    const before = (await test.call('captures.get', { id: original })).capture;
    const { capture } = await test.call('captures.get', { id: attempts[0]?.newCaptureId ?? '' });
    expect(capture).toMatchObject({
      replayOf: original,
      origin: 'replay',
      runsModules: false,
      outcome: 'accepted',
      path: before.path,
      query: before.query,
      method: 'POST',
    });
    const names = (headers: [string, string][]) => headers.map(([name]) => name.toLowerCase());
    expect(names(capture.headers)).not.toContain('x-hookbench-own');
    expect(capture.headers).toContainEqual(['X-Trace', 'kept']);
    const { base64 } = await test.call('captures.body', { id: capture.id });
    expect(Buffer.from(base64, 'base64').toString()).toBe(body);
    const { attempt } = await test.call('replays.attempt', {
      id: attempts[0]?.jobId ?? '',
      number: 1,
    });
    expect(attempt.answer?.body.text).toContain(capture.id);
  });

  it('signs again with the secret that is set; as received it is refused when the time has gone', async () => {
    const { id: dataSourceId, url } = await test.createSource('stripe');
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    const connection = dataSource.connections[0]?.id ?? '';
    const secret = 'whsec_test_secret_of_the_replay';
    await test.call('connections.setSecret', { id: connection, secret });
    const body = '{"id":"evt_1001","type":"invoice.paid","data":{"object":{"id":"in_1"}}}';
    const old = Math.floor(Date.now() / 1000) - 3600;
    const signature = createHmac('sha256', secret).update(`${old}.${body}`).digest('hex');
    const original = await post(url, body, { 'Stripe-Signature': `t=${old},v1=${signature}` });
    expect((await test.call('captures.get', { id: original })).capture.outcome).toBe('rejected');

    const asReceived = await replay({ captures: { ids: [original] }, target: { kind: 'receiver' } });
    expect(asReceived.attempts[0]).toMatchObject({ status: 401, differences: [] });
    expect(asReceived.job.failed).toBe(1);

    const again = await replay({
      captures: { ids: [original] },
      target: { kind: 'receiver' },
      options: { signing: 'again', deliveryIds: 'same' },
    });
    expect(again.attempts[0]).toMatchObject({
      status: 200,
      signed: true,
      differences: [
        { what: 'status', before: '401', now: '200' },
        { what: 'outcome', before: 'rejected', now: 'accepted' },
        { what: 'body' },
      ],
    });
    const { capture } = await test.call('captures.get', { id: again.attempts[0]?.newCaptureId ?? '' });
    expect(capture.verification?.result).toBe('valid');
    expect(capture.headers.filter(([name]) => name.toLowerCase() === 'stripe-signature')).toHaveLength(1);

    // The same delivery again is a duplicate; a fresh one is not.
    const twice = await replay({
      captures: { ids: [capture.id] },
      target: { kind: 'receiver' },
      options: { signing: 'again', deliveryIds: 'same', repeat: 2 },
    });
    expect(twice.attempts.map(({ differences }) => differences)).toEqual([
      [{ what: 'outcome', before: 'accepted', now: 'duplicate' }, { what: 'body' }],
      [{ what: 'outcome', before: 'accepted', now: 'duplicate' }, { what: 'body' }],
    ]);
    const fresh = await replay({
      captures: { ids: [capture.id] },
      target: { kind: 'receiver' },
      options: { signing: 'again', deliveryIds: 'fresh', repeat: 3 },
    });
    expect(fresh.attempts.map(({ status, differences }) => [status, differences])).toEqual([
      [200, []],
      [200, []],
      [200, []],
    ]);
  });

  it('goes in the order that was asked for, by filter, and leaves out what does not fit', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    for (const id of [1, 2, 3]) await post(url, `{"id":${id}}`);
    await fetch(url, { method: 'POST', body: 'broken{', headers: { 'content-type': 'application/json' } });
    const filter = { dataSourceId, outcome: 'accepted' as const };
    expect(await test.call('replays.count', { captures: { filter } })).toEqual({ count: 3 });
    const { attempts } = await replay({
      captures: { filter },
      target: { kind: 'receiver' },
      options: { order: 'reversed', repeat: 2 },
    });
    const bodies = await Promise.all(
      attempts.map(async ({ newCaptureId }) => {
        const { base64 } = await test.call('captures.body', { id: newCaptureId ?? '' });
        return Buffer.from(base64, 'base64').toString();
      }),
    );
    expect(bodies).toEqual([3, 2, 1, 3, 2, 1].map((id) => `{"id":${id}}`));
    expect(attempts.map(({ round }) => round)).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('takes all that a search finds, the count first; one that does not parse says where', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    for (const who of ['ada', 'grace', 'ada', 'hopper']) await post(url, `{"id":1,"who":"${who}"}`);
    await post(url, '{');
    const all = (await test.call('captures.list', { dataSourceId })).captures.map(({ id }) => id).reverse();
    const captures = { filter: { dataSourceId, query: 'status:accepted $.who=ada' } };
    expect(await test.call('replays.count', { captures })).toEqual({ count: 2 });
    const target = { kind: 'url' as const, url: server.url };
    const { attempts } = await replay({ captures, target, options: { order: 'reversed' } });
    expect(attempts.map(({ captureId }) => captureId)).toEqual([all[2], all[0]]);
    const narrowed = { filter: { ...captures.filter, outcome: 'rejected' as const } };
    expect(await test.call('replays.count', { captures: narrowed })).toEqual({ count: 0 });
    const byTime = { filter: { dataSourceId, query: 'ada', to: '2020-01-01T00:00:00Z' } };
    expect(await test.call('replays.count', { captures: byTime })).toEqual({ count: 0 });
    await expect(
      test.call('replays.start', { captures: { filter: { query: 'status:"' } }, target }),
    ).rejects.toThrow('query.invalid: The quote is not closed.');
  });

  it('makes one edit in many calls: headers and values, every other digit as received', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const bodies = [
      '{"id":12345678901234567890,"data":{"email":"a@b.c","n":1.10},"items":[{"sku":"x"}]}',
      '{"id":2,"data":{}}',
      '{"id":3}',
    ];
    for (const body of bodies) await post(url, body, { 'x-old': 'gone', 'x-env': 'production' });
    await post(url, '<a/>', { 'content-type': 'application/xml' });
    const { job, attempts } = await replay({
      captures: { filter: { dataSourceId } },
      target: { kind: 'url', url: server.url },
      changes: {
        headers: [{ name: 'X-Env', value: 'test' }, { name: 'x-old' }],
        values: [
          { path: 'data.email', value: 'ada@example.com' },
          { path: '$.data.total', value: '98765432109876543210' },
          { path: 'items[0].sku' },
        ],
      },
    });
    expect(job).toMatchObject({ total: 4, done: 4, failed: 2, title: '4 calls, edited' });
    expect(attempts.map(({ state, failure }) => [state, failure])).toEqual([
      ['answered', undefined],
      ['answered', undefined],
      ['skipped', 'data.email cannot be set: the place above it is not there.'],
      ['skipped', 'The body is no JSON, so no value in it can be set.'],
    ]);
    expect(server.calls.map(({ text }) => text)).toEqual([
      '{"id":12345678901234567890,"data":{"email":"ada@example.com","n":1.10,"total":98765432109876543210},"items":[{}]}',
      '{"id":2,"data":{"email":"ada@example.com","total":98765432109876543210}}',
    ]);
    expect(server.calls[0]?.header('x-env')).toBe('test');
    expect(server.calls[0]?.header('x-old')).toBeUndefined();
    const wrong = { values: [{ path: 'items[*].sku', value: '1' }] };
    await expect(
      test.call('replays.start', {
        captures: { filter: { dataSourceId } },
        target: { kind: 'mapping' },
        changes: wrong,
      }),
    ).rejects.toThrow('It must name one place');
  });

  it('says the character set of a changed body as it is sent, not as it was received', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const contentType = 'application/json; charset=iso-8859-1; profile="a"';
    await post(url, Buffer.from('{"name":"Zo\xeb"}', 'latin1'), { 'content-type': contentType });
    const again = async (changes: CallInput<'replays.start'>['changes']) => {
      await replay({
        captures: { filter: { dataSourceId } },
        target: { kind: 'url', url: server.url },
        changes,
      });
      const call = server.calls.at(-1);
      return [call?.header('content-type'), call?.body.toString('latin1')];
    };
    expect(await again({ headers: [{ name: 'x-env', value: 'test' }] })).toEqual([
      contentType,
      '{"name":"Zo\xeb"}',
    ]);
    expect(await again({ values: [{ path: 'n', value: '1' }] })).toEqual([
      'application/json; charset=utf-8; profile="a"',
      '{"name":"Zo\xc3\xab","n":1}',
    ]);
  });

  it('does not take the mark of anybody else for its own', async () => {
    const { url } = await test.createSource();
    const id = await post(url, '{"id":1}', { 'X-Hookbench-Own': 'guessed' });
    const { capture } = await test.call('captures.get', { id });
    expect(capture).toMatchObject({ origin: 'call', runsModules: true });
    expect(capture.headers).toContainEqual(['X-Hookbench-Own', 'guessed']);
  });
});

describe('to any URL', () => {
  it('arrives byte for byte, with its headers, under the host of the URL', async () => {
    const { url } = await test.createSource();
    const body = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0xab, 0x22, 0x7d]);
    await fetch(`${url}?x=%7B1%7D`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'X-Order': 'a' },
      body,
    });
    const original = await newest();
    server.next({ status: 201, headers: { 'x-answer': 'yes' }, body: 'made' });
    const { attempts } = await replay({
      captures: { ids: [original] },
      target: { kind: 'url', url: `${server.url}/hook` },
    });
    expect(attempts[0]).toMatchObject({
      state: 'answered',
      status: 201,
      // Content-Type, X-Content-Type-Options and Cache-Control are gone, X-Answer is new.
      differences: [
        { what: 'status', before: '200', now: '201' },
        { what: 'headers', count: 4 },
        { what: 'body' },
      ],
    });
    const [call] = server.calls;
    expect(call?.body.equals(body)).toBe(true);
    expect(call?.target).toBe('/hook?x=%7B1%7D');
    expect(call?.header('host')).toBe(`127.0.0.1:${server.port}`);
    expect(call?.headers).toContainEqual(['X-Order', 'a']);
    expect(call?.header('x-hookbench-own')).toBeUndefined();
    const { attempt } = await test.call('replays.attempt', { id: attempts[0]?.jobId ?? '', number: 1 });
    expect(attempt.answer?.body).toEqual({ text: 'made', size: 4, cut: false });
    expect(attempt.answer?.headers).toContainEqual(['x-answer', 'yes']);
  });

  it('says in what each answer differs from the original one and from another one, whole and in short', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    const secret = 'a-secret-that-is-repeated';
    // Set after the call, so that it was not refused.
    const original = await post(url, '{"id":1}');
    const connection = { id: dataSource.connections[0]?.id ?? '' };
    const scheme = { kind: 'token' as const, header: 'x-token' };
    await test.call('connections.setVerification', { ...connection, scheme });
    await test.call('connections.setSecret', { ...connection, secret });
    const fixed = {
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-request-id': 'differs always',
    };
    server.next(
      // The same values in another order; the id is the one of the call that was sent.
      { status: 200, headers: fixed, body: `{"items":1, "id":"${original}", "ok":true}` },
      {
        status: 200,
        headers: { ...fixed, 'x-new': 'yes' },
        body: `{"ok":true,"items":2,"told":"${secret}"}`,
      },
      { status: 200, headers: fixed, body: 'x'.repeat(70_000) },
      'reset',
    );
    const { job, attempts } = await replay({
      captures: { ids: [original] },
      target: { kind: 'url', url: server.url },
      options: { repeat: 4 },
    });
    expect(attempts.map(({ differences }) => differences)).toEqual([
      [],
      [{ what: 'headers', count: 1 }, { what: 'body' }],
      [{ what: 'body' }],
      [],
    ]);
    expect(job).toMatchObject({ different: 2, failed: 1 });
    const only = async (choice: 'different' | 'otherStatus') =>
      (await test.call('replays.attempts', { id: job.id, only: choice })).attempts.map(
        ({ number }) => number,
      );
    expect(await only('different')).toEqual([2, 3]);
    expect(await only('otherStatus')).toEqual([]);

    const compare = (number: number, beside?: number) =>
      test.call('replays.compare', { id: job.id, number, ...(beside !== undefined && { beside }) });
    expect((await compare(1)).comparison).toMatchObject({ differences: 0, headerDifferences: 0 });
    const second = await compare(2);
    expect(second.leftOut).toContain('date');
    expect(second.comparison?.headers).toContainEqual({ kind: 'added', name: 'x-new', right: 'yes' });
    expect(second.comparison?.rows.filter(({ kind }) => kind !== 'same')).toMatchObject([
      { kind: 'removed', path: 'id', left: `"${original}"` },
      { kind: 'changed', path: 'items', left: '1', right: '2' },
      { kind: 'added', path: 'told', right: '"********"' },
    ]);
    expect(await compare(3)).toMatchObject({ isPart: true, comparison: { differences: 1 } });
    expect((await compare(2, 1)).comparison?.rows).toContainEqual(
      expect.objectContaining({ kind: 'added', path: 'told' }),
    );
    // The second one as seen from the first one: what was added is taken away.
    expect((await compare(1, 2)).comparison?.rows).toContainEqual(
      expect.objectContaining({ kind: 'removed', path: 'told' }),
    );
    expect((await compare(4)).comparison).toBeUndefined();
    await expect(compare(5)).rejects.toThrow('replay.missing');
    const { attempt } = await test.call('replays.attempt', { id: job.id, number: 2 });
    expect(attempt.answer?.body.text).toBe('{"ok":true,"items":2,"told":"********"}');
    expect(attempt.answer?.body.cut).toBe(false);
  });

  it('keeps header bytes beyond ASCII, and the Host where that was asked for', async () => {
    const { url } = await test.createSource();
    const original = await post(url, '{"id":1}', { 'X-Name': 'Zo\u00c3\u00ab' });
    await replay({
      captures: { ids: [original] },
      target: { kind: 'url', url: server.url, keepHost: true },
    });
    expect(server.calls[0]?.header('x-name')).toBe('Zo\u00c3\u00ab');
    expect(server.calls[0]?.header('host')).toBe(new URL(url).host);
  });

  it('sends the edit: method, query, headers, body', async () => {
    const { url } = await test.createSource();
    const original = await post(url, '{"id":1}', { 'X-Old': '1', 'X-Gone': '2' });
    const { draft } = await test.call('replays.draft', { captureId: original });
    expect(draft).toMatchObject({ method: 'POST', bodyText: '{"id":1}', language: 'json', canSign: false });
    const headers = draft.headers.flatMap(({ name }, received) =>
      name.toLowerCase() === 'x-gone' ? [] : [{ name, received }],
    );
    await replay({
      captures: { ids: [original] },
      target: { kind: 'url', url: server.url },
      edit: {
        method: 'PUT',
        query: 'changed=1',
        headers: [...headers, { name: 'X-New', value: 'n' }],
        body: { text: '{"id":9}' },
      },
    });
    const [call] = server.calls;
    expect(call).toMatchObject({ method: 'PUT', target: '/?changed=1', text: '{"id":9}' });
    expect(call?.header('x-old')).toBe('1');
    expect(call?.header('x-gone')).toBeUndefined();
    expect(call?.header('x-new')).toBe('n');
    expect(call?.header('content-length')).toBe('8');
  });

  it('says for each row why no answer came', async () => {
    const { url } = await test.createSource();
    const ids = [await post(url, '{"id":1}'), await post(url, '{"id":2}')];
    const dead = await startFailingServer();
    await dead.stop();
    const { job, attempts } = await replay({
      captures: { ids },
      target: { kind: 'url', url: dead.url },
    });
    expect(job).toMatchObject({ state: 'done', total: 2, done: 2, failed: 2 });
    for (const attempt of attempts) {
      expect(attempt.state).toBe('failed');
      expect(attempt.failure).toContain(`127.0.0.1:${dead.port}`);
    }
    server.next('reset', 'half');
    const broken = await replay({ captures: { ids }, target: { kind: 'url', url: server.url } });
    expect(broken.attempts.map(({ state }) => state)).toEqual(['failed', 'failed']);
    for (const { failure } of broken.attempts) expect(failure).toBeTruthy();
  });

  it('never calls link-local and metadata addresses', async () => {
    const { url } = await test.createSource();
    const original = await post(url, '{"id":1}');
    const { attempts } = await replay({
      captures: { ids: [original] },
      target: { kind: 'url', url: 'http://169.254.169.254/latest' },
    });
    expect(attempts[0]).toMatchObject({ state: 'failed' });
    expect(attempts[0]?.failure).toContain('never calls');
  });

  it.each(['localhost:3000', 'ftp://127.0.0.1/', 'http://user:pw@127.0.0.1/', 'nothing'])(
    'refuses %s before anything is sent',
    async (bad) => {
      const { url } = await test.createSource();
      const original = await post(url, '{"id":1}');
      await expect(
        test.call('replays.start', { captures: { ids: [original] }, target: { kind: 'url', url: bad } }),
      ).rejects.toThrow('replay.invalid');
    },
  );

  it('sends a burst at once, and a stop ends what hangs', async () => {
    const { url } = await test.createSource();
    const original = await post(url, '{"id":1}');
    server.always('hang');
    const { job } = await test.call('replays.start', {
      captures: { ids: [original] },
      target: { kind: 'url', url: server.url },
      options: { repeat: 12, burst: true },
    });
    await server.waitFor(12);
    expect(server.mostAtOnce()).toBe(12);
    const stopped = await test.call('replays.stop', { id: job.id });
    expect(stopped.job).toMatchObject({ state: 'stopped', total: 12, done: 12, failed: 12 });
    const { attempts } = await test.call('replays.attempts', { id: job.id });
    expect(new Set(attempts.map(({ state }) => state))).toEqual(new Set(['unknown']));
  });

  it('keeps to the rate', async () => {
    const { url } = await test.createSource();
    const original = await post(url, '{"id":1}');
    await replay({
      captures: { ids: [original] },
      target: { kind: 'url', url: server.url },
      options: { repeat: 6, ratePerSecond: 20 },
    });
    const first = server.calls[0]?.at ?? 0;
    const last = server.calls.at(-1)?.at ?? 0;
    // Five gaps of 50 ms; timers are never early by more than a millisecond.
    expect(last - first).toBeGreaterThanOrEqual(230);
  });
});

describe('jobs', () => {
  it('are still there after a restart; one that ran is stopped and says so', async () => {
    const own = await startTestEngine();
    const { url } = await own.createSource();
    await fetch(url, { method: 'POST', body: '{"id":1}', headers: { 'content-type': 'application/json' } });
    const { captures } = await own.call('captures.list', { limit: 1 });
    server.next({ status: 200 }, { status: 500 });
    server.always('hang');
    const { job } = await own.call('replays.start', {
      captures: { ids: [captures[0]?.id ?? ''] },
      target: { kind: 'url', url: server.url },
      options: { repeat: 10 },
    });
    await server.waitFor(3);
    await own.stop();
    const again = await startTestEngine(own.dataDir);
    const after = (await again.call('replays.get', { id: job.id })).job;
    expect(after).toMatchObject({ state: 'stopped', total: 10, done: 3, failed: 2 });
    expect(after.note).toBe('Hookbench ended while this ran. 7 of 10 were not sent.');
    const { attempts } = await again.call('replays.attempts', { id: job.id });
    expect(attempts.map(({ state, status }) => [state, status])).toEqual([
      ['answered', 200],
      ['answered', 500],
      ['unknown', undefined],
    ]);
    const { attempts: failed } = await again.call('replays.attempts', { id: job.id, only: 'failed' });
    expect(failed.map(({ number }) => number)).toEqual([2, 3]);
    const { jobs } = await again.call('replays.list', {});
    expect(jobs.map(({ id }) => id)).toEqual([job.id]);
    await again.call('replays.remove', { id: job.id });
    await expect(again.call('replays.get', { id: job.id })).rejects.toThrow('replay.missing');
    await again.stop();
  });

  it('skip a call that was deleted meanwhile, and go with their data source', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const original = await post(url, '{"id":1}');
    const { attempts } = await replay({
      captures: { ids: [original, 'cap_gone'] },
      target: { kind: 'receiver' },
    });
    expect(attempts.map(({ state }) => state)).toEqual(['answered', 'skipped']);
    expect(attempts[1]?.failure).toContain('deleted');
    await expect(
      test.call('replays.start', { captures: { ids: ['cap_gone'] }, target: { kind: 'receiver' } }),
    ).rejects.toThrow('capture.missing');
    await test.call('dataSources.delete', { id: dataSourceId });
    const dead = await replay({ captures: { ids: [original] }, target: { kind: 'receiver' } });
    expect(dead.attempts[0]).toMatchObject({ state: 'failed' });
    expect(dead.attempts[0]?.failure).toContain('data source');
  });
});
