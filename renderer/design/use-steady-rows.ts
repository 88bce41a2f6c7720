// Keeps what is read where it is when rows come, go or move above it. Knows keys and a scroll position, no rows.
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** About as many as a window shows. */
const rowsInSight = 24;

/** By how many rows most of the rows in sight have moved; 0 where none of them is left. A single row that moved elsewhere counts little. */
export function shiftOf(before: readonly string[], after: readonly string[], first: number, count: number) {
  const end = Math.min(before.length, first + count);
  // Scrolling asks at every frame, mostly for nothing.
  let isSame = true;
  for (let index = first; index < end && isSame; index += 1) isSame = before[index] === after[index];
  if (isSame) return 0;
  const places = new Map(after.map((key, index) => [key, index]));
  const votes = new Map<number, number>();
  for (let index = first; index < end; index += 1) {
    const place = places.get(before[index] ?? '');
    if (place !== undefined) votes.set(place - index, (votes.get(place - index) ?? 0) + 1);
  }
  let most = 0;
  let shift = 0;
  for (const [moved, rows] of votes) {
    if (rows > most || (rows === most && Math.abs(moved) < Math.abs(shift))) {
      most = rows;
      shift = moved;
    }
  }
  return shift;
}

/** `order` says what the rows are sorted by: another order is another list, in which nothing has a place to keep. */
export function useSteadyRows(options: {
  keys: readonly string[];
  order: string;
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
}): { onScroll(): void } {
  const { keys, order, scroller, rowHeight } = options;
  const before = useRef<{ keys: readonly string[]; order: string }>(undefined);
  const top = useRef(0);

  useLayoutEffect(() => {
    const last = before.current;
    before.current = { keys, order };
    const element = scroller.current;
    if (!last || last.order !== order || !element || top.current <= rowHeight / 2) return;
    const shift = shiftOf(last.keys, keys, Math.floor(top.current / rowHeight), rowsInSight);
    // Nothing is asked of the page before it has to be: that would lay it out once more.
    if (shift === 0) return;
    if (shift > 0) element.scrollTop += shift * rowHeight;
    // Where rows went, the browser may have cut the position to the shorter list already.
    else element.scrollTop = top.current + shift * rowHeight;
    top.current = element.scrollTop;
  }, [keys, order, rowHeight, scroller]);

  return {
    onScroll() {
      top.current = scroller.current?.scrollTop ?? 0;
    },
  };
}
