// Replays through a real engine to a real second server.
import { describe, expect, it } from 'vitest';
import { startFailingServer } from '../../harness/failing-server.ts';
import { newest, post, prepareReplays, replay, server, test } from './replay-stage.ts';

prepareReplays();

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
