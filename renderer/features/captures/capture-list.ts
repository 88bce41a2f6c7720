// The live list of captures: the newest calls that fit a query, pages below, and what comes in on top. A reader who has scrolled away is
// told a number and nothing moves. Owns the rows and where they go on; knows no screen.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallInput, CallOutput, CaptureSummary, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { type CheckedRows, createRowChecks } from './check-rows.ts';

export interface CaptureListState {
  /** Undefined until the first answer. */
  rows: readonly CaptureSummary[] | undefined;
  next: string | undefined;
  problem: Problem | undefined;
  /** Under way: the first page or a further one. */
  isLooking: boolean;
  /** Calls that were looked at one by one so far, and back to when; only while a page is not full. */
  looked: { calls: number; upTo: string } | undefined;
  /** Calls that came in while the reader is away from the top. */
  newer: number;
}

export interface CaptureList {
  store: StoreApi<CaptureListState>;
  start(): void;
  /** The next older page; goes on looking where the time of the last page was over. */
  more(): void;
  /** Ends looking; what was found stays. */
  stopLooking(): void;
  /** Calls came in. */
  arrived(count: number): void;
  /** The reader left the top, or came back to it. */
  setAway(away: boolean): void;
  /** What is told of these calls may have changed. */
  refresh(ids: readonly string[]): void;
  /** Rows of this kind, wherever they stand, may have changed or gone. */
  check(which: CheckedRows): void;
  close(): void;
}

type FetchPage = (
  input: CallInput<'captures.list'>,
  signal: AbortSignal,
) => Promise<CallOutput<'captures.list'>>;

const pageSize = 100;
const newerAtOnce = 200;
/** Rows that are kept while the reader stays at the top and calls come in. */
const keptAtTop = 1_000;
const gatherMs = 150;
/** Where calls come by the hundred a second: nobody reads them one by one, and every batch renders the whole list. */
const gatherManyMs = 400;
const many = 20;
/** The number of those who wait above is told so often. */
const countMs = 250;
/** Pages without enough rows that are followed by the next one on their own: each looks for about a second. */
const pagesAtOnce = 10;

