// What the table computes: column tracks, sorted rows, where a key leads. Pure.
import type { ReactNode } from 'react';

export interface VirtualColumn<Row> {
  key: string;
  header: string;
  /** A CSS grid track: `120px`, `minmax(160px, 2fr)`. */
  width: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  /** Not shown while the table is narrower than this many pixels. */
  hideBelow?: number;
  /** Makes the column sortable. Rows without a value stay last. */
  sortValue?: (row: Row) => string | number | undefined;
  /** Sortable by whoever gives the rows; see `onSort` of the table. */
  isSortable?: boolean;
  /** The header is for screen readers only. */
  hideHeader?: boolean;
}

export interface Sort {
  key: string;
  direction: 'ascending' | 'descending';
}

export function tracksOf(columns: readonly { width: string }[]): string {
  return columns.map((column) => column.width).join(' ');
}

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The given order without `sort`; stable otherwise. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly VirtualColumn<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const sortValue = columns.find((column) => column.key === sort?.key)?.sortValue;
  if (!sort || !sortValue) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((left, right) => {
    const a = sortValue(left);
    const b = sortValue(right);
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * words.compare(String(a), String(b));
  });
}

/** Where a key leads from `current` (-1: nothing selected); undefined for keys that do not move. */
export function nextIndex(key: string, current: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, current + 1);
    case 'ArrowUp':
      return current < 0 ? last : Math.max(0, current - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, current) + page);
    case 'PageUp':
      return Math.max(0, current - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
