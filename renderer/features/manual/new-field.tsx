// A field to be added: its name and its type.
import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type FieldType, fieldType, type ItemField } from '#contract';
import { text } from '../../text/en.ts';
import classes from './item-drawer.module.css';

const words = text.manual;
const types = fieldType.options.map((value) => ({ value, label: words.types[value] }));

interface NewFieldProps {
  name: string;
  /** Save was pressed while a name stands here. */
  isLeft: boolean;
  isTaken: (name: string) => boolean;
  onName: (name: string) => void;
  onAdd: (field: ItemField) => void;
}

export function NewField({ name, isLeft, isTaken, onName, onAdd }: NewFieldProps) {
  const [type, setType] = useState<FieldType>('text');
  const taken = isTaken(name.trim());

  function add() {
    if (name.trim() === '' || taken) return;
    onAdd({ name: name.trim(), type });
  }

  return (
    <fieldset className={classes.newField}>
      <legend className={classes.legend}>{words.newField}</legend>
      <p className={classes.about}>{words.newFieldAbout}</p>
      <div className={classes.row}>
        <TextInput
          className={classes.grow}
          label={words.fieldName}
          maxLength={120}
          autoComplete="off"
          value={name}
          error={taken ? words.fieldTaken : isLeft && name.trim() !== '' && words.fieldLeft}
          onChange={(event) => onName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Select
          className={classes.type}
          label={words.fieldType}
          data={types}
          value={type}
          allowDeselect={false}
          onChange={(value) => setType(fieldType.parse(value))}
        />
      </div>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={name.trim() === '' || taken}
        onClick={add}
      >
        {words.addField}
      </Button>
    </fieldset>
  );
}
