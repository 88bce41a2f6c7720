// Who may start calls next: free places go to the destinations one by one, in turn, until they are used up. Pure.
import { freeStarts, type Lane } from './lane.ts';

/** How many each lane gets, and whose turn is next. `turn` says who comes first. */
export function sharePlaces(
  lanes: readonly Lane[],
  places: number,
  turn: number,
  now: number,
): { wanted: Map<Lane, number>; turn: number } {
  const wanted = new Map<Lane, number>();
  if (places <= 0 || lanes.length === 0) return { wanted, turn };
  let left = places;
  let next = turn % lanes.length;
  let ready = lanes
    .map((_, index) => (next + index) % lanes.length)
    .map((index) => ({ index, lane: lanes[index] as Lane, free: freeStarts(lanes[index] as Lane, now) }))
    .filter(({ free }) => free > 0);
  while (left > 0 && ready.length > 0) {
    for (const { lane, index } of ready) {
      if (left === 0) break;
      wanted.set(lane, (wanted.get(lane) ?? 0) + 1);
      left -= 1;
      next = index + 1;
    }
    ready = ready.filter(({ lane, free }) => (wanted.get(lane) ?? 0) < free);
  }
  return { wanted, turn: next };
}
