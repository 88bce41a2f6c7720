// Lists of 100,000 items: pages in every order, search, filters; none of it holds up the loop. Judged by query plans and by how long
// the loop works without a turn, not by wall time.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput, ItemFilter, ItemSort } from '#contract';
import { sqlOf } from '../../../main/engine/items/item-query-table.ts';
import { openReader } from '../../../main/engine/store/database.ts';
import { startWithItems } from '../../harness/many-items.ts';
import type { TestEngine } from '../../harness/test-engine.ts';

const count = 100_000;
let test: TestEngine;
let dataSourceId: string;
/** With six items to each of 1,000 values, so that pages end within a tie. */
let smallSourceId: string;

beforeAll(async () => {
  ({ test, dataSourceId, smallSourceId } = await startWithItems(count, 6_000));
}, 60_000);
afterAll(() => test.stop());

const list = (input: Partial<CallInput<'items.list'>> = {}) =>
  test.call('items.list', { dataSourceId, limit: 100, ...input });

async function pages(input: Partial<CallInput<'items.list'>>, most: number) {
  const items: Awaited<ReturnType<typeof list>>['items'] = [];
  let before: string | undefined;
  do {
    const page = await list({ ...input, ...(before === undefined ? {} : { before }) });
    items.push(...page.items);
    before = page.next;
  } while (before !== undefined && items.length < most);
  return { items, isEnd: before === undefined };
}

/**
 * The longest time that the loop worked without a turn meanwhile, in milliseconds. Counted by what this thread computes, so that a busy
 * machine does not count.
 */
async function longestSlice(work: () => Promise<unknown>): Promise<number> {
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let last = spent();
  let isOver = false;
  const turn = () => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  turn();
  return longest;
}

describe('orders', () => {
  const indexedOrders: [string, RegExp][] = [
    ['updatedAt', /items_by_change/],
    ['id', /sqlite_autoindex_items_1/],
    ['title', /items_by_title/],
    ['createdAt', /items_by_creation/],
  ];

  it.each(indexedOrders)(
    '%s comes from an index, from the first page to the last, without sorting',
    (column, index) => {
      const reader = openReader(`${test.dataDir}/hookbench.db`);
      for (const direction of ['ascending', 'descending'] as const) {
        for (const before of [undefined, 'x']) {
          const sql = sqlOf({ sort: { column, direction }, before });
          const plan = reader.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all({
            source: 's',
            revision: 1,
            ...(before ? { key: 'k', ...(sql.includes('@id') ? { id: 'i' } : {}) } : {}),
          });
          const details = plan.map(({ detail }) => detail).join('; ');
          expect(details).toMatch(index);
          expect(details).not.toMatch(/TEMP B-TREE|SCAN/);
          // The place where a page goes on is found in the index, too, not by stepping over what came before.
          if (before) expect(details).toMatch(/[<>]/);
        }
      }
      reader.close();
    },
  );

  it.each(['id', 'title', 'createdAt', 'updatedAt', 'fields.score', 'fields.city', 'fields.big'])(
    'by %s: pages join without a gap or a double, in both directions',
    async (column) => {
      // Each page in the order of a field goes through all items, however many there are.
      const from = column.startsWith('fields.') ? smallSourceId : dataSourceId;
      for (const direction of ['ascending', 'descending'] as const) {
        const sort: ItemSort = { column, direction };
        const { items } = await pages({ dataSourceId: from, sort, limit: 170 }, 500);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        expect(items.length).toBeGreaterThanOrEqual(500);
        const whole = (await list({ dataSourceId: from, sort, limit: 500 })).items.map(
          ({ externalId }) => externalId,
        );
        expect(items.slice(0, 500).map(({ externalId }) => externalId)).toEqual(whole);
      }
    },
    30_000,
  );

  it('numbers are ordered by every digit, texts without regard to case, and what is empty stands last', async () => {
    const bigs = await list({
      dataSourceId: smallSourceId,
      sort: { column: 'fields.big', direction: 'descending' },
      limit: 2,
    });
    expect(bigs.items.map(({ fields }) => fields['big'])).toEqual([
      '1234567890123456006000',
      '1234567890123456005999',
    ]);
    const scores = await list({
      dataSourceId: smallSourceId,
      sort: { column: 'fields.score', direction: 'descending' },
      limit: 3,
    });
    expect(scores.items.map(({ fields }) => fields['score'])).toEqual([999, 999, 999]);
    const first = await list({
      dataSourceId: smallSourceId,
      sort: { column: 'fields.city', direction: 'ascending' },
      limit: 1,
    });
    expect(first.items[0]?.fields['city']).toBe('Berlin');
    for (const direction of ['ascending', 'descending'] as const) {
      const { items } = await list({
        dataSourceId: smallSourceId,
        sort: { column: 'fields.city', direction },
        filters: [
          { column: 'fields.mail', is: 'contains', value: 'person1@' },
          { column: 'fields.city', is: 'notEmpty' },
        ],
      });
      expect(items).toHaveLength(1);
    }
  });

  it('takes what the old input gave: pages by last update, `before` of digits', async () => {
    const first = await list({ limit: 2 });
    expect(first.items.map(({ externalId }) => externalId)).toEqual(['user-100000', 'user-099999']);
    expect(first.next).toBe('99999');
    expect(first.total).toEqual({ count, exact: true });
    const second = await list({ limit: 2, before: first.next });
    expect(second.items.map(({ externalId }) => externalId)).toEqual(['user-099998', 'user-099997']);
    expect(second.total).toBeUndefined();
  });

  it('refuses the place of another order and a column that there is not', async () => {
    const byTitle = await list({ sort: { column: 'title', direction: 'ascending' } });
    const other: ItemSort = { column: 'fields.score', direction: 'ascending' };
    await expect(list({ sort: other, before: byTitle.next })).rejects.toThrow('input.invalid');
    await expect(list({ before: 'x' })).rejects.toThrow('input.invalid');
    await expect(list({ sort: { column: 'nothing', direction: 'ascending' } })).rejects.toThrow(
      'input.invalid',
    );
  });
});

