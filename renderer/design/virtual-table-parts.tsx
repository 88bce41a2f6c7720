// The header cell of the table with its sort button, a row, and the rows that stand in while nothing is known yet.
import { memo } from 'react';
import styles from './virtual-table.module.css';
import type { Sort, VirtualColumn } from './virtual-table-model.ts';

const skeletonRows = [1, 2, 3, 4, 5, 6];

export function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: VirtualColumn<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}) {
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const next = direction === undefined ? 'ascending' : direction === 'ascending' ? 'descending' : undefined;
  const isSortable = column.isSortable || column.sortValue !== undefined;
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={isSortable ? (direction ?? 'none') : undefined}
      className={styles.headCell}
      data-align={column.align}
    >
      {isSortable ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort(next && { key: column.key, direction: next })}
        >
          {column.header}
          <span aria-hidden className={styles.arrow}>
            {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}
          </span>
        </button>
      ) : column.hideHeader ? (
        <span className="visually-hidden">{column.header}</span>
      ) : (
        column.header
      )}
    </div>
  );
}

interface TableRowProps<Row> {
  id: string;
  row: Row;
  columns: readonly VirtualColumn<Row>[];
  tracks: string;
  index: number;
  /** Where it stands, in pixels. */
  start: number;
  isSelected: boolean;
  isFresh: boolean;
  isMarked: boolean;
  opens: boolean;
}

/** Rendered again only where something of it changed: scrolling moves the others along, and calls may come in all the time. */
export const TableRow = memo(function TableRow<Row>(props: TableRowProps<Row>) {
  return (
    <div
      id={props.id}
      role="row"
      tabIndex={-1}
      aria-rowindex={props.index + 2}
      aria-selected={props.isSelected}
      className={styles.row}
      data-fresh={props.isFresh || undefined}
      data-marked={props.isMarked || undefined}
      data-opens={props.opens || undefined}
      style={{ gridTemplateColumns: props.tracks, transform: `translateY(${props.start}px)` }}
      data-index={props.index}
    >
      <RowCells row={props.row} columns={props.columns} />
    </div>
  );
}) as <Row>(props: TableRowProps<Row>) => React.ReactNode;

/** Apart from the row, whose place and state change more often than what stands in it. */
const RowCells = memo(function RowCells<Row>({
  row,
  columns,
}: {
  row: Row;
  columns: readonly VirtualColumn<Row>[];
}) {
  return columns.map((column) => (
    <div key={column.key} role="gridcell" tabIndex={-1} className={styles.cell} data-align={column.align}>
      {column.cell(row)}
    </div>
  ));
}) as <Row>(props: { row: Row; columns: readonly VirtualColumn<Row>[] }) => React.ReactNode;

/** The outline of the rows while the first answer is awaited. */
export function SkeletonRows<Row>({
  columns,
  tracks,
}: {
  columns: readonly VirtualColumn<Row>[];
  tracks: { gridTemplateColumns: string };
}) {
  return (
    <div aria-hidden>
      {skeletonRows.map((row) => (
        <div key={row} className={styles.skeletonRow} style={tracks}>
          {columns.map((column) => (
            <div key={column.key} className={styles.cell} data-align={column.align}>
              <span className={styles.skeleton} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
