// The mapping as it is being edited: rows, edits, undo and redo. Pure; whether it is right is the engine's word.
import type { FieldType, Mapping, MappingField, UnwrapAs } from '#contract';
import { addedRow, pathOfRow, removedRow, withPath } from './draft-rows.ts';

/** `key` stays with a field while others are added and removed. */
export interface DraftField extends MappingField {
  key: number;
}

/** What only some mappings have stands as in the mapping itself. */
export interface Draft extends Omit<Mapping, 'split' | 'fields'> {
  id: string;
  title: string;
  split: string;
  fields: readonly DraftField[];
}

/** As the engine names the rows. */
export type RowName =
  | 'id'
  | 'title'
  | 'split'
  | 'updatedAt'
  | `fields.${number}`
  | `fields.${number}.fallbacks.${number}`
  | `idFallbacks.${number}`
  | `idParts.${number}`
  | `titleFallbacks.${number}`
  | `unwrap.${number}`
  | `byEvent.${string}`;

/** Lists of further rows. */
export type RowList = 'idFallbacks' | 'idParts' | 'titleFallbacks' | 'unwrap' | `fields.${number}.fallbacks`;

export type Edit =
  | { row: RowName; path: string }
  | { row: RowName; name: string }
  | { row: RowName; type: FieldType }
  | { row: RowName; pick: { path: string; name: string; type: FieldType } }
  | { take: Mapping }
  | { addTo: RowList }
  | { removeRow: RowName }
  | { row: `unwrap.${number}`; as: UnwrapAs }
  | { separator: string }
  | { absentKeeps: boolean }
  | { addField: true }
  | { removeField: number };

export function fieldIndex(row: RowName): number | undefined {
  const index = /^fields\.(\d+)$/.exec(row)?.[1];
  return index === undefined ? undefined : Number(index);
}

export function draftOf(mapping: Mapping): Draft {
  return {
    ...mapping,
    split: mapping.split ?? '',
    fields: (mapping.fields ?? []).map((field, index) => ({ key: index + 1, ...field })),
  };
}

/** An empty split and an empty list of fields are left out. */
export function mappingOf(draft: Draft): Mapping {
  const { split, fields: drafted, ...rest } = draft;
  const fields = drafted.map(({ key: _key, ...field }) => field);
  return {
    ...rest,
    ...(split.trim() !== '' && { split }),
    ...(fields.length > 0 && { fields }),
  };
}

/** Whether id, title, split and the paths by event type are those of a mapping. */
export function hasPathsOf(draft: Draft, mapping: Mapping): boolean {
  const events = (of: Pick<Mapping, 'byEvent'>) => JSON.stringify(of.byEvent ?? {});
  if (events(draft) !== events(mapping)) return false;
  return draft.id === mapping.id && draft.title === mapping.title && draft.split === (mapping.split ?? '');
}

export function applyEdit(draft: Draft, edit: Edit): Draft {
  if ('take' in edit) return { ...draft, ...draftOf(edit.take), fields: draft.fields };
  if ('addTo' in edit) return addedRow(draft, edit.addTo);
  if ('removeRow' in edit) return removedRow(draft, edit.removeRow);
  if ('separator' in edit) return { ...draft, idSeparator: edit.separator };
  if ('absentKeeps' in edit) return { ...draft, absentKeeps: edit.absentKeeps };
  if ('as' in edit) {
    const { row, as } = edit;
    const unwrap = (draft.unwrap ?? []).map((step, i) => (row === `unwrap.${i}` ? { ...step, as } : step));
    return { ...draft, unwrap };
  }
  if ('addField' in edit) {
    const key = Math.max(0, ...draft.fields.map((field) => field.key)) + 1;
    return { ...draft, fields: [...draft.fields, { key, name: '', path: '', type: 'text' }] };
  }
  if ('removeField' in edit) {
    return { ...draft, fields: draft.fields.filter((_, index) => index !== edit.removeField) };
  }
  const at = fieldIndex(edit.row);
  if (at === undefined) {
    const path = 'path' in edit ? edit.path : 'pick' in edit ? edit.pick.path : undefined;
    return path === undefined || pathOfRow(draft, edit.row) === path
      ? draft
      : withPath(draft, edit.row, path);
  }
  const fields = draft.fields.map((field, index) => {
    if (index !== at) return field;
    if ('path' in edit) return { ...field, path: edit.path };
    if ('name' in edit) return { ...field, name: edit.name };
    if ('type' in edit) return { ...field, type: edit.type };
    const isNew = field.name.trim() === '';
    return isNew
      ? { ...field, name: edit.pick.name, path: edit.pick.path, type: edit.pick.type }
      : { ...field, path: edit.pick.path };
  });
  return { ...draft, fields };
}

export interface History {
  draft: Draft;
  past: readonly Draft[];
  future: readonly Draft[];
  /** The last edit, so that typing in one place is undone in one step. */
  last?: { place: string; at: number };
}

const mostSteps = 200;
const typingPauseMs = 1000;

export function startHistory(draft: Draft): History {
  return { draft, past: [], future: [] };
}

/** `now` in milliseconds. Typing on in one place joins the step before. */
export function edited(history: History, edit: Edit, now: number): History {
  const draft = applyEdit(history.draft, edit);
  const place =
    'row' in edit && ('path' in edit || 'name' in edit)
      ? `${edit.row} ${'path' in edit ? 'path' : 'name'}`
      : undefined;
  const joins = place !== undefined && history.last?.place === place && now - history.last.at < typingPauseMs;
  return {
    draft,
    past: joins ? history.past : [...history.past, history.draft].slice(-mostSteps),
    future: [],
    ...(place !== undefined && { last: { place, at: now } }),
  };
}

export function undone(history: History): History {
  const draft = history.past.at(-1);
  if (!draft) return history;
  return { draft, past: history.past.slice(0, -1), future: [history.draft, ...history.future] };
}

export function redone(history: History): History {
  const [draft, ...future] = history.future;
  if (!draft) return history;
  return { draft, past: [...history.past, history.draft], future };
}
