// The list of this application: virtual rows of 36 px, sticky header, sorting, keyboard, a selection that survives
// updates, and a place that does not jump when new rows come in above. Knows nothing of what the rows are.
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ReactNode,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { text } from '../text/en.ts';
import { useArrivals } from './use-arrivals.ts';
import { useSteadyRows } from './use-steady-rows.ts';
import styles from './virtual-table.module.css';
import { nextIndex, type Sort, sortRows, tracksOf, type VirtualColumn } from './virtual-table-model.ts';
import { HeaderCell, SkeletonRows, TableRow } from './virtual-table-parts.tsx';

export type { VirtualColumn } from './virtual-table-model.ts';

const rowHeight = 36;
/** So many rows before the last one, more are fetched. */
const endIsNear = 20;

export interface VirtualTableProps<Row> {
  /** What is listed, for screen readers ("Connected Data Sources"). */
  label: string;
  rows: readonly Row[] | undefined;
  columns: readonly VirtualColumn<Row>[];
  rowKey: (row: Row) => string;
  /** Enter, and a click unless `onSelect` alone is given. */
  onOpen?: (row: Row) => void;
  /** Controlled selection; without it the table keeps its own. */
  selected?: string | undefined;
  onSelect?: (row: Row) => void;
  /** Where the rows come sorted: what they are sorted by, and what a press on a header asks for. */
  sort?: Sort | undefined;
  onSort?: (sort: Sort | undefined) => void;
  /** The space bar on the selected row. */
  onToggle?: (row: Row) => void;
  /** Shown in the place of the rows when there are none. */
  empty: ReactNode;
  /** Rows that come in at the top are tinted, and counted when the reader has scrolled away. */
  live?: boolean;
  /** More rows can be fetched: called when the end comes near. */
  onReachEnd?: () => void;
  /** The reader left the top, or came back to it. */
  onAway?: (away: boolean) => void;
  /** How many rows wait above for a reader who is away, where the owner of the rows counts them. */
  waitingAbove?: number;
  /** More rows than one can count have come in above a reader who is away; they are fetched at the top. */
  manyAbove?: boolean;
  /** Rows that stand out, such as those of a choice of several. */
  isMarked?: (row: Row) => boolean;
}

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rowKey, onOpen, onSelect, live = false, onReachEnd } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: widthRef, width } = useElementSize();
  const [ownSelected, setOwnSelected] = useState<string>();
  const [ownSort, setOwnSort] = useState<Sort>();
  const isGivenSorted = props.onSort !== undefined;
  const sort = isGivenSorted ? props.sort : ownSort;
  const shown = useMemo(
    () => columns.filter((column) => !column.hideBelow || width === 0 || width >= column.hideBelow),
    [columns, width],
  );
  const rows = useMemo(
    () => (isGivenSorted ? (props.rows ?? []) : sortRows(props.rows ?? [], columns, sort)),
    [props.rows, columns, sort, isGivenSorted],
  );
  const selected = props.selected ?? ownSelected;
  // Scrolling renders this once a frame, over lists of any length.
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  // The same until the rows change: with another one, every row's place is counted anew.
  const keyAt = useCallback((index: number) => keys[index] ?? index, [keys]);
  const selectedIndex = useMemo(
    () => (selected === undefined ? -1 : keys.indexOf(selected)),
    [keys, selected],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyAt,
    overscan: 8,
    scrollPaddingStart: rowHeight,
  });
  const isAway = useRef(false);
  function noteScroll() {
    steady.onScroll();
    arrivals.onScroll();
    const away = (scroller.current?.scrollTop ?? 0) > rowHeight / 2;
    if (away === isAway.current) return;
    isAway.current = away;
    props.onAway?.(away);
  }
  // A choice from outside (a key, an address) is brought into view.
  const bringIntoView = useEffectEvent(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex);
  });
  useEffect(() => {
    if (props.selected !== undefined) bringIntoView();
  }, [props.selected]);
  const arrivals = useArrivals({ enabled: live, keys, scroller, rowHeight });
  const steady = useSteadyRows({ keys, order: JSON.stringify(sort ?? null), scroller, rowHeight });

  function select(index: number) {
    const row = rows[index];
    if (row === undefined) return;
    setOwnSelected(rowKey(row));
    onSelect?.(row);
    virtualizer.scrollToIndex(index);
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.target !== event.currentTarget) return;
    const row = rows[selectedIndex];
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen?.(row);
      return;
    }
    if (event.key === ' ' && props.onToggle && row !== undefined) {
      event.preventDefault();
      props.onToggle(row);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = nextIndex(event.key, selectedIndex, rows.length, page);
    if (next === undefined) return;
    event.preventDefault();
    select(next);
  }

  /** One listener for all rows; buttons and links inside a row keep their own meaning. */
  function onClick(event: React.MouseEvent) {
    if (!(event.target instanceof Element) || event.target.closest('button, a, input, label')) return;
    const index = Number(event.target.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN);
    const row = rows[index];
    if (row === undefined) return;
    scroller.current?.focus({ preventScroll: true });
    select(index);
    onOpen?.(row);
  }

  const tracks = useMemo(() => ({ gridTemplateColumns: tracksOf(shown) }), [shown]);
  const waiting = props.rows === undefined;
  const above = arrivals.above + (props.waitingAbove ?? 0);
  const virtualRows = virtualizer.getVirtualItems();
  // Asked after the rows are shown: one jump to the end (End, the scrollbar) makes one scroll event only.
  const nearEnd = (virtualRows.at(-1)?.index ?? -1) >= rows.length - endIsNear;
  const reachEnd = useEffectEvent(() => onReachEnd?.());
  useEffect(() => {
    if (nearEnd && rows.length > 0) reachEnd();
  }, [nearEnd, rows.length]);

  return (
    <div className={styles.frame} ref={widthRef}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={shown.length}
        aria-busy={waiting}
        aria-activedescendant={selectedIndex >= 0 ? `${id}-${selected}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onScroll={noteScroll}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} tabIndex={-1} className={styles.headRow} style={tracks}>
            {shown.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={props.onSort ?? setOwnSort} />
            ))}
          </div>
        </div>
        {waiting && <SkeletonRows columns={shown} tracks={tracks} />}
        {rows.length > 0 && (
          <div role="rowgroup" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualRows.map(({ index, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              const key = rowKey(row);
              return (
                <TableRow
                  key={key}
                  id={`${id}-${key}`}
                  row={row}
                  columns={shown}
                  tracks={tracks.gridTemplateColumns}
                  index={index}
                  start={start}
                  isSelected={key === selected}
                  isFresh={arrivals.isFresh(key)}
                  isMarked={props.isMarked?.(row) ?? false}
                  opens={Boolean(onOpen ?? onSelect)}
                />
              );
            })}
          </div>
        )}
      </div>
      {!waiting && rows.length === 0 && <div className={styles.empty}>{props.empty}</div>}
      {(props.manyAbove || above > 0) && (
        <button type="button" className={styles.above} onClick={arrivals.toTop}>
          {props.manyAbove ? text.table.manyNewRows : text.table.newRows(above)}
        </button>
      )}
    </div>
  );
}