export function createCaptureList(options: {
  fetchPage: FetchPage;
  filter: Pick<CallInput<'captures.list'>, 'dataSourceId' | 'query'>;
}): CaptureList {
  const { fetchPage, filter } = options;
  const store = createStore<CaptureListState>(() => ({
    rows: undefined,
    next: undefined,
    problem: undefined,
    isLooking: false,
    looked: undefined,
    newer: 0,
  }));
  const closing = new AbortController();
  let looking: AbortController | undefined;
  let away = false;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let counting: ReturnType<typeof setTimeout> | undefined;
  let uncounted = 0;
  let lastBatch = 0;
  let fetchingNewer = false;
  let again = false;

  const checks = createRowChecks({
    rows: () => store.getState().rows ?? [],
    fetch: async (ids) =>
      (await fetchPage({ query: `id:${ids.join(',')}`, limit: ids.length }, closing.signal)).captures,
    apply: (fresh, gone) => store.setState(({ rows }) => ({ rows: rows && withChecked(rows, fresh, gone) })),
    onFault: (error) => failed(error, closing.signal),
    signal: closing.signal,
  });

  function failed(error: unknown, signal: AbortSignal): void {
    if (!signal.aborted) store.setState({ problem: asProblem(error) });
  }

  /** Pages from `before` on until one page of rows is there. */
  async function look(before: string | undefined): Promise<void> {
    looking?.abort();
    const controller = new AbortController();
    looking = controller;
    const signal = AbortSignal.any([closing.signal, controller.signal]);
    store.setState({ isLooking: true, problem: undefined });
    let found = 0;
    let calls = 0;
    let next = before;
    try {
      for (let page = 0; page < pagesAtOnce; page += 1) {
        const answer = await fetchPage(
          { ...filter, limit: pageSize, ...(next !== undefined && { before: next }) },
          signal,
        );
        found += answer.captures.length;
        calls += answer.looked?.calls ?? 0;
        next = answer.next;
        const { rows } = store.getState();
        const isFirst = before === undefined && page === 0;
        store.setState({
          rows: isFirst ? answer.captures : joinOlder(rows ?? [], answer.captures),
          next,
          looked: answer.looked && { calls, upTo: answer.looked.upTo },
        });
        if (next === undefined || found >= pageSize || !answer.looked) break;
      }
    } catch (error) {
      failed(error, signal);
    } finally {
      if (looking === controller) {
        looking = undefined;
        store.setState({ isLooking: false });
      }
    }
  }

  async function fetchNewer(): Promise<void> {
    const { rows, isLooking } = store.getState();
    if (away || rows === undefined) return;
    if (fetchingNewer) {
      again = true;
      return;
    }
    if (isLooking && rows.length === 0) return;
    fetchingNewer = true;
    try {
      const after = rows[0]?.sequence ?? 0;
      const answer = await fetchPage({ ...filter, limit: newerAtOnce, after }, closing.signal);
      const current = store.getState();
      if (!away && current.rows?.[0]?.sequence === rows[0]?.sequence) {
        // More than a page came in: it stands alone, and what lies below is fetched when it is scrolled to.
        const joined =
          answer.next === undefined ? [...answer.captures, ...(current.rows ?? [])] : answer.captures;
        lastBatch = answer.captures.length;
        const kept = joined.slice(0, keptAtTop);
        const isCut = kept.length < joined.length || answer.next !== undefined;
        store.setState({
          rows: kept,
          next: isCut ? String(kept.at(-1)?.sequence) : current.next,
          newer: 0,
          problem: undefined,
        });
      }
    } catch (error) {
      failed(error, closing.signal);
    } finally {
      fetchingNewer = false;
      if (again && !closing.signal.aborted) {
        again = false;
        gather();
      }
    }
  }

  function gather(): void {
    if (gathering !== undefined) return;
    gathering = setTimeout(
      () => {
        gathering = undefined;
        void fetchNewer();
      },
      lastBatch > many ? gatherManyMs : gatherMs,
    );
  }

  function count(calls: number): void {
    uncounted += calls;
    counting ??= setTimeout(() => {
      counting = undefined;
      const more = uncounted;
      uncounted = 0;
      if (away) store.setState(({ newer }) => ({ newer: newer + more }));
    }, countMs);
  }

  return {
    store,
    start: () => void look(undefined),
    more() {
      const { next, isLooking } = store.getState();
      if (next !== undefined && !isLooking) void look(next);
    },
    stopLooking() {
      looking?.abort();
      looking = undefined;
      store.setState({ isLooking: false });
    },
    arrived(calls) {
      if (away) count(calls);
      else gather();
    },
    setAway(next) {
      if (away === next) return;
      away = next;
      if (!away) void fetchNewer();
    },
    refresh(ids) {
      const known = new Set(store.getState().rows?.map(({ id }) => id));
      checks.look(ids.filter((id) => known.has(id)));
    },
    check: checks.check,
    close() {
      clearTimeout(gathering);
      clearTimeout(counting);
      closing.abort();
    },
  };
}

/** The same rows where nothing of them changed. */
function withChecked(
  rows: readonly CaptureSummary[],
  fresh: ReadonlyMap<string, CaptureSummary>,
  gone: ReadonlySet<string>,
): readonly CaptureSummary[] {
  let isSame = true;
  const checked = rows.flatMap((row) => {
    const now = fresh.get(row.id);
    if (!gone.has(row.id) && (!now || JSON.stringify(now) === JSON.stringify(row))) return row;
    isSame = false;
    return now ?? [];
  });
  return isSame ? rows : checked;
}

function joinOlder(rows: readonly CaptureSummary[], older: readonly CaptureSummary[]): CaptureSummary[] {
  const last = rows.at(-1)?.sequence ?? Number.MAX_SAFE_INTEGER;
  return [...rows, ...older.filter(({ sequence }) => sequence < last)];
}
