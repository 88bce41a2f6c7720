// What the recent calls say: candidates with their reasons, known paths, coverage, and the dry run over the history.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let dataSourceId: string;
let url: string;

beforeEach(async () => {
  test = await startTestEngine();
  const source = await test.createSource();
  dataSourceId = source.id;
  url = source.url;
});
afterEach(() => test.stop());

const post = async (body: unknown) => {
  const response = await fetch(`${url}?tenant=7`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shop': 'north' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};
const order = (number: number) => ({
  event_id: `evt_${number}`,
  created_at: `2026-11-20T10:00:0${number % 10}Z`,
  data: {
    id: 1000 + number,
    status: 'paid',
    customer: { id: 'c_1', full_name: `Ada Example ${String.fromCharCode(65 + number)}` },
    lines: [{ sku: `S-${number}`, title: 'Tea' }],
    ...(number % 2 === 0 && { note: 'gift' }),
  },
});

describe('suggestions', () => {
  it('put the record before its envelope, and say why', async () => {
    for (let number = 0; number < 8; number++) await post(order(number));
    const { calls, id, title } = await test.call('mapping.suggest', { dataSourceId });
    expect(calls).toBe(8);
    expect(id[0]).toMatchObject({ path: 'data.id', example: '1007' });
    expect(id[0]?.reason).toBe('In all 8 calls, different each time, its name “id” says so.');
    expect(id.map(({ path }) => path)).not.toContain('created_at');
    expect(title[0]?.path).toBe('data.customer.full_name');
    expect(title.map(({ path }) => path)).not.toContain('data.lines[0].title');
  });

  it('offer the list that every call has as the split, and none where there is one', async () => {
    for (let number = 0; number < 5; number++) {
      await post({
        batch: number,
        events: [{ id: number * 2 }, { id: number * 2 + 1 }],
        ...(number === 0 && { hints: [{ text: 'once' }] }),
        tags: ['no', 'objects'],
      });
    }
    const { split } = await test.call('mapping.suggest', { dataSourceId });
    expect(split).toMatchObject([{ path: '$.events[*]', reason: 'A list of objects in all 5 calls.' }]);
    const within = await test.call('mapping.suggest', { dataSourceId, mapping: { split: '$.events[*]' } });
    expect(within.split).toEqual([]);
    expect(within.id[0]?.path).toBe('id');
  });
});

describe('known paths', () => {
  const paths = async (row: string, prefix: string) =>
    (await test.call('mapping.paths', { dataSourceId, row, prefix })).paths;

  it('fit what is typed, with examples, types and calls; lists for a split; headers and query', async () => {
    for (let number = 0; number < 4; number++) await post(order(number));
    const typed = await paths('id', 'data.');
    expect(typed.map(({ path }) => path)).toContain('data.customer.full_name');
    expect(typed.find(({ path }) => path === 'data.note')).toEqual({
      path: 'data.note',
      types: ['text'],
      examples: ['gift'],
      calls: 2,
    });
    expect((await paths('title', 'full'))[0]?.path).toBe('data.customer.full_name');
    expect((await paths('split', '')).map(({ path }) => path)).toEqual(['$.data.lines[*]']);
    expect(await paths('fields.0', '$headers["x-s')).toMatchObject([{ examples: ['north'], calls: 4 }]);
    expect(await paths('id', '$query')).toMatchObject([{ path: '$query["tenant"]', examples: ['7'] }]);
    await post({ fresh: 1 });
    expect(await paths('id', 'fres')).toMatchObject([{ path: 'fresh', calls: 1 }]);
  });

  it('go inside of what is unwrapped and split', async () => {
    await post({ payload: JSON.stringify({ users: [{ name: 'Ada' }] }) });
    const mapping = { unwrap: [{ path: 'payload', as: 'json' as const }], split: '$.payload.users[*]' };
    const found = await test.call('mapping.paths', { dataSourceId, row: 'id', prefix: 'nam', mapping });
    expect(found.paths).toMatchObject([{ path: 'name', examples: ['Ada'] }]);
  });
});

describe('coverage', () => {
  it('counts calls by row, ids that repeat, and types that change', async () => {
    await post({ id: 1, title: 'a', n: 1 });
    await post({ id: 1, title: 'b', n: 'one' });
    await post([{ id: 2, title: 'c' }, { id: 2 }]);
    const mapping: Mapping = { id: 'id', title: 'title', fields: [{ name: 'n', path: 'n', type: 'text' }] };
    const { calls, items, rows, repeatedIds } = await test.call('mapping.coverage', {
      dataSourceId,
      mapping,
    });
    expect([calls, items]).toEqual([3, 4]);
    expect(rows.map(({ row, calls: share }) => [row, share.yielded])).toEqual([
      ['id', 3],
      ['title', 2],
      ['fields.0', 2],
    ]);
    expect(rows[2]).toMatchObject({ typeChanges: true });
    expect(repeatedIds).toEqual({
      count: 2,
      examples: [
        { externalId: '2', calls: 1, withinCall: true },
        { externalId: '1', calls: 2, withinCall: false },
      ],
    });
  });
});

describe('a dry run', () => {
  const live: Mapping = { id: 'id', title: 'title' };
  const items = async () => (await test.call('items.list', { dataSourceId, limit: 500 })).items;

  it('says what would appear, change, vanish and fail, tells its progress, and changes nothing', async () => {
    for (let number = 0; number < 120; number++) {
      await post({ id: number, title: `T${number}`, key: number < 20 ? `k${number}` : number });
    }
    await post({ id: 'only-id', title: 'No key' });
    await test.call('mapping.save', { dataSourceId, mapping: live });
    const before = await items();
    const told: unknown[] = [];
    const end = test.engine.subscribe(
      (event, data) => event === 'mapping.dryRunProgressed' && told.push(data),
    );
    const mapping: Mapping = { id: 'key', title: 'title', titleFallbacks: ['x'] };
    mapping.fields = [{ name: 'n', path: 'id', type: 'number' }];
    const { counts, examples } = await test.call('mapping.dryRun', { dataSourceId, mapping, runId: 'r1' });
    end();
    expect(counts).toEqual({
      calls: 121,
      appear: 20,
      change: 100,
      vanish: 21,
      same: 0,
      carriedOver: 0,
      fail: 1,
    });
    expect(examples.appear).toHaveLength(20);
    expect(examples.change[0]).toMatchObject({ changed: ['n'] });
    expect(examples.fail).toMatchObject([{ problem: 'The path of the id yields nothing here.' }]);
    expect(told[0]).toMatchObject({ runId: 'r1', total: 121 });
    expect(await items()).toEqual(before);
    const same = await test.call('mapping.dryRun', { dataSourceId, mapping: live });
    expect(same.counts).toMatchObject({ appear: 0, change: 0, vanish: 0, same: 121, fail: 0 });
  });

  it('ends when it is cancelled', async () => {
    for (let number = 0; number < 100; number++) await post({ id: number, title: 'x' });
    const abort = new AbortController();
    const end = test.engine.subscribe((event) => event === 'mapping.dryRunProgressed' && abort.abort());
    const result = await test.engine.dispatch(
      'mapping.dryRun',
      { dataSourceId, mapping: live },
      abort.signal,
      'script',
    );
    end();
    expect(result).toMatchObject({ problem: { code: 'call.cancelled' } });
  });

  it('refuses a mapping that cannot be used', async () => {
    const mapping: Mapping = { id: '', title: 'title' };
    await expect(test.call('mapping.dryRun', { dataSourceId, mapping })).rejects.toThrow(/mapping\.invalid/);
  });
});

describe('indexing that is cancelled', () => {
  it('leaves the old mapping live, takes calls meanwhile, and keeps the new mapping as the draft', async () => {
    for (let number = 0; number < 160; number++) await post({ id: number, title: `T${number}`, other: 'O' });
    const live: Mapping = { id: 'id', title: 'title' };
    const next: Mapping = { id: 'nowhere', title: 'other' };
    await test.call('mapping.save', { dataSourceId, mapping: live });
    let cancelled: unknown;
    const end = test.engine.subscribe((event) => {
      if (event !== 'mapping.indexed' || cancelled) return;
      cancelled = test.call('mapping.cancelIndexing', { dataSourceId });
    });
    await expect(
      test.call('mapping.save', { dataSourceId, mapping: next, evenIfEmpty: true }),
    ).rejects.toThrow(/cancelled/);
    end();
    const { stamp } = (await cancelled) as { stamp: string };
    expect(await test.call('mapping.get', { dataSourceId })).toMatchObject({
      mapping: live,
      draft: next,
      stamp,
    });
    await post({ id: 'new', title: 'Arrived later' });
    const source = async () => (await test.call('dataSources.get', { id: dataSourceId })).dataSource;
    await expect
      .poll(async () => (await source()).counts)
      .toMatchObject({ items: 161, waiting: 0, needsAttention: 0 });
    const { captures } = await test.call('captures.list', { dataSourceId, limit: 500 });
    expect(new Set(captures.map(({ indexState }) => indexState))).toEqual(new Set(['indexed']));
    expect(await test.call('mapping.cancelIndexing', { dataSourceId })).toEqual({ cancelled: false });
    expect(await test.call('mapping.save', { dataSourceId, mapping: live })).toEqual({ indexed: 161 });
    expect((await source()).counts).toMatchObject({ items: 161, needsAttention: 0 });
  });

  it('keeps what was edited since the save', async () => {
    for (let number = 0; number < 120; number++) await post({ id: number, title: 'x' });
    const edited: Mapping = { id: 'id', title: 'edited since' };
    const end = test.engine.subscribe((event) => {
      if (event !== 'mapping.indexed') return;
      void test
        .call('mapping.keepDraft', { dataSourceId, mapping: edited })
        .then(() => test.call('mapping.cancelIndexing', { dataSourceId }));
    });
    const mapping: Mapping = { id: 'id', title: 'title' };
    await expect(test.call('mapping.save', { dataSourceId, mapping })).rejects.toThrow(/cancelled/);
    end();
    expect((await test.call('mapping.get', { dataSourceId })).draft).toEqual(edited);
  });

  it('leaves the calls waiting where it was the first mapping', async () => {
    for (let number = 0; number < 120; number++) await post({ id: number, title: 'x' });
    const mapping: Mapping = { id: 'id', title: 'title' };
    const end = test.engine.subscribe((event) => {
      if (event === 'mapping.indexed') void test.call('mapping.cancelIndexing', { dataSourceId });
    });
    await expect(test.call('mapping.save', { dataSourceId, mapping })).rejects.toThrow(/cancelled/);
    end();
    const start = await test.call('mapping.get', { dataSourceId });
    expect(start).toMatchObject({ waiting: 120, draft: mapping });
    expect(start.mapping).toBeUndefined();
    expect(await test.call('mapping.save', { dataSourceId, mapping })).toEqual({ indexed: 120 });
    expect((await test.call('mapping.get', { dataSourceId })).waiting).toBe(0);
  });
});
