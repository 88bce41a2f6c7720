// The live list of calls: rows change and go wherever they stand in it, and a list that is long costs no moment.
import { expect, test, vi } from 'vitest';
import type { CallInput, CaptureSummary } from '#contract';
import { createCaptureList } from '../../../../renderer/features/captures/capture-list.ts';

/** As long as ids are. */
const idOf = (sequence: number) => `cap_${String(sequence).padStart(22, '0')}`;

/** Calls 1 to `count`, as the engine gives them: newest first, in pages, or those of some ids. */
function engineOf(count: number) {
  const calls = new Map(
    Array.from({ length: count }, (_, index) => {
      const sequence = index + 1;
      const call = { id: idOf(sequence), sequence, indexState: 'waiting' } as CaptureSummary;
      return [call.id, call] as const;
    }),
  );
  const fetchPage = vi.fn(async ({ query = '', limit = 100, before }: CallInput<'captures.list'>) => {
    const ids = query.startsWith('id:') ? query.slice(3).split(',') : undefined;
    // As the engine does.
    if (ids && (ids.length > 50 || query.length > 2_000)) throw new Error('too many');
    const found = [...calls.values()]
      .filter(
        ({ id, sequence }) => ids?.includes(id) ?? sequence < Number(before ?? Number.POSITIVE_INFINITY),
      )
      .sort((a, b) => b.sequence - a.sequence);
    const captures = found.slice(0, limit);
    const next = found.length > limit ? String(captures.at(-1)?.sequence) : undefined;
    return { captures, ...(next !== undefined && { next }) };
  });
  return { calls, fetchPage };
}

async function longList(count: number) {
  const engine = engineOf(count);
  const list = createCaptureList({ fetchPage: engine.fetchPage, filter: {} });
  const rows = () => list.store.getState().rows ?? [];
  list.start();
  while (rows().length < count) {
    const before = rows().length;
    await expect.poll(() => rows().length > before && !list.store.getState().isLooking).toBe(true);
    list.more();
  }
  engine.fetchPage.mockClear();
  return { ...engine, list, rows };
}

test('waiting rows far below are told as indexed, and only they are asked for', async () => {
  const { calls, fetchPage, list, rows } = await longList(450);
  for (const [id, call] of calls) {
    if (call.sequence <= 220) calls.set(id, { ...call, indexState: 'indexed' });
  }
  list.check('waiting');
  await expect
    .poll(() => rows().filter(({ indexState }) => indexState === 'indexed').length, { timeout: 5_000 })
    .toBe(220);
  await expect.poll(() => fetchPage.mock.calls.length).toBe(9);
  const before = rows();
  list.check('waiting');
  await expect.poll(() => fetchPage.mock.calls.length).toBe(14);
  // What is the same is not rendered again.
  expect(rows()).toBe(before);
  list.close();
});

test('calls that were deleted leave the list, also far below; a reader keeps the rest', async () => {
  const { calls, list, rows } = await longList(250);
  for (const gone of [3, 120, 249]) calls.delete(idOf(gone));
  list.check('all');
  await expect.poll(() => rows().length).toBe(247);
  expect(rows().map(({ id }) => id)).not.toContain(idOf(3));
  calls.delete(idOf(250));
  list.refresh([idOf(250), 'cap_unknown']);
  await expect.poll(() => rows()[0]?.id).toBe(idOf(248));
  list.close();
});
