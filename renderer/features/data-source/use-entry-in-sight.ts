// In a narrow window a panel is a row that scrolls sideways: the entry of the current section is brought into sight.
import { useEffect, useRef } from 'react';

/** By hand: scrollIntoView would move the start of Tab, too. */
export function useEntryInSight(current: string) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const row = panel.current;
    const entry = current && row?.querySelector('[aria-current="page"]');
    if (!row || !entry) return;
    const overhang = entry.getBoundingClientRect().right - row.getBoundingClientRect().right;
    if (overhang > 0) row.scrollLeft += overhang;
  }, [current]);
  return panel;
}
