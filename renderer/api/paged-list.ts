// A list that the engine gives in pages, newest first, and that changes while it is shown. Owns: the rows fetched so far
// and where the next page begins. What comes in at the top joins without losing what was read below, and what was read below is
// fetched anew, too, calmly. Where too much came in for that, everything waits until the reader is back at the top.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '#contract';
import { asProblem } from './call-cache.ts';

export interface Page<Row> {
  rows: readonly Row[];
  next?: string | undefined;
}

export interface PagedListState<Row> {
  /** Undefined until the first page is there. */
  rows: readonly Row[] | undefined;
  next: string | undefined;
  problem: Problem | undefined;
  /** So much came in above a reader who has scrolled away that the rows stay as they were until the top is reached again. */
  isHeld: boolean;
}

const rowsPerPage = 100;
/** The largest page that the engine gives. */
const mostAtOnce = 500;
/** So many new rows are put above a reader who has scrolled away, at a time. */
const mostNewer = 1_000;
/** Rows that are kept while the reader is at the top, and while not. */
const keptAtTop = 1_000;
const keptAway = 10_000;
/** One of these last rows has to be met, so that the fresh rows go as far down as those before. */
const tailRows = 20;
/** A rest lasts this many times as long as the work before it. */
const restFactor = 10;

export interface PagedList<Row> {
  store: StoreApi<PagedListState<Row>>;
  /** Fetches the newest page, and what was read below it; while that is under way, once more after it. */
  refresh(): void;
  /** Fetches the next older page, unless there is none or one is under way. */
  more(): void;
  /** The reader left the top, or came back to it. */
  setAway(away: boolean): void;
  close(): void;
}

/** Joins a fresh first page to the rows before it. Where the two do not meet, the page stands alone: no gap is hidden. */
export function joinNewest<Row>(
  before: { rows: readonly Row[]; next: string | undefined },
  page: Page<Row>,
  keyOf: (row: Row) => string,
): { rows: readonly Row[]; next: string | undefined } {
  const last = page.rows.at(-1);
  const known = new Set(before.rows.map(keyOf));
  if (page.next === undefined || last === undefined || !known.has(keyOf(last))) {
    return { rows: page.rows, next: page.next };
  }
  const fresh = new Set(page.rows.map(keyOf));
  // What stood above the last row of the page and is not in it has left the list (it no longer fits, or was deleted).
  const below = before.rows.slice(before.rows.findIndex((row) => keyOf(row) === keyOf(last)) + 1);
  return { rows: [...page.rows, ...below.filter((row) => !fresh.has(keyOf(row)))], next: before.next };
}

/**
 * `fetchPage` rejects with `ProblemError`; `before` is the `next` of the page before, `wanted` how many rows the page should have.
 * `restMs`: what lies below the first page is fetched anew after such a rest at the earliest.
 */
export function createPagedList<Row>(
  fetchPage: (before: string | undefined, signal: AbortSignal, wanted: number) => Promise<Page<Row>>,
  keyOf: (row: Row) => string,
  { restMs = 1_000 }: { restMs?: number } = {},
): PagedList<Row> {
  const store = createStore<PagedListState<Row>>(() => ({
    rows: undefined,
    next: undefined,
    problem: undefined,
    isHeld: false,
  }));
  const closing = new AbortController();
  let refreshing = false;
  let again = false;
  let fetchingMore = false;
  let isAway = false;
  let restUntil = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  function failed(error: unknown): void {
    if (!closing.signal.aborted) store.setState({ problem: asProblem(error) });
  }

  const show = (rows: readonly Row[], next: string | undefined) =>
    store.setState({ rows, next, problem: undefined, isHeld: false });

  async function fetchFresh(): Promise<void> {
    const page = await fetchPage(undefined, closing.signal, rowsPerPage);
    const { rows: shown = [], next } = store.getState();
    const isAll = page.next === undefined || shown.length <= page.rows.length;
    if (isAll || (!isAway && shown.length > keptAtTop)) return show(page.rows, page.next);
    const joined = joinNewest({ rows: shown, next }, page, keyOf);
    const isJoined = joined.rows.length > page.rows.length;
    if (!isJoined && !isAway) return show(page.rows, page.next);
    if (isAway && shown.length > keptAway) return store.setState({ isHeld: true });
    if (isJoined) show(joined.rows, joined.next);
    const now = Date.now();
    if (isJoined && now < restUntil) {
      resting ??= setTimeout(() => {
        resting = undefined;
        refresh();
      }, restUntil - now);
      return;
    }
    await fetchBelow(page);
    restUntil = Date.now() + Math.max(restMs, restFactor * (Date.now() - now));
  }

  /** Everything that was read, fetched anew below a fresh first page, and shown at once: nothing of it is missing for a moment. */
  async function fetchBelow(first: Page<Row>): Promise<void> {
    const fresh = new Map(first.rows.map((row) => [keyOf(row), row]));
    let next = first.next;
    for (;;) {
      const shown = store.getState().rows ?? [];
      const isFar = fresh.size >= shown.length;
      if (next === undefined || (isFar && shown.slice(-tailRows).some((row) => fresh.has(keyOf(row))))) break;
      if (fresh.size >= shown.length + mostNewer) return store.setState({ isHeld: true });
      const wanted = Math.min(mostAtOnce, Math.max(rowsPerPage, shown.length - fresh.size));
      const page = await fetchPage(next, closing.signal, wanted);
      for (const row of page.rows) if (!fresh.has(keyOf(row))) fresh.set(keyOf(row), row);
      next = page.next;
    }
    show([...fresh.values()], next);
  }

  function refresh(): void {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    fetchFresh()
      .catch(failed)
      .finally(() => {
        refreshing = false;
        if (again && !closing.signal.aborted) {
          again = false;
          refresh();
        }
      });
  }

  function more(): void {
    const { rows, next } = store.getState();
    if (fetchingMore || rows === undefined || next === undefined) return;
    fetchingMore = true;
    let isPassed = false;
    fetchPage(next, closing.signal, rowsPerPage)
      .then((page) => {
        const current = store.getState();
        // What was fetched anew meanwhile ends elsewhere: the page goes on from there.
        isPassed = current.next !== next;
        if (isPassed) return;
        const known = new Set(current.rows?.map(keyOf));
        const older = page.rows.filter((row) => !known.has(keyOf(row)));
        store.setState({ rows: [...(current.rows ?? []), ...older], next: page.next, problem: undefined });
      }, failed)
      .finally(() => {
        fetchingMore = false;
        if (isPassed) more();
      });
  }

  return {
    store,
    refresh,
    more,
    setAway(next) {
      isAway = next;
      if (!next && store.getState().isHeld) refresh();
    },
    close() {
      clearTimeout(resting);
      closing.abort();
    },
  };
}
