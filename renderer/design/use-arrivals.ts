// Rows that came in above: which are fresh (tinted for a moment), and how many lie above a reader who has scrolled away.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const freshMs = 1500;
/** Where more come in at once all that is seen is new: a tint would say nothing and cost every frame. */
const mostFresh = 20;

const nothing: ReadonlySet<string> = new Set();

export interface Arrivals {
  isFresh(key: string): boolean;
  /** How many rows came in above since the reader left the top. */
  above: number;
  toTop(): void;
  onScroll(): void;
}

export function useArrivals({
  enabled,
  keys,
  scroller,
  rowHeight,
}: {
  enabled: boolean;
  keys: readonly string[];
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
}): Arrivals {
  const last = useRef<readonly string[] | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [fresh, setFresh] = useState(nothing);
  const [above, setAbove] = useState(0);

  useLayoutEffect(() => {
    if (!enabled) return;
    const before = last.current;
    last.current = keys;
    if (!before || before === keys) return;
    // Mostly nothing came in on top, which needs no look at the rest.
    if (keys[0] === before[0]) return;
    const known = new Set(before);
    const firstKnown = keys.findIndex((key) => known.has(key));
    const added = keys.slice(0, firstKnown < 0 ? keys.length : firstKnown);
    if (added.length === 0) return;
    clearTimeout(timer.current);
    if (added.length > mostFresh) setFresh(nothing);
    else {
      setFresh(new Set(added));
      timer.current = setTimeout(() => setFresh(nothing), freshMs);
    }
    const element = scroller.current;
    if (element && element.scrollTop > 0 && firstKnown >= 0) setAbove((count) => count + added.length);
  }, [enabled, keys, scroller]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    isFresh: (key) => fresh.has(key),
    above,
    toTop() {
      scroller.current?.scrollTo({ top: 0 });
      setAbove(0);
    },
    onScroll() {
      if (above > 0 && (scroller.current?.scrollTop ?? 0) < rowHeight) setAbove(0);
    },
  };
}
