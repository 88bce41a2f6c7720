// The limits of the payload reader, its order under load, aborts, and that the loop stays free.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { longestTurnMs } from '../../harness/longest-turn.ts';
import {
  largeJson,
  mapping,
  newReader,
  preparePayloadReaders,
  problemOf,
  source,
} from './payload-reader-stage.ts';

preparePayloadReaders();

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
