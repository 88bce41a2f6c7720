// The drawer in which an item of a manual source is typed in or edited, together with the fields of the source.
import { Button, Drawer, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Item, ItemField, JsonValue } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { CloseQuestion } from '../../design/close-question.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import {
  draftOf,
  draftOver,
  fieldsNow,
  type ItemDraft,
  isDirty,
  typedBefore,
  typedNow,
} from './item-draft.ts';
import classes from './item-drawer.module.css';
import { valueTyped } from './item-values.ts';
import { NewField } from './new-field.tsx';
import { NewerVersion, useNewerVersion } from './newer-version.tsx';
import { ValueInput } from './value-input.tsx';

const words = text.manual;

interface ItemDrawerProps {
  dataSourceId: string;
  draft: ItemDraft;
  /** What was typed stands here since before the screen was opened. */
  isKept: boolean;
  fields: readonly ItemField[];
  onDraft: (draft: ItemDraft) => void;
  onClose: () => void;
  onSaved: (item: Item) => void;
}

export function ItemDrawer(props: ItemDrawerProps) {
  const { draft, fields } = props;
  const [asked, setAsked] = useState(false);
  function close() {
    // After this press of Esc is over: a question that opens now would take the same press for its own, and close again.
    if (isDirty(draft, fields)) setTimeout(() => setAsked(true));
    else props.onClose();
  }
  return (
    <Drawer.Root
      opened
      onClose={close}
      position="right"
      size="md"
      closeOnClickOutside={false}
      closeOnEscape={!asked}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title>{draft.item ? words.editItem : words.newItem}</Drawer.Title>
          <Drawer.CloseButton aria-label={text.window.close} />
        </div>
        <Drawer.Body>
          <ItemForm {...props} onCancel={close} />
        </Drawer.Body>
      </Drawer.Content>
      <CloseQuestion
        opened={asked}
        why={words.closeWhy}
        onStay={() => setAsked(false)}
        onClose={props.onClose}
      />
    </Drawer.Root>
  );
}

function ItemForm({
  dataSourceId,
  draft,
  isKept,
  fields: saved,
  onDraft,
  onClose,
  onCancel,
  onSaved,
}: ItemDrawerProps & { onCancel: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  // What is wrong may stand far above the button that was pressed.
  useEffect(() => {
    if (refusals === 0) return;
    const fault = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [id$="-error"]');
    fault?.focus({ preventScroll: true });
    fault?.scrollIntoView({ block: 'center' });
  }, [refusals]);
  const [touched, setTouched] = useState(false);
  const add = useAction('items.add');
  const edit = useAction('items.edit');
  const { item, externalId, title } = draft;
  const { newer, look } = useNewerVersion(item);
  const fields = fieldsNow(draft, saved);
  const problem = add.problem ?? edit.problem;
  const running = add.running || edit.running;
  const missing = title.trim() === '';
  const isFieldLeft = (draft.newField ?? '').trim() !== '';

  const change = (part: Partial<ItemDraft>) => onDraft({ ...draft, ...part });
  const changeFields = (now: ItemField[], part: Partial<ItemDraft> = {}) =>
    change({ fields: now, fieldsBefore: [...saved], ...part });
  const isChanged = (name: string) => typedNow(draft, name) !== typedBefore(draft, name);
  const at = (path: string) => problemAt(problem, path);
  const read = ({ name, type }: ItemField) => valueTyped(typedNow(draft, name), type);
  const errorOf = (field: ItemField) => {
    const value = read(field);
    return touched && isChanged(field.name) && 'problem' in value
      ? value.problem
      : (at(`fields.${field.name}`) ?? at(`fields.${field.name}.type`));
  };
  const isAtInput =
    problem?.path !== undefined &&
    [
      'title',
      'externalId',
      ...fields.flatMap(({ name }) => [`fields.${name}`, `fields.${name}.type`]),
    ].includes(problem.path);

  /** What was changed; undefined where something typed is not fit for its field. */
  function changedValues(): Record<string, JsonValue> | undefined {
    const entries: [string, JsonValue][] = [];
    for (const field of fields) {
      if (!isChanged(field.name)) continue;
      const value = read(field);
      if ('problem' in value) return undefined;
      entries.push([field.name, value.value]);
    }
    return Object.fromEntries(entries);
  }

  async function save() {
    setTouched(true);
    for (const action of [add, edit]) action.clear();
    const values = changedValues();
    if (missing || isFieldLeft || !values) return setRefusals((count) => count + 1);
    const given = {
      title: title.trim(),
      fields: values,
      ...(draft.fields && { sourceFields: [...fields], fieldsBasedOn: [...saved] }),
    };
    const answer = item
      ? await edit.run({ id: item.id, basedOn: item.version, ...given })
      : await add.run({
          dataSourceId,
          ...(externalId.trim() !== '' && { externalId: externalId.trim() }),
          ...given,
        });
    if (answer) return onSaved(answer.item);
    look();
    setRefusals((count) => count + 1);
  }

  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isKept && isDirty(draft, saved) && (
        <ProblemNotice tone="info" what={words.kept} action={{ label: words.startOver, onPress: onClose }} />
      )}
      <TextInput
        label={text.items.id}
        description={item ? words.idFixed : words.idAbout}
        value={item?.externalId ?? externalId}
        readOnly={item !== undefined}
        maxLength={500}
        autoComplete="off"
        error={at('externalId')}
        onChange={(event) => change({ externalId: event.currentTarget.value })}
      />
      <TextInput
        label={text.items.title}
        value={title}
        maxLength={1000}
        autoComplete="off"
        data-autofocus
        error={touched && missing ? words.titleMissing : at('title')}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      {fields.map((field) => (
        <ValueInput
          key={field.name}
          field={field}
          typed={typedNow(draft, field.name)}
          error={errorOf(field)}
          onType={(value) => change({ typed: { ...draft.typed, [field.name]: value } })}
          onChangeType={(type) =>
            changeFields(fields.map((each) => (each === field ? { ...field, type } : each)))
          }
          onRemove={() => changeFields(fields.filter((each) => each !== field))}
        />
      ))}
      <NewField
        name={draft.newField ?? ''}
        isLeft={touched}
        isTaken={(name) => fields.some((field) => field.name === name)}
        onName={(newField) => change({ newField })}
        onAdd={(field) => changeFields([...fields, field], { newField: '' })}
      />
      {problem && !isAtInput && !(newer && problem.code === 'item.conflict') && (
        <ProblemNotice {...problemWords(problem, words.notSaved)} />
      )}
      <div className={classes.foot}>
        {item && newer && !running && (
          <NewerVersion
            opened={item}
            newer={newer}
            onTakeNewer={() => onDraft(draftOf(newer))}
            onKeepTyped={() => onDraft(draftOver(draft, newer))}
          />
        )}
        <Button variant="default" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button type="submit" loading={running} disabled={newer !== undefined && !running}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
