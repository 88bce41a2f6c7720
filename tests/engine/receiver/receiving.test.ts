// What a connection answers to valid calls, how many calls a minute it takes and how large they may be, over real sockets.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Receiving } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };
let connectionId: string;

beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());
beforeEach(async () => {
  source = await test.createSource();
  const { dataSource } = await test.call('dataSources.get', { id: source.id });
  connectionId = dataSource.connections[0]?.id ?? '';
});

const set = (receiving: Receiving) => test.call('connections.setReceiving', { id: connectionId, receiving });
const post = (body: string | Uint8Array, headers: Record<string, string> = {}, url = source.url) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as string,
  });
const newest = async () => {
  const { captures } = await test.call('captures.list', { dataSourceId: source.id, limit: 1 });
  return (await test.call('captures.get', { id: captures[0]?.id ?? '' })).capture;
};

const acknowledgement =
  '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><Ack>true</Ack></Body></Envelope>';

describe('an answer of its own', () => {
  it('is what a valid call gets, and is kept with the call', async () => {
    await set({
      answer: {
        status: 202,
        headers: [
          { name: 'content-type', value: 'text/xml; charset=utf-8' },
          { name: 'X-Taken', value: 'yes' },
        ],
        body: acknowledgement,
      },
    });
    const response = await post('<order id="1"/>', { 'content-type': 'text/xml' });
    expect(response.status).toBe(202);
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(response.headers.get('x-taken')).toBe('yes');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(acknowledgement);
    const capture = await newest();
    expect(capture).toMatchObject({ outcome: 'accepted', status: 202 });
    const { related } = await test.call('captures.related', { id: capture.id });
    const { answer } = related;
    expect(answer?.body).toBe(acknowledgement);
    expect(answer?.headers).toContainEqual(['X-Taken', 'yes']);
  });

  it('without a body by its status has no length and no type', async () => {
    await set({ answer: { status: 204, headers: [], body: '' } });
    const response = await post('{"id":1}');
    expect(response.status).toBe(204);
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('content-type')).toBeNull();
  });

  it('is what repeats get, too', async () => {
    const github = await test.createSource('github');
    const { dataSource } = await test.call('dataSources.get', { id: github.id });
    connectionId = dataSource.connections[0]?.id ?? '';
    await set({ answer: { status: 200, headers: [], body: 'OK' } });
    const delivery = { 'x-github-delivery': 'd-1', 'x-github-event': 'push' };
    const texts = [];
    for (let time = 0; time < 2; time += 1) {
      texts.push(await (await post('{"ref":"main"}', delivery, github.url)).text());
    }
    expect(texts).toEqual(['OK', 'OK']);
    const { captures } = await test.call('captures.list', { dataSourceId: github.id });
    expect(captures.map(({ outcome }) => outcome)).toEqual(['duplicate', 'accepted']);
  });

  it('is not given to what was refused', async () => {
    await set({ answer: { status: 200, headers: [], body: 'OK' } });
    const response = await post('{"id":');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { at: { line: 1 } } });
  });

  it('is what the probe expects', async () => {
    await set({ answer: { status: 201, headers: [], body: 'made' } });
    const { results } = await test.call('connections.probe', { id: connectionId });
    expect(results.find(({ name }) => name === 'Sample')).toMatchObject({ expected: '201', passed: true });
  });

  it.each<[string, unknown, string]>([
    ['a status that is no success', { status: 500, headers: [], body: '' }, '200 to 299'],
    ['a body where the status has none', { status: 204, headers: [], body: 'x' }, 'has no body'],
    [
      'a header of HTTP itself',
      { status: 200, headers: [{ name: 'Content-Length', value: '1' }], body: '' },
      'by itself',
    ],
    [
      'a line break in a header',
      { status: 200, headers: [{ name: 'X-A', value: 'a\r\nB: c' }], body: '' },
      'line breaks',
    ],
    [
      'a header twice',
      {
        status: 200,
        headers: [
          { name: 'X-A', value: '1' },
          { name: 'x-a', value: '2' },
        ],
        body: '',
      },
      'twice',
    ],
  ])('%s is refused and changes nothing', async (_what, answer, words) => {
    await expect(set({ answer } as Receiving)).rejects.toThrow(words);
    expect(await test.call('connections.receiving', { id: connectionId })).toMatchObject({ receiving: {} });
  });
});

