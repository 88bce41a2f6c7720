// Replays through a real engine to its real receiver.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CallInput } from '#contract';
import { post, prepareReplays, replay, server, test } from './replay-stage.ts';

prepareReplays();

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
