// A live list in pages: what is new joins above, what was read stays, no gap is hidden.
import { expect, test } from 'vitest';
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
  expect(rows()).toEqual(Array.from({ length: 23 }, (_, index) => 28 - index));
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
