// Which columns View Data shows; the engine remembers the choice for each data source.
import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { columnName } from './item-columns.tsx';
import classes from './view-data.module.css';

interface ColumnChoiceProps {
  columns: readonly string[];
  shown: readonly string[];
  isChosen: boolean;
  /** Undefined: back to the usual ones. */
  onChange: (columns: string[] | undefined) => void;
}

export function ColumnChoice({ columns, shown, isChosen, onChange }: ColumnChoiceProps) {
  const toggle = (column: string) =>
    onChange(columns.filter((each) => (each === column ? !shown.includes(each) : shown.includes(each))));
  return (
    <Popover position="bottom-end" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          {text.items.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.popover}>
        <ul className={classes.columnList} aria-label={text.items.columns}>
          {columns.map((column) => (
            <li key={column}>
              <Checkbox
                size="xs"
                label={<PayloadText text={columnName(column)} />}
                checked={shown.includes(column)}
                disabled={shown.length === 1 && shown[0] === column}
                onChange={() => toggle(column)}
              />
            </li>
          ))}
        </ul>
        {isChosen && (
          <div className={classes.popoverFoot}>
            <Button size="xs" variant="subtle" onClick={() => onChange(undefined)}>
              {text.items.usualColumns}
            </Button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
