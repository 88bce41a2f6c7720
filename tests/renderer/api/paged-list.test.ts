// A live list in pages: what is new joins above, what was read stays, no gap is hidden.
import { expect, test, vi } from 'vitest';
import { createPagedList, joinNewest } from '../../../renderer/api/paged-list.ts';

const keyOf = (row: number) => String(row);

/** A source of numbers, newest (largest) first, in pages of ten. */
function sourceOf(newest: { value: number }) {
  return createPagedList<number>(async (before) => {
    const from = before === undefined ? newest.value : Number(before) - 1;
    const rows = Array.from({ length: Math.min(10, from) }, (_, index) => from - index);
    const last = rows.at(-1) ?? 1;
    return { rows, next: last > 1 ? String(last) : undefined };
  }, keyOf);
}

test('pages join below, new rows above', async () => {
  const newest = { value: 25 };
  const list = sourceOf(newest);
  const rows = () => list.store.getState().rows;
  list.refresh();
  await expect.poll(() => rows()?.length).toBe(10);
  list.more();
  list.more();
  await expect.poll(() => rows()?.length).toBe(20);
  newest.value = 28;
  list.refresh();
  await expect.poll(() => rows()?.[0]).toBe(28);
  expect(rows()?.slice(0, 23)).toEqual(Array.from({ length: 23 }, (_, index) => 28 - index));
  list.more();
  await expect.poll(() => rows()?.at(-1)).toBe(1);
  expect(list.store.getState().next).toBeUndefined();
  expect(new Set(rows()).size).toBe(28);
});

test('a page that does not meet the rows before stands alone', () => {
  expect(joinNewest({ rows: [5, 4], next: '4' }, { rows: [20, 19], next: '19' }, keyOf)).toEqual({
    rows: [20, 19],
    next: '19',
  });
  expect(joinNewest({ rows: [5, 4], next: '4' }, { rows: [6, 5], next: '5' }, keyOf)).toEqual({
    rows: [6, 5, 4],
    next: '4',
  });
});

test('a row that has left the list does not come back below the fresh page', () => {
  expect(joinNewest({ rows: [9, 8, 7, 6], next: '6' }, { rows: [9, 7], next: '7' }, keyOf)).toEqual({
    rows: [9, 7, 6],
    next: '6',
  });
});

test('a failure is told and the rows stay', async () => {
  let isUp = true;
  const list = createPagedList<number>(async () => {
    if (!isUp) throw new Error('away');
    return { rows: [1] };
  }, keyOf);
  list.refresh();
  await expect.poll(() => list.store.getState().rows).toEqual([1]);
  isUp = false;
  list.refresh();
  await expect.poll(() => list.store.getState().problem?.message).toBe('away');
  expect(list.store.getState().rows).toEqual([1]);
});

/** A source of rows in any order, which may change; `calls` are the pages that were asked for. */
function changing(rows: { value: string[] }, calls: { before: string | undefined; rows: number }[] = []) {
  return createPagedList<string>(
    async (before, _signal, wanted) => {
      calls.push({ before, rows: wanted });
      const from = before === undefined ? 0 : rows.value.findIndex((row) => row > before);
      const page = from < 0 ? [] : rows.value.slice(from, from + wanted);
      const isLast = from < 0 || from + wanted >= rows.value.length;
      return { rows: page, next: isLast ? undefined : page.at(-1) };
    },
    (row) => row,
    { restMs: 0 },
  );
}

const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String(from + index).padStart(6, '0'));

async function read(list: ReturnType<typeof changing>, rows: number) {
  list.refresh();
  await expect.poll(() => list.store.getState().rows?.length).toBeGreaterThan(0);
  while ((list.store.getState().rows?.length ?? 0) < rows) {
    const before = list.store.getState().rows?.length;
    list.more();
    await expect.poll(() => list.store.getState().rows?.length).not.toBe(before);
  }
}

test('everything that was read is fresh again, far beyond the first page', async () => {
  const rows = { value: numbered(3_000, 1_000) };
  const list = changing(rows);
  await read(list, 1_500);
  list.setAway(true);
  // Rows go, in sight and below, and others come between them.
  rows.value = rows.value.filter((row) => !row.endsWith('7'));
  rows.value.splice(900, 0, `${rows.value[899]}x`);
  list.refresh();
  await expect.poll(() => list.store.getState().rows).not.toContain('002007');
  const shown = list.store.getState().rows ?? [];
  expect(shown).toEqual(rows.value.slice(0, shown.length));
  expect(shown.length).toBeGreaterThan(1_400);
  list.more();
  await expect.poll(() => list.store.getState().rows?.length).toBe(shown.length + 100);
  expect(list.store.getState().rows).toEqual(rows.value.slice(0, shown.length + 100));
});

test('more new rows than a page do not take away what is read further below', async () => {
  const rows = { value: numbered(1_000, 10_000) };
  const list = changing(rows);
  await read(list, 300);
  list.setAway(true);
  rows.value = [...numbered(450, 9_000), ...rows.value];
  list.refresh();
  await expect.poll(() => list.store.getState().rows?.[0]).toBe('009000');
  expect(list.store.getState().rows).toEqual(rows.value.slice(0, list.store.getState().rows?.length));
  expect(list.store.getState().rows).toContain('010299');
});

test('what would be too much to fetch waits until the reader is back at the top', async () => {
  const rows = { value: numbered(1_000, 100_000) };
  const calls: { before: string | undefined; rows: number }[] = [];
  const list = changing(rows, calls);
  await read(list, 300);
  list.setAway(true);
  const before = list.store.getState().rows;
  rows.value = [...numbered(20_000), ...rows.value];
  calls.length = 0;
  list.refresh();
  await expect.poll(() => list.store.getState().isHeld).toBe(true);
  expect(list.store.getState().rows).toBe(before);
  expect(calls.reduce((sum, call) => sum + call.rows, 0)).toBeLessThan(2_000);
  list.setAway(false);
  await expect.poll(() => list.store.getState().rows).toEqual(rows.value.slice(0, 100));
  expect(list.store.getState().isHeld).toBe(false);
});

test('changes without a pause do not fetch everything again and again', async () => {
  vi.useFakeTimers();
  try {
    const rows = { value: numbered(2_000) };
    let fetched = 0;
    const list = createPagedList<string>(
      async (before, _signal, wanted) => {
        fetched += wanted;
        const from = before === undefined ? 0 : Number(before) + 1;
        const page = rows.value.slice(from, from + wanted);
        return { rows: page, next: String(Number(page.at(-1))) };
      },
      (row) => row,
    );
    list.refresh();
    await vi.advanceTimersByTimeAsync(1);
    for (let page = 0; page < 9; page += 1) {
      list.more();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(list.store.getState().rows).toHaveLength(1_000);
    list.setAway(true);
    fetched = 0;
    for (let change = 0; change < 100; change += 1) {
      list.refresh();
      await vi.advanceTimersByTimeAsync(10);
    }
    // A hundred first pages, and what lies below once.
    expect(fetched).toBeLessThan(100 * 100 + 2_000);
    await vi.advanceTimersByTimeAsync(5_000);
    list.close();
  } finally {
    vi.useRealTimers();
  }
});
