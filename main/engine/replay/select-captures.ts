// Finds what a replay sends: the captures that were named or that fit a filter, in the order of arrival. In slices, so that a filter over a
// million calls holds nothing up.
import { mostReplayed, ProblemError, type ReplayOrder, type ReplaySelection } from '#contract';
import type { GiveWay } from '../give-way.ts';
import type { SelectedCapture, SelectionTable } from './selection-table.ts';

const lookedUpAtOnce = 500;

/** A named one that is gone keeps its place behind the others, so that its row says so. */
const gone = Number.MAX_SAFE_INTEGER;

export function createSelectCaptures(deps: { table: SelectionTable; giveWay: GiveWay }) {
  const { table, giveWay } = deps;

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
    const end = table.last();
    for (let after: number | undefined = 0; after !== undefined && after < end; ) {
      const window: ReturnType<SelectionTable['window']> = table.window(selection.filter, after);
      for (const each of window.found) if (each.sequence <= end) found.push(each);
      if (found.length > mostReplayed) {
        throw new ProblemError(
          'replay.invalid',
          `More than ${mostReplayed.toLocaleString('en')} calls fit this filter. Narrow it, by time for example.`,
          { path: 'captures.filter' },
        );
      }
      after = window.until;
      await giveWay();
      signal.throwIfAborted();
    }
    return found.map(({ id }) => id);
  };
}

export type SelectCaptures = ReturnType<typeof createSelectCaptures>;

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
