// The payload reader: inline and through real worker threads; limits, aborts, order, and that the loop stays free.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '#contract';
import {
  createPayloadReader,
  type PayloadReader,
  type PayloadReaderOptions,
  type PayloadSource,
} from '../../../main/engine/payloads/payload-reader.ts';
import { longestTurnMs } from '../../harness/longest-turn.ts';

const readers: PayloadReader[] = [];
function newReader(options?: PayloadReaderOptions): PayloadReader {
  const reader = createPayloadReader(options);
  readers.push(reader);
  return reader;
}
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.stop()));
});

function source(body: string | Uint8Array, more: Partial<PayloadSource> = {}): PayloadSource {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { key: '', body: bytes, contentType: 'application/json', headers: [], query: '', ...more };
}
async function problemOf(promise: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('did not fail');
}
const mapping = { id: 'id', title: 'name' };

/** A JSON list of about `megabytes`, of flat objects with digits that a double would lose. */
function largeJson(megabytes: number): Uint8Array {
  const pad = 'x'.repeat(500);
  const rows: string[] = [];
  for (let i = 0, size = 0; size < megabytes * 1024 * 1024; i++) {
    const row = `{"id":1234567890123456${1000 + (i % 9000)}${i},"price":1.10,"name":"Item ${i}","note":"${pad}"}`;
    rows.push(row);
    size += row.length + 1;
  }
  return new TextEncoder().encode(`[${rows.join(',')}]`);
}

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

describe('limits', () => {
  it('a task over its time is refused as too slow, and the next one is done', async () => {
    const reader = newReader({ timeLimitMs: 300 });
    // A regular expression that backtracks without end, in a filter that a user could save.
    const evil = source(`{"l":[{"t":"${'a'.repeat(40)}!"}]}`);
    const splitPath = '$.l[?match(@.t, "(a+)+b")]';
    const [slow, next] = await Promise.all([
      reader.check(evil, { splitting: { split: splitPath } }),
      reader.check(source('{"a":1}'), { splitting: { split: '$..a' } }),
    ]);
    expect(slow).toMatchObject({ ok: false, format: 'json', status: 422, rejection: { code: 'tooSlow' } });
    expect(next).toMatchObject({ ok: true, elements: 1 });
    expect(await problemOf(reader.map(evil, { ...mapping, split: splitPath }))).toMatchObject({
      code: 'payload.unreadable',
    });
  });

  it('a task over its memory is refused, and the next one is done', async () => {
    const reader = newReader({ maxMemoryMb: 24, maxInlineBytes: -1 });
    const wide = source(`<a>${'<b c="text"/>'.repeat(99_000)}</a>`, { contentType: 'text/xml' });
    expect(await reader.check(wide)).toMatchObject({
      ok: false,
      status: 422,
      rejection: { code: 'tooMuchMemory' },
    });
    expect(await reader.check(source('{"a":1}'))).toMatchObject({ ok: true });
  });

  it('bodies that would need much memory are refused by their counts, before they are built', async () => {
    const reader = newReader();
    for (const [body, code] of [
      [`{"l":[${'[],'.repeat(2_000_001)}0]}`, 'tooManyValues'],
      [`{"l":[${'1.0,'.repeat(2_000_001)}0]}`, 'tooManyValues'],
      [`[${'{},'.repeat(200_000)}{}]`, 'tooManyElements'],
    ] as const) {
      expect(await reader.check(source(body))).toMatchObject({ ok: false, status: 422, rejection: { code } });
    }
    const many = source(`{"l":[${'1,'.repeat(2_000_000)}0]}`);
    expect(await reader.check(many, { splitting: { split: 'l[*]' } })).toMatchObject({
      ok: true,
      elements: 1,
    });
    const problem = await problemOf(
      reader
        .map(source('[{"a":[{"b":1}]}]'), { ...mapping, split: `$${'[0,0,0,0,0,0,0,0]'.repeat(9)}` })
        .then(() => reader.map(many, { ...mapping, split: 'l[*]' })),
    );
    expect(problem).toMatchObject({
      code: 'payload.unreadable',
      message: expect.stringContaining('selects more than'),
    });
  });

  it('a decompression bomb is a 413', async () => {
    const reader = newReader();
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    for (const [contentEncoding, pack] of [
      ['gzip', (bytes: Uint8Array) => gzipSync(bytes, { level: 1 })],
      ['br', (bytes: Uint8Array) => brotliCompressSync(bytes, quick)],
    ] as const) {
      const bomb = source(pack(new Uint8Array(200 * 1024 * 1024)), { contentEncoding });
      expect(await reader.check(bomb)).toMatchObject({
        ok: false,
        status: 413,
        rejection: { code: 'tooLarge' },
      });
    }
  });
});

