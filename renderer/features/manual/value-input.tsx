// The input of one field's value, by its type, and the button that takes the field away.
import { Select, Textarea, TextInput } from '@mantine/core';
import type { ItemField } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import classes from './item-drawer.module.css';

const words = text.manual;

interface ValueInputProps {
  field: ItemField;
  typed: string;
  error: string | undefined;
  onType: (typed: string) => void;
  onRemove: () => void;
}

export function ValueInput({ field, typed, error, onType, onRemove }: ValueInputProps) {
  const shared = { className: classes.grow, label: field.name, description: words.types[field.type], error };
  return (
    <div className={classes.row}>
      {field.type === 'boolean' ? (
        <Select
          {...shared}
          data={[
            { value: 'true', label: words.yes },
            { value: 'false', label: words.no },
          ]}
          value={typed === '' ? null : typed}
          onChange={(value) => onType(value ?? '')}
          clearable
          clearButtonProps={{ 'aria-label': words.emptyField(field.name) }}
        />
      ) : field.type === 'list' || field.type === 'object' ? (
        <Textarea
          {...shared}
          rows={3}
          placeholder={words.examples[field.type]}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...shared}
          inputMode={field.type === 'number' ? 'decimal' : undefined}
          placeholder={field.type === 'date' ? words.examples.date : undefined}
          autoComplete="off"
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      )}
      <RemoveButton label={words.removeField(field.name)} onClick={onRemove} />
    </div>
  );
}
