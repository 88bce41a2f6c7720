// Rows that came in above: which are fresh (tinted for a moment), how many lie above a reader who has scrolled away, and
// the scroll position that keeps what is read where it is.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const freshMs = 1500;

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
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [above, setAbove] = useState(0);
  const joined = enabled ? keys.join('\n') : '';

  // `joined` stands for `keys`, which is a new list at every render.
  useLayoutEffect(() => {
    if (!enabled) return;
    const current = joined === '' ? [] : joined.split('\n');
    const before = known.current;
    known.current = new Set(current);
    if (!before) return;
    const firstKnown = current.findIndex((key) => before.has(key));
    const added = current.slice(0, firstKnown < 0 ? current.length : firstKnown);
    if (added.length === 0) return;
    setFresh(new Set(added));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setFresh(new Set()), freshMs);
    const element = scroller.current;
    if (element && element.scrollTop > 0 && firstKnown >= 0) {
      element.scrollTop += added.length * rowHeight;
      setAbove((count) => count + added.length);
    }
  }, [enabled, joined, rowHeight, scroller]);
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