describe('under load', () => {
  // A busy machine may be slow once; what is slow three times is slow.
  it('keeps the loop free while 25 MB are checked and mapped', { retry: 2 }, async () => {
    const reader = newReader();
    const large = source(largeJson(24.5));
    await reader.check(source('{}', { contentEncoding: 'gzip', body: gzipSync('{}') }));
    let checked: Awaited<ReturnType<typeof reader.check>> | undefined;
    let mapped: Awaited<ReturnType<typeof reader.map>> = [];
    const longest = await longestTurnMs(async () => {
      checked = await reader.check(large);
      mapped = await reader.map(large, {
        ...mapping,
        fields: [
          { name: 'note', path: 'note', type: 'text' },
          { name: 'price', path: 'price', type: 'number' },
        ],
      });
    });
    expect(checked).toMatchObject({ ok: true, elements: mapped.length });
    expect(mapped.length).toBeGreaterThan(40_000);
    expect(mapped.at(-1)?.fields['price']).toBe('1.10');
    expect(longest).toBeLessThan(50);
  });

  it('a small check does not wait for a long mapping', async () => {
    const reader = newReader({ maxInlineBytes: 0 });
    await reader.check(source('{"warm":1}'));
    const done: string[] = [];
    const long = reader.map(source(largeJson(10)), mapping).then(() => done.push('map'));
    const small = reader.check(source('{"a":1}')).then(() => done.push('check'));
    await Promise.all([long, small]);
    expect(done).toEqual(['check', 'map']);
  });

  it('a view overtakes mappings that are queued', async () => {
    const reader = newReader({ maxInlineBytes: 0 });
    const done: string[] = [];
    const maps = ['1', '2', '3', '4'].map((name) =>
      reader.map(source('{"id":1}'), mapping).then(() => done.push(name)),
    );
    const view = reader.view(source('{"id":1}')).then(() => done.push('view'));
    await Promise.all([...maps, view]);
    expect(done).toEqual(['1', 'view', '2', '3', '4']);
  });

  it('a hundred at once are all answered rightly', async () => {
    const reader = newReader({ maxInlineBytes: 0 });
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        reader.map(source(`{"id":${i}}`, { key: `cap_${i % 7}_${i}` }), mapping),
      ),
    );
    expect(results.map(([element]) => element?.externalId)).toEqual(
      Array.from({ length: 100 }, (_, i) => String(i)),
    );
  });
});

describe('abort and stop', () => {
  it('an aborted task rejects with the reason, running or queued, and others go on', async () => {
    const reader = newReader({ maxInlineBytes: 0 });
    const controllers = [new AbortController(), new AbortController()] as const;
    const running = reader.map(source(largeJson(5)), mapping, controllers[0].signal);
    const queued = reader.map(source('{"id":1}'), mapping, controllers[1].signal);
    const other = reader.map(source('{"id":2}'), mapping);
    controllers[0].abort(new Error('left'));
    controllers[1].abort(new Error('left too'));
    await expect(running).rejects.toThrow('left');
    await expect(queued).rejects.toThrow('left too');
    expect(await other).toMatchObject([{ externalId: '2' }]);
    await expect(
      reader.map(source('{"id":1}'), mapping, AbortSignal.abort(new Error('before'))),
    ).rejects.toThrow('before');
  });

  it('stop ends what is under way and refuses what comes', async () => {
    const reader = newReader({ maxInlineBytes: 0 });
    const running = problemOf(reader.map(source(largeJson(5)), mapping));
    const queued = problemOf(reader.view(source('{}')));
    await reader.stop();
    for (const problem of [await running, await queued, await problemOf(reader.check(source('{}')))]) {
      expect(problem).toMatchObject({ code: 'engine.stopping', retry: true });
    }
  });

  it('a worker that cannot start is an error, not a hang', async () => {
    const reader = newReader({
      maxInlineBytes: 0,
      workerUrl: new URL('./no-such-worker.ts', import.meta.url),
    });
    await expect(reader.check(source('{}'))).rejects.toThrow(/no-such-worker/);
  });

  it('an idle worker is ended, and a new one started when there is work', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const reader = newReader({ maxInlineBytes: 0 });
      const body = source('{"l":[1]}', { key: 'cap_9' });
      for (let i = 0; i < 3; i++) {
        expect(await reader.children(body, 'l', 0, 1)).toMatchObject({ total: 1 });
        expect(vi.getTimerCount()).toBe(1);
        vi.advanceTimersByTime(60_000);
        expect(vi.getTimerCount()).toBe(0);
      }
    } finally {
      vi.useRealTimers();
    }
  });
});
