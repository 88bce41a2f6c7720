// Fields of a module: from the source (chosen by the values of the item at hand), typed in, or made by a formula. In order,
// since a formula can use those above it.
import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { FieldType, TemplateValue } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { TemplateField } from '../request-parts/template-field.tsx';
import classes from './builder.module.css';
import { FieldChoice } from './field-choice.tsx';
import { type DraftField, moved, newField } from './module-draft.ts';
import { type Faults, faultAt } from './module-input.ts';
import { MoveButtons } from './move-buttons.tsx';
import rowsClasses from './rows.module.css';
import type { FieldOptions } from './source-fields.ts';

const words = text.modules;
const types: readonly FieldType[] = ['text', 'number', 'date', 'boolean', 'list', 'object'];
const froms = ['source', 'manual', 'formula'] as const;

/** The value of a field of the module in the preview, or why it has none. */
export interface LiveField {
  name: string;
  text?: string | undefined;
  problem?: string | undefined;
}

interface ModuleFieldsProps {
  fields: readonly DraftField[];
  options: FieldOptions;
  values: readonly TemplateValue[];
  live: readonly LiveField[];
  faults: Faults;
  onChange: (fields: readonly DraftField[]) => void;
}

export function ModuleFields({ fields, options, values, live, faults, onChange }: ModuleFieldsProps) {
  return (
    <div className={classes.stack}>
      {fields.length > 0 && (
        <ul className={rowsClasses.rows} aria-label={words.fieldsList}>
          {fields.map((field, index) => (
            <FieldRow
              key={field.key}
              field={field}
              options={options}
              values={values}
              live={live.find(({ name }) => name === field.name.trim())}
              faults={faults}
              place={`fields.${index}`}
              isFirst={index === 0}
              isLast={index === fields.length - 1}
              onChange={(next) => onChange(fields.with(index, next))}
              onMove={(by) => onChange(moved(fields, index, index + by))}
              onRemove={() => onChange(fields.toSpliced(index, 1))}
            />
          ))}
        </ul>
      )}
      <AddField options={options} onAdd={(field) => onChange([...fields, field])} />
    </div>
  );
}

function AddField({ options, onAdd }: { options: FieldOptions; onAdd: (field: DraftField) => void }) {
  return (
    <div>
      <Menu position="bottom-start" width={320}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />}>
            {words.addField}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={rowsClasses.addMenu}>
          <Menu.Item onClick={() => onAdd(newField('manual'))}>{words.addManual}</Menu.Item>
          <Menu.Item onClick={() => onAdd(newField('formula'))}>{words.addFormula}</Menu.Item>
          <Menu.Divider />
          <Menu.Label>{words.addFromSource}</Menu.Label>
          {options?.map(({ value, label, example, type }) => (
            <Menu.Item key={value} onClick={() => onAdd(newField('source', label, value, typeOf(type)))}>
              <span className={classes.option}>
                <span className={classes.optionName}>{label}</span>
                <span className={classes.example}>{example ?? words.emptyValue}</span>
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

const typeOf = (type: string): FieldType => types.find((each) => each === type) ?? 'text';

interface FieldRowProps {
  field: DraftField;
  options: FieldOptions;
  values: readonly TemplateValue[];
  live: LiveField | undefined;
  faults: Faults;
  place: string;
  isFirst: boolean;
  isLast: boolean;
  onChange: (field: DraftField) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

function FieldRow(props: FieldRowProps) {
  const { field, options, values, live, faults, place, onChange, onMove } = props;
  return (
    <li className={rowsClasses.field}>
      <TextInput
        aria-label={words.fieldName}
        placeholder={words.fieldName}
        value={field.name}
        maxLength={120}
        error={faultAt(faults, `${place}.name`)}
        onChange={(event) => onChange({ ...field, name: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={words.from}
        value={field.from}
        data={froms.map((value) => ({ value, label: words.froms[value] }))}
        onChange={(event) =>
          onChange({ ...field, from: froms.find((each) => each === event.currentTarget.value) ?? field.from })
        }
      />
      <NativeSelect
        aria-label={words.fieldType}
        value={field.type}
        data={types.map((value) => ({ value, label: words.types[value] }))}
        onChange={(event) => onChange({ ...field, type: typeOf(event.currentTarget.value) })}
      />
      <div className={rowsClasses.rowButtons}>
        <MoveButtons isFirst={props.isFirst} isLast={props.isLast} onMove={onMove} />
        <RemoveButton label={words.removeField(field.name)} onClick={props.onRemove} />
      </div>
      <div className={rowsClasses.fieldValue}>
        {field.from === 'source' && (
          <FieldChoice
            label={words.froms.source}
            hideLabel
            value={field.field}
            options={options}
            error={faultAt(faults, `${place}.from.field`)}
            onChange={(value) =>
              onChange({
                ...field,
                field: value,
                name:
                  field.name === ''
                    ? (options?.find((each) => each.value === value)?.label ?? '')
                    : field.name,
              })
            }
          />
        )}
        {field.from === 'manual' && (
          <TextInput
            aria-label={words.manualValue}
            placeholder={words.manualValue}
            value={field.value}
            error={faultAt(faults, `${place}.from.value`)}
            onChange={(event) => onChange({ ...field, value: event.currentTarget.value })}
          />
        )}
        {field.from === 'formula' && (
          <TemplateField
            label={words.formula}
            hideLabel
            singleLine
            placeholder={words.formulaPlaceholder}
            value={field.formula}
            values={values}
            faults={[]}
            error={faultAt(faults, `${place}.from.formula`)}
            onChange={(formula) => onChange({ ...field, formula })}
          />
        )}
      </div>
      {live && (
        <p className={rowsClasses.below}>
          {live.problem === undefined ? (
            <>
              {words.now}:{' '}
              <PayloadText
                text={live.text === '' || live.text === undefined ? words.emptyValue : live.text}
              />
            </>
          ) : (
            <span className={classes.bad}>{live.problem}</span>
          )}
        </p>
      )}
    </li>
  );
}
