// The header cell of the table with its sort button, and the rows that stand in while nothing is known yet.
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
