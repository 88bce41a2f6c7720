// The drawer in which an item of a manual source is typed in or edited, together with the fields of the source.
import { Button, Drawer, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Item, ItemField, JsonValue } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './item-drawer.module.css';
import { typedOf, valueTyped } from './item-values.ts';
import { NewField } from './new-field.tsx';
import { ValueInput } from './value-input.tsx';

const words = text.manual;

interface ItemDrawerProps {
  dataSourceId: string;
  /** The item to edit; a new one where it is left out. */
  item: Item | undefined;
  fields: readonly ItemField[];
  onClose: () => void;
  onFields: () => void;
  onSaved: (item: Item) => void;
}

export function ItemDrawer(props: ItemDrawerProps) {
  return (
    <Drawer.Root opened onClose={props.onClose} position="right" size="md" closeOnClickOutside={false}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title>{props.item ? words.editItem : words.newItem}</Drawer.Title>
          <Drawer.CloseButton aria-label={text.window.close} />
        </div>
        <Drawer.Body>
          <ItemForm {...props} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function ItemForm({ dataSourceId, item, fields: saved, onClose, onFields, onSaved }: ItemDrawerProps) {
  const [externalId, setExternalId] = useState('');
  const [title, setTitle] = useState(item?.title ?? '');
  const [ownFields, setOwnFields] = useState<readonly ItemField[]>();
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const [touched, setTouched] = useState(false);
  const setFields = useAction('items.setFields');
  const add = useAction('items.add');
  const edit = useAction('items.edit');
  const fields = ownFields ?? saved;
  const problem = setFields.problem ?? add.problem ?? edit.problem;
  const running = setFields.running || add.running || edit.running;
  const missing = title.trim() === '';

  const before = (name: string) =>
    typedOf(item && Object.hasOwn(item.fields, name) ? item.fields[name] : undefined);
  const now = (name: string) => typed.get(name) ?? before(name);
  const at = (path: string) => (problem?.path === path ? problem.message : undefined);
  const read = ({ name, type }: ItemField) => valueTyped(now(name), type);
  const errorOf = (field: ItemField) => {
    const value = read(field);
    return touched && 'problem' in value ? value.problem : at(`fields.${field.name}`);
  };
  const isAtInput =
    problem?.path !== undefined &&
    ['title', 'externalId', ...fields.map(({ name }) => `fields.${name}`)].includes(problem.path);

  /** What was changed; undefined where something typed is not fit for its field. */
  function changedValues(): Record<string, JsonValue> | undefined {
    const entries: [string, JsonValue][] = [];
    for (const field of fields) {
      const value = read(field);
      if ('problem' in value) return undefined;
      if (now(field.name) !== before(field.name)) entries.push([field.name, value.value]);
    }
    return Object.fromEntries(entries);
  }

  async function save() {
    setTouched(true);
    for (const action of [setFields, add, edit]) action.clear();
    const values = changedValues();
    if (missing || !values) return;
    if (ownFields) {
      if (!(await setFields.run({ dataSourceId, fields: [...ownFields] }))) return;
      onFields();
    }
    const answer = item
      ? await edit.run({ id: item.id, title: title.trim(), fields: values })
      : await add.run({
          dataSourceId,
          ...(externalId.trim() !== '' && { externalId: externalId.trim() }),
          title: title.trim(),
          fields: values,
        });
    if (answer) onSaved(answer.item);
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        label={text.items.id}
        description={item ? words.idFixed : words.idAbout}
        value={item?.externalId ?? externalId}
        readOnly={item !== undefined}
        maxLength={500}
        autoComplete="off"
        error={at('externalId')}
        onChange={(event) => setExternalId(event.currentTarget.value)}
      />
      <TextInput
        label={text.items.title}
        value={title}
        maxLength={1000}
        autoComplete="off"
        data-autofocus
        error={touched && missing ? words.titleMissing : at('title')}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {fields.map((field) => (
        <ValueInput
          key={field.name}
          field={field}
          typed={now(field.name)}
          error={errorOf(field)}
          onType={(value) => setTyped(new Map(typed).set(field.name, value))}
          onRemove={() => setOwnFields(fields.filter((each) => each !== field))}
        />
      ))}
      <NewField
        isTaken={(name) => fields.some((field) => field.name === name)}
        onAdd={(field) => setOwnFields([...fields, field])}
      />
      {problem && !isAtInput && <ProblemNotice {...problemWords(problem, words.notSaved)} />}
      <div className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" loading={running}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