describe('filters', () => {
  const idsOf = async (filters: ItemFilter[], from = dataSourceId) =>
    (await list({ dataSourceId: from, filters, limit: 500 })).items.map(({ externalId }) => externalId);

  it('compare by the type of the field', async () => {
    // Each goes through all items, however many there are.
    const inSmall = (filters: ItemFilter[]) => idsOf(filters, smallSourceId);
    expect(await inSmall([{ column: 'fields.big', is: 'greater', value: '1234567890123456005998' }])).toEqual(
      ['user-006000', 'user-005999'],
    );
    expect(
      await inSmall([{ column: 'fields.big', is: 'equals', value: '1234567890123456000007.0' }]),
    ).toEqual(['user-000007']);
    expect(await inSmall([{ column: 'fields.mail', is: 'equals', value: 'person77@example.com' }])).toEqual([
      'user-000077',
    ]);
    expect(await inSmall([{ column: 'fields.mail', is: 'contains', value: 'PERSON5999@' }])).toEqual([
      'user-005999',
    ]);
    expect(await inSmall([{ column: 'fields.since', is: 'less', value: '2026-01-01T00:02:30Z' }])).toEqual([
      'user-000002',
      'user-000001',
    ]);
    const aDay = await list({
      dataSourceId: smallSourceId,
      filters: [{ column: 'fields.since', is: 'equals', value: '2026-01-02' }],
      limit: 1,
    });
    expect(aDay.total).toEqual({ count: 1440, exact: true });
  });

  it('join with and; empty and not empty part the items', async () => {
    const empty = await list({ filters: [{ column: 'fields.city', is: 'empty' }], limit: 1 });
    const ids = await idsOf([
      { column: 'fields.city', is: 'empty' },
      { column: 'id', is: 'less', value: 'user-000020' },
    ]);
    expect(ids).toEqual(['user-000017', 'user-000011', 'user-000005']);
    // A busy machine may count fewer in its time, and then does not call that exact.
    expect(empty.total?.exact ? empty.total.count : Number.POSITIVE_INFINITY).toBeGreaterThan(9_999);
  });

  it('count exactly up to ten thousand, and say "more than" beyond', async () => {
    const few = await list({
      filters: [
        { column: 'fields.score', is: 'less', value: '500' },
        { column: 'id', is: 'less', value: 'user-000200' },
      ],
      sort: { column: 'fields.city', direction: 'ascending' },
      limit: 1,
    });
    expect(few.total).toEqual({ count: 128, exact: true });
    const many = await list({ filters: [{ column: 'title', is: 'contains', value: 'person' }], limit: 1 });
    expect(many.total?.exact).toBe(false);
    expect(many.total?.count).toBeLessThanOrEqual(10_000);
  });
});

