// The mapping as it is being edited: rows, edits, undo and redo. Pure; whether it is right is the engine's word.
import type { FieldType, Mapping } from '#contract';

/** `key` stays with a field while others are added and removed. */
export interface DraftField {
  key: number;
  name: string;
  path: string;
  type: FieldType;
}

export interface Draft {
  id: string;
  title: string;
  split: string;
  fields: readonly DraftField[];
}

/** As the engine names the rows. */
export type RowName = 'id' | 'title' | 'split' | `fields.${number}`;

export type Edit =
  | { row: RowName; path: string }
  | { row: RowName; name: string }
  | { row: RowName; type: FieldType }
  | { row: RowName; pick: { path: string; name: string; type: FieldType } }
  | { take: Mapping }
  | { addField: true }
  | { removeField: number };

export function fieldIndex(row: RowName): number | undefined {
  return row.startsWith('fields.') ? Number(row.slice('fields.'.length)) : undefined;
}

export function draftOf(mapping: Mapping): Draft {
  return {
    id: mapping.id,
    title: mapping.title,
    split: mapping.split ?? '',
    fields: (mapping.fields ?? []).map((field, index) => ({ key: index + 1, ...field })),
  };
}

/** An empty split and an empty list of fields are left out. */
export function mappingOf(draft: Draft): Mapping {
  const fields = draft.fields.map(({ name, path, type }) => ({ name, path, type }));
  return {
    id: draft.id,
    title: draft.title,
    ...(draft.split.trim() !== '' && { split: draft.split }),
    ...(fields.length > 0 && { fields }),
  };
}

/** Whether id, title and split are those of a mapping. */
export function hasPathsOf(draft: Draft, mapping: Mapping): boolean {
  return draft.id === mapping.id && draft.title === mapping.title && draft.split === (mapping.split ?? '');
}

export function applyEdit(draft: Draft, edit: Edit): Draft {
  if ('take' in edit) return { ...draftOf(edit.take), fields: draft.fields };
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
    return path === undefined ? draft : { ...draft, [edit.row]: path };
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
