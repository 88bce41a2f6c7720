// The rows of a comparison of any length: two calls of some megabytes have thousands. Only what is looked at is on the page.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { DifferenceRow } from '#contract';
import classes from './compare-screen.module.css';
import { keyOf, type RowsProps, shownOf, ValueRow } from './difference-rows.tsx';

/** Of a row in one line; the style sheet has the same. Where it differs, all places below are counted anew for each row. */
const rowPixels = 22;

interface ManyRowsProps extends RowsProps {
  rows: readonly DifferenceRow[];
  /** What scrolls around them. */
  scroller: HTMLElement;
}

export function ManyDifferenceRows({ rows, layout, onlyDifferences, onIgnore, scroller }: ManyRowsProps) {
  const shown = useMemo(() => shownOf(rows, onlyDifferences), [rows, onlyDifferences]);
  const list = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  // Heads in one line or two stand between the top and the list.
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    setAbove(Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop));
  }, [scroller]);
  // A row keeps its measured height as long as it looks the same.
  const keys = useMemo(() => shown.map((row) => `${layout} ${keyOf(row)}`), [shown, layout]);
  const keyAt = useCallback((index: number) => keys[index] ?? index, [keys]);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowPixels,
    overscan: 10,
    scrollMargin: above,
    getItemKey: keyAt,
  });
  return (
    <div
      ref={list}
      className={classes.rows}
      data-layout={layout}
      dir="ltr"
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map(({ index, start, key }) => {
        const row = shown[index];
        return (
          row && (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={classes.place}
              style={{ transform: `translateY(${start - above}px)` }}
            >
              <ValueRow row={row} layout={layout} onIgnore={onIgnore} />
            </div>
          )
        );
      })}
    </div>
  );
}