describe('search', () => {
  it('says how many items are not searched yet, until all are', async () => {
    await expect
      .poll(async () => (await list({ search: 'person', limit: 1 })).unsearched ?? 0, {
        timeout: 120_000,
        interval: 200,
      })
      .toBe(0);
  }, 130_000);

  it('finds words and their beginnings in ids, titles and values, without accents and case, newest first', async () => {
    const ids = async (search: string) => (await list({ search })).items.map(({ externalId }) => externalId);
    expect(await ids('person77777')).toEqual(['user-077777']);
    expect(await ids('user-000042')).toEqual(['user-000042']);
    expect(await ids('PERSON99999@example.com')).toEqual(['user-099999']);
    expect(await ids('köln 99997')).toEqual(await ids('KOLN 99997'));
    expect(await ids('koln "person 99997"')).toEqual(['user-099997']);
    expect((await ids('person'))[0]).toBe('user-100000');
    expect(await ids('mail')).toEqual([]);
    expect(await ids('" OR * NEAR( -')).toEqual([]);
    expect(await ids('@')).toEqual([]);
  });

  it('goes page by page in the order of change without sorting', async () => {
    const reader = openReader(`${test.dataDir}/hookbench.db`);
    const sort: ItemSort = { column: 'updatedAt', direction: 'descending' };
    const plan = reader
      .prepare<[object], { detail: string }>(
        `EXPLAIN QUERY PLAN ${sqlOf({ search: 'x', sort, before: '9' })}`,
      )
      .all({ source: 's', revision: 1, match: 'x', key: 9 });
    reader.close();
    expect(plan.map(({ detail }) => detail).join('; ')).not.toMatch(/TEMP B-TREE/);
    const { items } = await pages({ search: 'köln', limit: 100 }, 300);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(items.every(({ fields }) => fields['city'] === 'Köln')).toBe(true);
  });

  it('joins with filters and other orders', async () => {
    const { items, total } = await list({
      search: 'paris',
      filters: [{ column: 'fields.score', is: 'greater', value: '990' }],
      sort: { column: 'fields.score', direction: 'descending' },
      limit: 3,
    });
    expect(items.map(({ fields }) => fields['city'])).toEqual(['Paris', 'Paris', 'Paris']);
    expect(Number(items[0]?.fields['score'])).toBeGreaterThanOrEqual(Number(items[2]?.fields['score']));
    expect(total).toMatchObject({ exact: true });
  });
});

describe('the loop', () => {
  it('is never held up: not by a page, a search, a filter that fits nothing, nor an order by a field', async () => {
    const slice = await longestSlice(() =>
      Promise.all([
        list(),
        list({ sort: { column: 'title', direction: 'descending' } }),
        list({ sort: { column: 'fields.score', direction: 'ascending' } }),
        list({ filters: [{ column: 'fields.mail', is: 'equals', value: 'nobody' }] }),
        list({ search: 'p' }),
        list({ search: 'example', sort: { column: 'fields.city', direction: 'ascending' } }),
      ]),
    );
    expect(slice).toBeLessThan(50);
  });

  it('a list that nobody waits for any more stops', async () => {
    const abort = new AbortController();
    const asked = test.engine.dispatch(
      'items.list',
      { dataSourceId, sort: { column: 'fields.score', direction: 'ascending' } },
      abort.signal,
    );
    abort.abort();
    expect(await asked).toMatchObject({ problem: { code: 'call.cancelled' } });
    expect((await list({ search: 'person1 ' })).items.length).toBeGreaterThan(0);
  });
});

describe('columns of View Data', () => {
  it('are remembered for each source, also over a restart of the screens', async () => {
    expect(await test.call('items.view', { dataSourceId })).toEqual({
      fields: [
        { name: 'score', type: 'number' },
        { name: 'mail', type: 'text' },
        { name: 'city', type: 'text' },
        { name: 'big', type: 'number' },
        { name: 'since', type: 'date' },
      ],
    });
    await test.call('items.keepView', { dataSourceId, columns: ['title', 'fields.city'] });
    expect((await test.call('items.view', { dataSourceId })).columns).toEqual(['title', 'fields.city']);
    await test.call('items.keepView', { dataSourceId });
    expect((await test.call('items.view', { dataSourceId })).columns).toBeUndefined();
  });
});
