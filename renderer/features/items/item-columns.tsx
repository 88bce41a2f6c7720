// The columns of View Data: those of every item, and one for each field.
import type { Item, ItemField } from '#contract';
import { formatCount } from '../../design/formats.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import type { VirtualColumn } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { FieldValue } from './field-value.tsx';
import classes from './view-data.module.css';

/** Fields that are shown until columns are chosen. */
const usualFields = 6;
const fixed = ['id', 'title', 'version', 'createdAt', 'updatedAt'] as const;

export function columnName(column: string): string {
  switch (column) {
    case 'id':
      return text.items.id;
    case 'title':
      return text.items.title;
    case 'version':
      return text.items.version;
    case 'createdAt':
      return text.items.createdColumn;
    case 'updatedAt':
      return text.items.updated;
    default:
      return column.slice('fields.'.length);
  }
}

/** Every column that can be shown, in their usual order. */
export function allColumns(fields: readonly ItemField[]): string[] {
  return ['id', 'title', ...fields.map(({ name }) => `fields.${name}`), ...fixed.slice(2)];
}

export function usualColumns(fields: readonly ItemField[]): string[] {
  const names = fields.slice(0, usualFields).map(({ name }) => `fields.${name}`);
  return ['id', 'title', ...names, 'version', 'updatedAt'];
}

export function itemColumns(
  shown: readonly string[],
  selection: { has(id: string): boolean; toggle(item: Item): void },
): VirtualColumn<Item>[] {
  let fields = 0;
  return [
    {
      key: 'select',
      header: text.items.select,
      hideHeader: true,
      width: '28px',
      cell: (item) => (
        // The browser's own, as in the list of captures: there is one in every row.
        <input
          type="checkbox"
          className={classes.choose}
          tabIndex={-1}
          aria-label={text.items.selectItem(item.title)}
          checked={selection.has(item.id)}
          onChange={() => selection.toggle(item)}
        />
      ),
    },
    ...shown.map((column): VirtualColumn<Item> => {
      if (column.startsWith('fields.')) fields += 1;
      return { ...columnOf(column, fields), key: column, header: columnName(column), isSortable: true };
    }),
  ];
}

function columnOf(column: string, field: number): Omit<VirtualColumn<Item>, 'key' | 'header'> {
  switch (column) {
    case 'id':
      return {
        width: 'minmax(4rem, 1fr)',
        cell: (item) => (
          <code className={classes.id}>
            <PayloadText text={item.externalId} />
          </code>
        ),
      };
    case 'title':
      return {
        width: 'minmax(5rem, 2fr)',
        cell: (item) => (
          <span className={classes.title}>
            <PayloadText text={item.title} />
          </span>
        ),
      };
    case 'version':
      return {
        width: 'minmax(5rem, 0.4fr)',
        align: 'end',
        hideBelow: 560,
        cell: (item) => formatCount(item.version),
      };
    case 'createdAt':
      return {
        width: 'minmax(8rem, 0.7fr)',
        align: 'end',
        hideBelow: 480,
        cell: (item) => <RelativeTime at={item.createdAt} />,
      };
    case 'updatedAt':
      return {
        width: 'minmax(6.5rem, 0.7fr)',
        align: 'end',
        hideBelow: 400,
        cell: (item) => <RelativeTime at={item.updatedAt} />,
      };
    default: {
      const name = column.slice('fields.'.length);
      return {
        width: 'minmax(6rem, 1fr)',
        hideBelow: 440 + field * 110,
        cell: (item) => (
          <FieldValue value={Object.hasOwn(item.fields, name) ? item.fields[name] : undefined} />
        ),
      };
    }
  }
}
