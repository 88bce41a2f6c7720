// The input of one field's value, by its type, and the menu that changes the type or takes the field away.
import { ActionIcon, Menu, Select, Textarea, TextInput } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { type FieldType, fieldType, type ItemField } from '#contract';
import { text } from '../../text/en.ts';
import { DateInput } from './date-input.tsx';
import classes from './item-drawer.module.css';
import { RowsInput } from './rows-input.tsx';

const words = text.manual;

interface ValueInputProps {
  field: ItemField;
  typed: string;
  error: string | undefined;
  onType: (typed: string) => void;
  onChangeType: (type: FieldType) => void;
  onRemove: () => void;
}

export function ValueInput({ onChangeType, onRemove, ...input }: ValueInputProps) {
  const { field } = input;
  return (
    <div className={classes.field}>
      <Value {...input} />
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={words.fieldMenu(field.name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{words.changeType}</Menu.Label>
          <Menu.RadioGroup value={field.type} onChange={(type) => onChangeType(fieldType.parse(type))}>
            {fieldType.options.map((type) => (
              <Menu.RadioItem key={type} value={type} closeMenuOnClick>
                {words.types[type]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={onRemove}>
            {words.removeField(field.name)}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Value({
  field,
  typed,
  error,
  onType,
}: Pick<ValueInputProps, 'field' | 'typed' | 'error' | 'onType'>) {
  const { name, type } = field;
  const shared = { label: name, description: words.types[type], error };
  switch (type) {
    case 'boolean':
      return (
        <Select
          {...shared}
          className={classes.grow}
          data={[
            { value: 'true', label: words.yes },
            { value: 'false', label: words.no },
          ]}
          value={typed === '' ? null : typed}
          onChange={(value) => onType(value ?? '')}
          clearable
          clearButtonProps={{ 'aria-label': words.emptyField(name) }}
        />
      );
    case 'date':
      return <DateInput {...shared} typed={typed} onType={onType} />;
    case 'list':
    case 'object':
      return <RowsInput {...shared} kind={type} typed={typed} onType={onType} />;
    case 'number':
      return (
        <TextInput
          {...shared}
          className={classes.grow}
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      );
    case 'text':
      // An input of one line would drop the ends of lines from what is pasted.
      return (
        <Textarea
          {...shared}
          className={classes.grow}
          autosize
          minRows={1}
          maxRows={12}
          autoComplete="off"
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      );
  }
}
