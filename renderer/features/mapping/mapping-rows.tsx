// The rows of the mapping: id, title, split, and the fields that can be added and removed; by event type where there are several.
import { Button, NativeSelect, Tabs, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { CallOutput, MappingRow } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { pathOfRow } from './draft-rows.ts';
import { EventRows } from './event-rows.tsx';
import type { DraftField, RowList, RowName } from './mapping-draft.ts';
import type { MappingEditorStore } from './mapping-editor-store.ts';
import { useMappingFacts } from './mapping-facts.ts';
import classes from './mapping-rows.module.css';
import { MoreRows } from './more-rows.tsx';
import { PathRow, type PathRowProps } from './path-row.tsx';
import { RowMenu } from './row-menu.tsx';
import { eventsWithOwn, rowLabel } from './row-words.ts';
import { SuggestionChips } from './suggestion-chips.tsx';

const types = ['text', 'number', 'date', 'boolean', 'list', 'object'] as const;
/** Tabs are known by their place: their ids must not hold what an event type may. */
const allCalls = 'all';
const eventsNamed = 3;
const tabOf = (place: number) => `event-${place}`;

interface MappingRowsProps {
  editor: MappingEditorStore;
  results: readonly MappingRow[];
  events: CallOutput<'mapping.get'>['events'];
}

type Common = Pick<PathRowProps, 'row' | 'result' | 'isFocused' | 'onFocus' | 'onPath' | 'path'>;

export function MappingRows({ editor, results, events }: MappingRowsProps) {
  const { history, focused } = useStore(editor.store);
  const { draft } = history;
  const [tab, setTab] = useState(allCalls);
  const shownEvent = events.find((_event, place) => tabOf(place) === tab)?.name;
  const common = (row: RowName): Common => ({
    row,
    path: pathOfRow(draft, row),
    result: results.find((result) => result.row === row),
    isFocused: focused === row,
    onFocus: () => editor.focus(row),
    onPath: (path: string) => editor.edit({ row, path }),
  });
  function choose(next: string) {
    setTab(next);
    const event = events.find((_event, place) => tabOf(place) === next);
    editor.focus(event ? `byEvent.${event.name}.id` : 'id');
  }
  const general = <GeneralRows editor={editor} common={common} />;
  return (
    <div className={classes.rows}>
      {events.length < 2 ? (
        general
      ) : (
        <Tabs
          value={shownEvent === undefined ? allCalls : tab}
          onChange={(value) => choose(value ?? allCalls)}
        >
          <Tabs.List aria-label={text.mapping.events} className={classes.events}>
            <Tabs.Tab value={allCalls}>{text.mapping.allEvents}</Tabs.Tab>
            {events.map(({ name, calls }, place) => (
              <Tabs.Tab key={name} value={tabOf(place)} data-own={draft.byEvent?.[name] !== undefined}>
                {text.mapping.eventTab(name, calls, draft.byEvent?.[name] !== undefined)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {/* Every tab names its panel, so all of them are there; only the chosen one has content. */}
          <Tabs.Panel value={allCalls} className={classes.panel}>
            {shownEvent === undefined && general}
          </Tabs.Panel>
          {events.map(({ name }, place) => (
            <Tabs.Panel key={name} value={tabOf(place)} className={classes.panel}>
              {shownEvent === name && <EventRows draft={draft} eventType={name} common={common} />}
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </div>
  );
}

interface GeneralRowsProps {
  editor: MappingEditorStore;
  common: (row: RowName) => Common;
}

function GeneralRows({ editor, common }: GeneralRowsProps) {
  const { draft } = useStore(editor.store).history;
  const { suggestions } = useMappingFacts();
  const add = (addTo: RowList) => editor.edit({ addTo });
  const menu = (row: RowName, label: string, lists: { fallbacks?: RowList; parts?: RowList }) => (
    <RowMenu
      label={label}
      {...lists}
      onAdd={add}
      onSource={(path) => {
        editor.focus(row);
        editor.edit({ row, path });
      }}
    />
  );
  function chips(row: 'id' | 'title') {
    const { path, result, onPath } = common(row);
    const needsOne = path.trim() === '' || result?.problem !== undefined;
    if (!needsOne || !suggestions) return null;
    return (
      <SuggestionChips label={text.mapping[row]} path={path} candidates={suggestions[row]} onTake={onPath} />
    );
  }
  /** Only where the id is not found as the call stands: a list inside an item is no reason to split it. */
  function splitChips() {
    const { path, onPath } = common('split');
    const { path: idPath, result } = common('id');
    const lacksId = idPath.trim() === '' || result?.problem !== undefined;
    if (path.trim() !== '' || !lacksId || !suggestions) return null;
    return (
      <SuggestionChips
        label={text.mapping.split}
        path={path}
        candidates={suggestions.split}
        onTake={onPath}
      />
    );
  }
  const placeholder = text.mapping.pathPlaceholder;
  return (
    <>
      <PathRow
        {...common('id')}
        label={text.mapping.id}
        about={text.mapping.idAbout}
        placeholder={placeholder}
        after={menu('id', text.mapping.id, { fallbacks: 'idFallbacks', parts: 'idParts' })}
        below={
          <>
            <OtherPaths events={eventsWithOwn(draft, 'id')} />
            {chips('id')}
          </>
        }
      />
      {(draft.idParts?.length ?? 0) > 0 && (
        <TextInput
          className={classes.separator}
          size="xs"
          label={text.mapping.separator}
          value={draft.idSeparator ?? ':'}
          maxLength={20}
          onChange={(event) => editor.edit({ separator: event.currentTarget.value })}
        />
      )}
      <SubRows list="idParts" count={draft.idParts?.length ?? 0} common={common} editor={editor} />
      <SubRows list="idFallbacks" count={draft.idFallbacks?.length ?? 0} common={common} editor={editor} />
      <PathRow
        {...common('title')}
        label={text.mapping.title}
        about={text.mapping.titleAbout}
        placeholder={placeholder}
        after={menu('title', text.mapping.title, { fallbacks: 'titleFallbacks' })}
        below={
          <>
            <OtherPaths events={eventsWithOwn(draft, 'title')} />
            {chips('title')}
          </>
        }
      />
      <SubRows
        list="titleFallbacks"
        count={draft.titleFallbacks?.length ?? 0}
        common={common}
        editor={editor}
      />
      <PathRow
        {...common('split')}
        label={text.mapping.split}
        about={text.mapping.splitAbout}
        placeholder={text.mapping.splitPlaceholder}
        below={
          <>
            <OtherPaths events={eventsWithOwn(draft, 'split')} />
            {splitChips()}
          </>
        }
      />
      {draft.fields.length > 0 && <h2 className={classes.heading}>{text.mapping.fields}</h2>}
      {draft.fields.map((field, index) => (
        <div key={field.key}>
          <FieldRow
            common={common(`fields.${index}`)}
            index={index}
            field={field}
            menu={menu(`fields.${index}`, text.mapping.fieldPath(index + 1), {
              fallbacks: `fields.${index}.fallbacks`,
            })}
            onName={(name) => editor.edit({ row: `fields.${index}`, name })}
            onType={(type) => editor.edit({ row: `fields.${index}`, type })}
            onRemove={() => editor.edit({ removeField: index })}
          />
          <SubRows
            list={`fields.${index}.fallbacks`}
            count={field.fallbacks?.length ?? 0}
            common={common}
            editor={editor}
          />
        </div>
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
      <MoreRows draft={draft} common={common} onEdit={editor.edit} />
    </>
  );
}

/** That some event types do not go by the general row: its value and share would be read wrongly otherwise. */
function OtherPaths({ events }: { events: readonly string[] }) {
  if (events.length === 0) return null;
  return (
    <p className={classes.own}>
      <PayloadText text={text.mapping.ownPaths(events.slice(0, eventsNamed), events.length - eventsNamed)} />
    </p>
  );
}

interface SubRowsProps {
  list: Exclude<RowList, 'unwrap'>;
  count: number;
  common: (row: RowName) => Common;
  editor: MappingEditorStore;
}

/** Fallbacks or parts of the row above, in their order. */
function SubRows({ list, count, common, editor }: SubRowsProps) {
  const { draft } = useStore(editor.store).history;
  const rows = Array.from({ length: count }, (_, index) => `${list}.${index}` as RowName);
  return rows.map((row) => {
    const label = rowLabel(draft, row);
    const { path, isFocused } = common(row);
    return (
      <PathRow
        key={row}
        {...common(row)}
        isSub
        label={label}
        takesCursor={path === '' && isFocused}
        placeholder={list === 'idParts' ? text.mapping.partPlaceholder : text.mapping.fallbackPlaceholder}
        after={
          <RemoveButton
            label={text.mapping.removeRow(label)}
            onClick={() => editor.edit({ removeRow: row })}
          />
        }
      />
    );
  });
}

interface FieldRowProps {
  common: Common;
  index: number;
  field: DraftField;
  menu: ReactNode;
  onName: (name: string) => void;
  onType: (type: DraftField['type']) => void;
  onRemove: () => void;
}

function FieldRow({ index, field, common, menu, onName, onType, onRemove }: FieldRowProps) {
  const number = index + 1;
  return (
    <PathRow
      {...common}
      label={text.mapping.fieldPath(number)}
      hideLabel
      placeholder={text.mapping.pathPlaceholder}
      before={
        <TextInput
          className={classes.name}
          aria-label={text.mapping.fieldName(number)}
          placeholder={text.mapping.namePlaceholder}
          value={field.name}
          autoFocus={field.name === '' && field.path === '' && common.isFocused}
          onFocus={common.onFocus}
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
            onFocus={common.onFocus}
            onChange={(event) => {
              const type = types.find((each) => each === event.currentTarget.value);
              if (type) onType(type);
            }}
          />
          {menu}
          <RemoveButton label={text.mapping.removeFieldNumber(number)} onClick={onRemove} />
        </>
      }
    />
  );
}
