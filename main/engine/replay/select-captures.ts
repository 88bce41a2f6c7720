// Finds what a replay sends: the captures that were named or that fit a filter, in the order of arrival. In slices, so that a filter over a
// million calls holds nothing up.
import {
  type CaptureFilter,
  mostReplayed,
  ProblemError,
  type ReplayOrder,
  type ReplaySelection,
} from '#contract';
import type { ListedCapture } from '../captures/captures-table.ts';
import type { GiveWay } from '../give-way.ts';
import type { SelectedCapture, SelectionTable } from './selection-table.ts';

const lookedUpAtOnce = 500;
const foundAtOnce = 1_000;

/** Pages of a search, newest first, as `CaptureSearch` has them. */
export interface SearchCalls {
  page(
    input: { query: string; dataSourceId?: string | undefined; limit: number; before?: number | undefined },
    signal: AbortSignal,
  ): Promise<{ rows: ListedCapture[]; next?: number }>;
}

/** A named one that is gone keeps its place behind the others, so that its row says so. */
const gone = Number.MAX_SAFE_INTEGER;

export function createSelectCaptures(deps: { table: SelectionTable; search: SearchCalls; giveWay: GiveWay }) {
  const { table, giveWay } = deps;

  async function search(filter: CaptureFilter, query: string, signal: AbortSignal): Promise<string[]> {
    const { dataSourceId } = filter;
    const found: string[] = [];
    // What arrives from now on is not part of it.
    let before: number | undefined = table.last() + 1;
    while (before !== undefined) {
      const page = await deps.search.page({ query, dataSourceId, limit: foundAtOnce, before }, signal);
      for (const row of page.rows) if (fitsFilter(row, filter)) found.push(row.id);
      checkCount(found.length);
      before = page.next;
      signal.throwIfAborted();
    }
    return found.reverse();
  }

  /** The ids. Throws `replay.invalid` where there are too many. */
  return async function selectCaptures(selection: ReplaySelection, signal: AbortSignal): Promise<string[]> {
    const found: SelectedCapture[] = [];
    if ('ids' in selection) {
      for (const [at, id] of [...new Set(selection.ids)].entries()) {
        found.push(table.one(id) ?? { id, sequence: gone });
        if (at % lookedUpAtOnce === lookedUpAtOnce - 1) await giveWay();
        signal.throwIfAborted();
      }
      return found.sort((a, b) => a.sequence - b.sequence).map(({ id }) => id);
    }
    const query = selection.filter.query?.trim() ?? '';
    if (query !== '') return await search(selection.filter, query, signal);
    const end = table.last();
    for (let after: number | undefined = 0; after !== undefined && after < end; ) {
      const window: ReturnType<SelectionTable['window']> = table.window(selection.filter, after);
      for (const each of window.found) if (each.sequence <= end) found.push(each);
      checkCount(found.length);
      after = window.until;
      await giveWay();
      signal.throwIfAborted();
    }
    return found.map(({ id }) => id);
  };
}

export type SelectCaptures = ReturnType<typeof createSelectCaptures>;

/** @throws ProblemError replay.invalid */
function checkCount(found: number): void {
  if (found <= mostReplayed) return;
  throw new ProblemError(
    'replay.invalid',
    `More than ${mostReplayed.toLocaleString('en')} calls fit this filter. Narrow it, by time for example.`,
    { path: 'captures.filter' },
  );
}

/** What the search does not look at. */
function fitsFilter(
  row: ListedCapture,
  { outcome, eventType, method, from, to, origin }: CaptureFilter,
): boolean {
  return (
    (outcome === undefined || row.outcome === outcome) &&
    (eventType === undefined || row.event_type === eventType) &&
    (method === undefined || row.method === method) &&
    (from === undefined || row.received_at >= Date.parse(from)) &&
    (to === undefined || row.received_at < Date.parse(to)) &&
    (origin === undefined || row.origin === origin)
  );
}

/** Places from 0 to `count - 1`, `rounds` times, in the order in which they are sent. */
export function orderOf(
  count: number,
  rounds: number,
  order: ReplayOrder,
  random = Math.random,
): Uint32Array {
  const places = new Uint32Array(count * rounds);
  for (let at = 0; at < places.length; at += 1) {
    const place = at % count;
    places[at] = order === 'reversed' ? count - 1 - place : place;
  }
  if (order !== 'shuffled') return places;
  // Fisher and Yates, over all rounds together: repeats come out of order, too.
  for (let at = places.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = places[at] ?? 0;
    places[at] = places[other] ?? 0;
    places[other] = kept;
  }
  return places;
}
