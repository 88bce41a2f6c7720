// Chooses a field by its name and its value in the item of the preview.
import { MultiSelect, Select } from '@mantine/core';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';
import { choicesOf, type FieldOption, type FieldOptions } from './source-fields.ts';

const words = text.modules;

interface FieldChoiceProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  options: FieldOptions;
  moduleOptions?: readonly FieldOption[];
  error?: string | undefined;
  onChange: (value: string) => void;
}

function dataOf(options: FieldOptions, moduleOptions: readonly FieldOption[], chosen: readonly string[]) {
  const item = choicesOf(options, moduleOptions, chosen);
  if (moduleOptions.length === 0) return item;
  return [
    { group: words.itemGroup, items: item },
    {
      group: words.moduleGroup,
      items: moduleOptions.map(({ value, label }) => ({ value, label })),
    },
  ];
}

function optionOf(options: readonly FieldOption[]) {
  return ({ option }: { option: { value: string; label: string } }) => {
    const known = options.find(({ value }) => value === option.value);
    return (
      <span className={classes.option}>
        <span className={classes.optionName}>{option.label}</span>
        {known && <span className={classes.example}>{known.example ?? words.emptyValue}</span>}
      </span>
    );
  };
}

export function FieldChoice(props: FieldChoiceProps) {
  const { label, hideLabel = false, value, options, moduleOptions = [], error, onChange } = props;
  const all = [...(options ?? []), ...moduleOptions];
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      placeholder={words.chooseField}
      data={dataOf(options, moduleOptions, [value])}
      value={value === '' ? null : value}
      error={error}
      renderOption={optionOf(all)}
      onChange={(next) => next !== null && onChange(next)}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
    />
  );
}

interface FieldsChoiceProps {
  label: string;
  description: string;
  values: readonly string[];
  options: FieldOptions;
  error?: string | undefined;
  onChange: (values: string[]) => void;
}

export function FieldsChoice({ label, description, values, options, error, onChange }: FieldsChoiceProps) {
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={values.length === 0 ? words.chooseField : undefined}
      data={dataOf(options, [], values)}
      value={[...values]}
      error={error}
      renderOption={optionOf(options ?? [])}
      onChange={onChange}
      searchable
      hidePickedOptions
      maxDropdownHeight={320}
    />
  );
}