describe('where facts of a call stand', () => {
  const typesOf = async () =>
    (await test.call('captures.list', { dataSourceId: source.id })).captures.map(
      ({ eventType }) => eventType,
    );

  it('gives calls their event type from then on, and those that are there already', async () => {
    await post('{"id":1,"meta":{"kind":"order.made"}}');
    await post('[{"id":2,"meta":{"kind":"order.paid"}}]');
    await post('{"id":3}');
    await set({ eventTypeAt: 'meta.kind' });
    await post('{"id":4,"meta":{"kind":"order.sent"}}');
    await expect.poll(typesOf).toEqual(['order.sent', undefined, 'order.paid', 'order.made']);
    await set({ eventTypeAt: '$headers["x-topic"]' });
    await post('{"id":5}', { 'X-Topic': 'shipping' });
    await expect.poll(typesOf).toEqual(['shipping', undefined, undefined, undefined, undefined]);
    await set({ eventTypeAt: 'meta.kind' });
    await expect.poll(typesOf).toEqual([undefined, 'order.sent', undefined, 'order.paid', 'order.made']);
  });

  it('lets the mapping differ by event type, and searches find it', async () => {
    await set({ eventTypeAt: 'kind' });
    await post('{"kind":"order","no":"A-1","title":"Tea"}');
    await post('{"kind":"customer","email":"ada@example.com","title":"Ada"}');
    await test.call('mapping.save', {
      dataSourceId: source.id,
      mapping: { id: 'no', title: 'title', byEvent: { customer: { id: 'email' } } },
    });
    const { items } = await test.call('items.list', { dataSourceId: source.id });
    expect(items.map(({ externalId }) => externalId).sort()).toEqual(['A-1', 'ada@example.com']);
    const found = async () =>
      (await test.call('captures.list', { dataSourceId: source.id, query: 'event:customer' })).captures
        .length;
    await expect.poll(found).toBe(1);
  });

  it('recognises a repeated delivery', async () => {
    await set({ deliveryIdAt: '$headers["x-delivery"]' });
    await post('{"id":1}', { 'x-delivery': 'd-1' });
    expect(await (await post('{"id":1}', { 'x-delivery': 'd-1' })).json()).toMatchObject({ duplicate: true });
    expect(await (await post('{"id":1}', { 'x-delivery': 'd-2' })).json()).not.toHaveProperty('duplicate');
  });

  it('is refused with the place where it is no path, and changes nothing', async () => {
    await expect(set({ eventTypeAt: 'meta[' })).rejects.toThrow(/character \d/);
    expect(await test.call('connections.receiving', { id: connectionId })).toMatchObject({
      receiving: {},
      brings: { eventType: false, deliveryId: false },
    });
  });

  it('is known of applications of the catalog', async () => {
    const github = await test.createSource('github');
    const { dataSource } = await test.call('dataSources.get', { id: github.id });
    expect(
      await test.call('connections.receiving', { id: dataSource.connections[0]?.id ?? '' }),
    ).toMatchObject({ brings: { eventType: true, deliveryId: true } });
  });
});

describe('the rate of a connection', () => {
  it('refuses what is beyond it with 429, stores nothing of it, counts it, and leaves others alone', async () => {
    await set({ callsPerMinute: 2 });
    const other = await test.createSource();
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await post(`{"id":${call}}`)).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    const refused = await post('{"id":9}');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(await refused.json()).toMatchObject({ error: { code: 'tooManyCalls' } });
    expect((await post('{"id":1}', {}, other.url)).status).toBe(200);
    const { captures } = await test.call('captures.list', { dataSourceId: source.id });
    expect(captures).toHaveLength(2);
    expect(await test.call('connections.receiving', { id: connectionId })).toMatchObject({
      refused: { calls: 3 },
    });
  });

  it('takes calls again at once when it is lifted', async () => {
    await set({ callsPerMinute: 1 });
    expect((await post('{"id":1}')).status).toBe(200);
    expect((await post('{"id":2}')).status).toBe(429);
    await set({});
    expect((await post('{"id":2}')).status).toBe(200);
  });
});

describe('the size limit of a connection', () => {
  it.each<[string, Uint8Array, Record<string, string>]>([
    ['as announced', Buffer.from(`{"text":"${'x'.repeat(3000)}"}`), {}],
    ['after decoding', gzipSync(`{"text":"${'x'.repeat(3000)}"}`), { 'content-encoding': 'gzip' }],
  ])('holds %s, and the answer names it', async (_what, body, headers) => {
    await set({ maxBodyBytes: 2048 });
    const response = await post(body, headers);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('2 KiB') } });
    expect(await newest()).toMatchObject({ outcome: 'rejected', status: 413 });
  });
});

it('a change stands in the audit log without texts, and outlives a restart', async () => {
  await set({ answer: { status: 200, headers: [], body: 'a text of mine' }, callsPerMinute: 60 });
  const { entries } = await test.call('audit.list', { dataSourceId: source.id });
  expect(entries[0]).toMatchObject({
    action: 'receivingChanged',
    changes: [
      { what: 'answer', from: 'the usual one', to: '200, 0 headers, body of 14 characters' },
      { what: 'calls a minute', from: 'no limit', to: '60' },
    ],
  });
  expect(JSON.stringify(entries)).not.toContain('a text of mine');
  const { dataDir } = test;
  await test.stop();
  test = await startTestEngine(dataDir);
  const { dataSource } = await test.call('dataSources.get', { id: source.id });
  source.url = dataSource.connections[0]?.localUrl ?? '';
  expect(await (await post('{"id":1}')).text()).toBe('a text of mine');
});
