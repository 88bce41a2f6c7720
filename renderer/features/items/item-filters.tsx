// The filters of View Data: a column, a comparison, a value; an item must fit all of them.
import { Button, NativeSelect, Popover, TextInput } from '@mantine/core';
import { IconFilter, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ItemFilter } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { columnName } from './item-columns.tsx';
import classes from './view-data.module.css';

interface ItemFiltersProps {
  columns: readonly string[];
  filters: readonly ItemFilter[];
  onChange: (filters: ItemFilter[]) => void;
}

const operators = ['contains', 'equals', 'greater', 'less', 'empty', 'notEmpty'] as const;
const takesValue = (is: ItemFilter['is']) => is !== 'empty' && is !== 'notEmpty';

/** A filter without its value yet chooses nothing, so it stays here until it is whole. */
const isWhole = ({ is, value }: ItemFilter) => !takesValue(is) || (value ?? '') !== '';

export function ItemFilters({ columns, filters, onChange }: ItemFiltersProps) {
  const [drafts, setDrafts] = useState<{ key: number; filter: ItemFilter }[]>([]);
  const [lastKey, setLastKey] = useState(0);
  const [isOpen, setOpen] = useState(false);

  function open(opened: boolean) {
    setOpen(opened);
    if (!opened) return;
    const given = filters.length > 0 ? filters : [newFilter(columns)];
    setDrafts(given.map((filter, i) => ({ key: lastKey + i + 1, filter })));
    setLastKey(lastKey + given.length);
  }
  function become(next: { key: number; filter: ItemFilter }[]) {
    setDrafts(next);
    onChange(next.map(({ filter }) => filter).filter(isWhole));
  }
  function change(key: number, with_: Partial<ItemFilter>) {
    become(
      drafts.map((draft) => (draft.key === key ? { key, filter: { ...draft.filter, ...with_ } } : draft)),
    );
  }

  return (
    <Popover opened={isOpen} onChange={open} position="bottom-start" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button
          variant={filters.length > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={() => open(!isOpen)}
        >
          {filters.length > 0 ? text.items.filtersSet(filters.length) : text.items.filters}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.popover}>
        <p className={classes.popoverWords}>{text.items.noFilters}</p>
        {drafts.map(({ key, filter }) => (
          <fieldset key={key} className={classes.filter}>
            <NativeSelect
              aria-label={text.items.filterColumn}
              value={filter.column}
              data={columns.map((column) => ({ value: column, label: columnName(column) }))}
              onChange={(event) => change(key, { column: event.currentTarget.value })}
            />
            <NativeSelect
              aria-label={text.items.filterOperator}
              value={filter.is}
              data={operators.map((is) => ({ value: is, label: text.items.operators[is] }))}
              onChange={(event) => {
                const is = operators.find((each) => each === event.currentTarget.value) ?? 'contains';
                change(key, { is });
              }}
            />
            {takesValue(filter.is) && (
              <TextInput
                className={classes.filterValue}
                aria-label={text.items.filterValue}
                placeholder={text.items.filterValue}
                value={filter.value ?? ''}
                data-autofocus
                onChange={(event) => change(key, { value: event.currentTarget.value })}
              />
            )}
            <RemoveButton
              label={text.items.removeFilter}
              onClick={() => become(drafts.filter((draft) => draft.key !== key))}
            />
          </fieldset>
        ))}
        <div className={classes.popoverFoot}>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              setDrafts([...drafts, { key: lastKey + 1, filter: newFilter(columns) }]);
              setLastKey(lastKey + 1);
            }}
          >
            {text.items.addFilter}
          </Button>
          {drafts.length > 0 && (
            <Button size="xs" variant="subtle" onClick={() => become([])}>
              {text.items.clearFilters}
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

const newFilter = (columns: readonly string[]): ItemFilter => ({
  column: columns.find((column) => column === 'title') ?? columns[0] ?? 'id',
  is: 'contains',
  value: '',
});
