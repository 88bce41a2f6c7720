// The payload reader, inline and through real worker threads.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mapping, newReader, preparePayloadReaders, problemOf, source } from './payload-reader-stage.ts';

preparePayloadReaders();

// Each case runs inline and in a worker (nothing is small enough to be done inline there).
describe.each([
  ['inline', {}],
  ['in a worker', { maxInlineBytes: -1 }],
])('%s', (_name, options) => {
  it('checks', async () => {
    const reader = newReader(options);
    expect(await reader.check(source('{"id":1}'))).toEqual({
      ok: true,
      format: 'json',
      elements: 1,
      notes: [],
    });
    expect(await reader.check(source('[{},{}]'))).toMatchObject({ elements: 2 });
    expect(await reader.check(source('{"l":[{},{},{}]}'), { splitting: { split: '$.l[*]' } })).toMatchObject({
      elements: 3,
    });
    expect(
      await reader.check(source('{"l":[{},{},{}]}'), { splitting: { split: '$..l[?@.a]' } }),
    ).toMatchObject({
      elements: 0,
    });
    expect(await reader.check(source('{"l":1}'), { splitting: { split: 'l[' } })).toMatchObject({
      ok: true,
      elements: 1,
    });
    expect(await reader.check(source(''))).toMatchObject({ ok: true, format: 'empty', elements: 1 });
    expect(await reader.check(source('{"a":'))).toMatchObject({
      ok: false,
      format: 'json',
      status: 400,
      rejection: { code: 'malformedJson', at: { line: 1, column: 6 } },
    });
    expect(await reader.check(source('{}  ', { maxBytes: 3 }))).toMatchObject({ ok: false, status: 413 });
  });

  it('learns event type and delivery id in the same pass', async () => {
    const reader = newReader(options);
    const body = source('{"event":"push","delivery":{"id":12345678901234567890}}', {
      headers: [['X-Event', ' ping ']],
    });
    expect(
      await reader.check(body, {
        eventType: { header: 'x-event', path: 'event' },
        deliveryId: { path: '$.delivery.id' },
      }),
    ).toMatchObject({ eventType: 'ping', deliveryId: '12345678901234567890' });
    expect(
      await reader.check(body, {
        eventType: { header: 'x-other', path: 'event' },
        deliveryId: { path: 'delivery' },
      }),
    ).toEqual({ ok: true, format: 'json', elements: 1, notes: [], eventType: 'push' });
    expect(
      await reader.check(source('[{"e":"first"},{"e":"second"}]'), { eventType: { path: 'e' } }),
    ).toMatchObject({
      eventType: 'first',
    });
  });

  it('maps, with every digit', async () => {
    const reader = newReader(options);
    const fields = [{ name: '__proto__', path: 'n', type: 'number' as const }];
    const mapped = await reader.map(source('[{"id":12345678901234567890,"name":"A","n":1.10},{"id":{}}]'), {
      ...mapping,
      fields,
    });
    expect(mapped).toMatchObject([
      { externalId: '12345678901234567890', title: 'A', absent: [] },
      { titleAbsent: true, absent: ['__proto__'], problem: expect.stringContaining('an object') },
    ]);
    expect(JSON.stringify(mapped[0]?.fields)).toBe('{"__proto__":"1.10"}');
  });

  it('maps XML, headers and query', async () => {
    const reader = newReader(options);
    const xml = source('<o><i s="1">A</i></o>', {
      contentType: 'text/xml',
      headers: [['X-A', 'h']],
      query: 'q=1',
    });
    const all = {
      id: '@s',
      title: '$headers["x-a"]',
      split: 'o.i[*]',
      fields: [{ name: 'q', path: '$query["q"]', type: 'text' as const }],
    };
    expect(await reader.map(xml, all)).toMatchObject([{ externalId: '1', title: 'h', fields: { q: '1' } }]);
  });

  it('tells what cannot be mapped', async () => {
    const reader = newReader(options);
    expect(await problemOf(reader.map(source('{'), mapping))).toMatchObject({ code: 'payload.unreadable' });
    expect(await problemOf(reader.map(source('{}'), { id: 'a[', title: 't' }))).toMatchObject({
      code: 'mapping.invalid',
      path: 'id',
    });
    expect(await problemOf(reader.children(source('{}'), 'a', 0, 5))).toMatchObject({
      code: 'input.invalid',
      path: 'path',
    });
  });

  it('previews', async () => {
    const reader = newReader(options);
    expect(await reader.preview(source('{"id":1.10}'), { id: 'id', title: '' })).toMatchObject({
      itemCount: 1,
      rows: [
        { row: 'id', value: { text: '1.10', type: 'number' } },
        { row: 'title', problem: { code: 'empty' } },
      ],
    });
    expect(await reader.preview(undefined, { id: 'id', title: '' })).toMatchObject({
      items: [],
      itemCount: 0,
    });
  });

  it('shows bodies, those that cannot be read too', async () => {
    const reader = newReader(options);
    expect(await reader.view(source('{"a":1.10}'))).toEqual({
      raw: { text: '{"a":1.10}', cut: false },
      pretty: { text: '{\n  "a": 1.10\n}', cut: false },
      root: { key: '', path: '$', type: 'object', text: '{"a":1.10}', size: 1 },
    });
    expect((await reader.view(source('<a><b/></a>', { contentType: 'text/xml' }))).pretty.text).toBe(
      '<a>\n  <b/>\n</a>',
    );
    expect(await reader.view(source('{"a":'))).toEqual({
      raw: { text: '{"a":', cut: false },
      pretty: { text: '{"a":', cut: false },
    });
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3]);
    expect((await reader.view(source(png, { contentType: 'image/png' }))).raw.text).toBe(
      '00000000  89 50 4e 47 00 00 00 01 02 03                    .PNG......',
    );
    expect((await reader.view(source(gzipSync('{"a":1}'), { contentEncoding: 'gzip' }))).raw.text).toBe(
      '{"a":1}',
    );
    expect((await reader.view(source('not gzip', { contentEncoding: 'gzip' }))).raw.text).toBe('not gzip');
    expect(await reader.view(source(''))).toEqual({
      raw: { text: '', cut: false },
      pretty: { text: '', cut: false },
    });
    const long = await reader.view(source(`{"a":"${'x'.repeat(300_000)}"}`));
    expect(long.raw).toMatchObject({ cut: true });
    expect(long.pretty.text).toHaveLength(256 * 1024);
  });

  it('pages through the tree', async () => {
    const reader = newReader(options);
    const body = source('{"l":[{"a":1},{"a":2},{"a":3}]}', { key: 'cap_1' });
    expect(await reader.children(body, '$', 0, 10)).toMatchObject({
      total: 1,
      nodes: [{ path: 'l', size: 3 }],
    });
    expect(await reader.children(body, 'l', 1, 1)).toMatchObject({
      total: 3,
      nodes: [{ path: 'l[1]', key: '1' }],
    });
    expect(await reader.children(body, 'l[2]', 0, 9)).toMatchObject({
      nodes: [{ path: 'l[2].a', text: '3' }],
    });
  });

  it('never changes or detaches the body', async () => {
    const reader = newReader(options);
    const pool = new TextEncoder().encode('....{"id":1}....');
    const body = pool.subarray(4, 12);
    await reader.check(source(body));
    await reader.view(source(body, { key: 'cap_2' }));
    expect(new TextDecoder().decode(pool)).toBe('....{"id":1}....');
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    shared.set(body);
    expect(await reader.check(source(shared))).toMatchObject({ ok: true, elements: 1 });
  });
});
