// The rows of the mapping: id, title, split, and the fields that can be added and removed.
import { ActionIcon, Button, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { MappingRow } from '#contract';
import { text } from '../../text/en.ts';
import type { DraftField, RowName } from './mapping-draft.ts';
import type { MappingEditorStore } from './mapping-editor-store.ts';
import classes from './mapping-rows.module.css';
import { PathRow } from './path-row.tsx';

const types = ['text', 'number', 'date', 'boolean', 'list', 'object'] as const;

interface MappingRowsProps {
  editor: MappingEditorStore;
  results: readonly MappingRow[];
}

export function MappingRows({ editor, results }: MappingRowsProps) {
  const { history, focused } = useStore(editor.store);
  const { draft } = history;
  const common = (row: RowName) => ({
    row,
    result: results.find((result) => result.row === row),
    isFocused: focused === row,
    onFocus: () => editor.focus(row),
    onPath: (path: string) => editor.edit({ row, path }),
  });
  return (
    <div className={classes.rows}>
      <PathRow
        {...common('id')}
        label={text.mapping.id}
        about={text.mapping.idAbout}
        path={draft.id}
        placeholder={text.mapping.pathPlaceholder}
      />
      <PathRow
        {...common('title')}
        label={text.mapping.title}
        about={text.mapping.titleAbout}
        path={draft.title}
        placeholder={text.mapping.pathPlaceholder}
      />
      <PathRow
        {...common('split')}
        label={text.mapping.split}
        about={text.mapping.splitAbout}
        path={draft.split}
        placeholder={text.mapping.splitPlaceholder}
      />
      {draft.fields.length > 0 && <h2 className={classes.heading}>{text.mapping.fields}</h2>}
      {draft.fields.map((field, index) => (
        <FieldRow
          key={field.key}
          {...common(`fields.${index}`)}
          index={index}
          field={field}
          onName={(name) => editor.edit({ row: `fields.${index}`, name })}
          onType={(type) => editor.edit({ row: `fields.${index}`, type })}
          onRemove={() => editor.edit({ removeField: index })}
        />
      ))}
      <div className={classes.add}>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => editor.edit({ addField: true })}
        >
          {text.mapping.addField}
        </Button>
      </div>
    </div>
  );
}

interface FieldRowProps {
  row: RowName;
  index: number;
  field: DraftField;
  result: MappingRow | undefined;
  isFocused: boolean;
  onFocus: () => void;
  onPath: (path: string) => void;
  onName: (name: string) => void;
  onType: (type: DraftField['type']) => void;
  onRemove: () => void;
}

function FieldRow({ index, field, onName, onType, onRemove, ...row }: FieldRowProps) {
  const number = index + 1;
  return (
    <PathRow
      {...row}
      label={text.mapping.fieldPath(number)}
      hideLabel
      path={field.path}
      placeholder={text.mapping.pathPlaceholder}
      before={
        <TextInput
          className={classes.name}
          aria-label={text.mapping.fieldName(number)}
          placeholder={text.mapping.namePlaceholder}
          value={field.name}
          autoFocus={field.name === '' && field.path === '' && row.isFocused}
          onFocus={row.onFocus}
          onChange={(event) => onName(event.currentTarget.value)}
        />
      }
      after={
        <>
          <NativeSelect
            className={classes.type}
            aria-label={text.mapping.fieldType(number)}
            value={field.type}
            data={types.map((value) => ({ value, label: text.mapping.types[value] }))}
            onFocus={row.onFocus}
            onChange={(event) => {
              const type = types.find((each) => each === event.currentTarget.value);
              if (type) onType(type);
            }}
          />
          <Tooltip label={text.mapping.removeField}>
            <ActionIcon aria-label={text.mapping.removeFieldNumber(number)} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      }
    />
  );
}
