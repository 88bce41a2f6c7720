// A list that the engine gives in pages, newest first, and that changes while it is shown. Owns: the rows fetched so far
// and where the next page begins. What comes in at the top joins without losing what was read below.
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
}

export interface PagedList<Row> {
  store: StoreApi<PagedListState<Row>>;
  /** Fetches the newest page; while one is under way, once more after it. */
  refresh(): void;
  /** Fetches the next older page, unless there is none or one is under way. */
  more(): void;
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

/** `fetchPage` rejects with `ProblemError`; `before` is the `next` of the page before. */
export function createPagedList<Row>(
  fetchPage: (before: string | undefined, signal: AbortSignal) => Promise<Page<Row>>,
  keyOf: (row: Row) => string,
): PagedList<Row> {
  const store = createStore<PagedListState<Row>>(() => ({
    rows: undefined,
    next: undefined,
    problem: undefined,
  }));
  const closing = new AbortController();
  let refreshing = false;
  let again = false;
  let fetchingMore = false;

  function failed(error: unknown): void {
    if (!closing.signal.aborted) store.setState({ problem: asProblem(error) });
  }

  function refresh(): void {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    fetchPage(undefined, closing.signal)
      .then((page) => {
        const { rows, next } = store.getState();
        store.setState({ ...joinNewest({ rows: rows ?? [], next }, page, keyOf), problem: undefined });
      }, failed)
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
    fetchPage(next, closing.signal)
      .then((page) => {
        const current = store.getState();
        // A refresh that could not join threw the place away from which this page goes on.
        if (current.next !== next) return;
        const known = new Set(current.rows?.map(keyOf));
        const older = page.rows.filter((row) => !known.has(keyOf(row)));
        store.setState({ rows: [...(current.rows ?? []), ...older], next: page.next, problem: undefined });
      }, failed)
      .finally(() => {
        fetchingMore = false;
      });
  }

  return { store, refresh, more, close: () => closing.abort() };
}
