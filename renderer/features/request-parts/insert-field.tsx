// A list of what a template can insert, with the values of the item at hand; searched by name and by value.
import { ActionIcon, Button, Combobox, useCombobox } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import type { TemplateValue } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './request-parts.module.css';

const words = text.requestParts;
const mostShown = 200;

interface InsertFieldProps {
  /** Which field it inserts into, for screen readers. */
  into: string;
  values: readonly TemplateValue[];
  onInsert: (expression: string) => void;
  /** An icon only, beside a field of one line. */
  small?: boolean;
}

export function InsertField({ into, values, onInsert, small = false }: InsertFieldProps) {
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const wanted = search.trim().toLowerCase();
  const shown = values
    .filter(
      ({ expression, example }) =>
        expression.toLowerCase().includes(wanted) || example.toLowerCase().includes(wanted),
    )
    .slice(0, mostShown);
  return (
    <Combobox
      store={combobox}
      position="bottom-end"
      width={360}
      withinPortal
      onOptionSubmit={(expression) => {
        combobox.closeDropdown();
        onInsert(expression);
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        {small ? (
          <ActionIcon
            aria-label={words.insertInto(into)}
            title={words.insertField}
            onClick={() => combobox.toggleDropdown()}
          >
            <IconBraces size={16} aria-hidden />
          </ActionIcon>
        ) : (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={words.insertInto(into)}
            leftSection={<IconBraces size={14} aria-hidden />}
            onClick={() => combobox.toggleDropdown()}
          >
            {words.insertField}
          </Button>
        )}
      </Combobox.Target>
      <Combobox.Dropdown className={classes.dropdown}>
        <Combobox.Search
          aria-label={words.searchFields}
          placeholder={words.searchFields}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Combobox.Options className={classes.options} aria-label={words.insertField}>
          {shown.length === 0 ? (
            <Combobox.Empty>{values.length === 0 ? words.noFields : words.nothingFound}</Combobox.Empty>
          ) : (
            shown.map(({ expression, example }) => (
              <Combobox.Option key={expression} value={expression} className={classes.option}>
                <code className={classes.expression}>{expression}</code>
                <span className={classes.example}>
                  <PayloadText text={example} />
                </span>
              </Combobox.Option>
            ))
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
