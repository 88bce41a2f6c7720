// A list of texts, or an object of texts, as rows; anything else that JSON can hold is typed as JSON.
import { Button, Input, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import type { InputProps } from './input-props.ts';
import classes from './item-drawer.module.css';
import { objectOfRows, type Row, rowsOf, typedRows } from './value-rows.ts';

const words = text.manual;

export function RowsInput({ kind, ...props }: InputProps & { kind: 'list' | 'object' }) {
  const [asJson, setAsJson] = useState(false);
  const { label, description, error, typed, onType } = props;
  const rows = rowsOf(typed, kind);
  const isUnfinished = objectOfRows(typed) !== undefined;
  const toggle = rows && !isUnfinished && (
    <Button size="compact-xs" variant="subtle" onClick={() => setAsJson(!asJson)}>
      {asJson ? words.asRows : words.asJson}
    </Button>
  );
  if (asJson || !rows) {
    return (
      <div className={classes.grow}>
        <Textarea
          label={label}
          description={rows ? description : words.onlyJson(description)}
          error={error}
          autosize
          minRows={3}
          maxRows={12}
          placeholder={words.examples[kind]}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
        {toggle}
      </div>
    );
  }
  const change = (next: readonly Row[]) => onType(typedRows(next, kind));
  const replace = (index: number, part: Partial<Row>) =>
    change(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <Input.Wrapper
      className={classes.grow}
      labelElement="div"
      label={label}
      description={description}
      error={error}
    >
      <div role="group" aria-label={label} className={classes.rows}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
          <div key={index} className={classes.pair}>
            {kind === 'object' && (
              <TextInput
                className={classes.grow}
                aria-label={words.nameAt(label, index + 1)}
                placeholder={words.name}
                autoComplete="off"
                value={row.name}
                error={rows.some((other, at) => at < index && other.name === row.name) && words.nameTwice}
                onChange={(event) => replace(index, { name: event.currentTarget.value })}
              />
            )}
            <TextInput
              className={classes.grow}
              aria-label={words.valueAt(label, index + 1)}
              placeholder={words.value}
              autoComplete="off"
              value={row.value}
              onChange={(event) => replace(index, { value: event.currentTarget.value })}
            />
            <RemoveButton
              label={words.removeAt(label, index + 1)}
              onClick={() => change(rows.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <div className={classes.pair}>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            aria-label={words.addTo(label)}
            onClick={() => change([...rows, { name: '', value: '' }])}
          >
            {words.addRow}
          </Button>
          {toggle}
        </div>
      </div>
    </Input.Wrapper>
  );
}
