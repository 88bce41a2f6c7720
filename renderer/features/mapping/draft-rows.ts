// Any row of a draft by its name: reading its path, setting it, adding and removing rows. Pure.
import type { EventMapping } from '#contract';
import type { Draft, RowList, RowName } from './mapping-draft.ts';

const rowsOfEvents = ['id', 'title', 'split'] as const;
type RowOfEvent = (typeof rowsOfEvents)[number];

/** `byEvent.<event type>.<row>`; an event type may have dots of its own. */
export function eventRow(row: RowName): { eventType: string; name: RowOfEvent } | undefined {
  const found = /^byEvent\.([\s\S]*)\.(id|title|split)$/.exec(row);
  const name = rowsOfEvents.find((each) => each === found?.[2]);
  return found?.[1] !== undefined && name ? { eventType: found[1], name } : undefined;
}

function fallbackRow(row: RowName): { field: number; at: number } | undefined {
  const found = /^fields\.(\d+)\.fallbacks\.(\d+)$/.exec(row);
  return found ? { field: Number(found[1]), at: Number(found[2]) } : undefined;
}

const lists = ['idFallbacks', 'idParts', 'titleFallbacks'] as const;
function listRow(row: RowName): { list: (typeof lists)[number]; at: number } | undefined {
  const [name, at] = row.split('.');
  const list = lists.find((each) => each === name);
  return list && { list, at: Number(at) };
}

/** Whether a row is a split: of all calls, or of one event type. */
export function isSplitRow(row: RowName): boolean {
  return row === 'split' || eventRow(row)?.name === 'split';
}

export function pathOfRow(draft: Draft, row: RowName): string {
  if (row === 'id' || row === 'title' || row === 'split') return draft[row];
  if (row === 'updatedAt') return draft.updatedAt ?? '';
  const event = eventRow(row);
  if (event) return draft.byEvent?.[event.eventType]?.[event.name] ?? '';
  const fallback = fallbackRow(row);
  if (fallback) return draft.fields[fallback.field]?.fallbacks?.[fallback.at] ?? '';
  const listed = listRow(row);
  if (listed) return draft[listed.list]?.[listed.at] ?? '';
  const at = Number(row.split('.')[1]);
  return (row.startsWith('unwrap.') ? draft.unwrap?.[at]?.path : draft.fields[at]?.path) ?? '';
}

/** An empty path of an event type, and an empty updated at, are left out. */
export function withPath(draft: Draft, row: RowName, path: string): Draft {
  if (row === 'id' || row === 'title' || row === 'split') return { ...draft, [row]: path };
  if (row === 'updatedAt') {
    const { updatedAt: _before, ...rest } = draft;
    return path === '' ? rest : { ...rest, updatedAt: path };
  }
  const event = eventRow(row);
  if (event) return withEventPath(draft, event.eventType, event.name, path);
  const fallback = fallbackRow(row);
  if (fallback) {
    return withFallbacks(draft, fallback.field, (paths) => replaced(paths, fallback.at, path));
  }
  const listed = listRow(row);
  if (listed) return { ...draft, [listed.list]: replaced(draft[listed.list] ?? [], listed.at, path) };
  if (!row.startsWith('unwrap.')) return draft;
  const at = Number(row.split('.')[1]);
  return {
    ...draft,
    unwrap: (draft.unwrap ?? []).map((step, index) => (index === at ? { ...step, path } : step)),
  };
}

function withEventPath(draft: Draft, eventType: string, name: RowOfEvent, path: string): Draft {
  const { [eventType]: own, ...others } = draft.byEvent ?? {};
  const { [name]: _before, ...rest } = own ?? {};
  const rules: EventMapping = path === '' ? rest : { ...rest, [name]: path };
  const byEvent = Object.keys(rules).length === 0 ? others : { ...others, [eventType]: rules };
  const { byEvent: _all, ...without } = draft;
  return Object.keys(byEvent).length === 0 ? without : { ...without, byEvent };
}

function withFallbacks(draft: Draft, at: number, change: (paths: readonly string[]) => string[]): Draft {
  const fields = draft.fields.map((field, index) => {
    if (index !== at) return field;
    const { fallbacks, ...rest } = field;
    const paths = change(fallbacks ?? []);
    return paths.length === 0 ? rest : { ...rest, fallbacks: paths };
  });
  return { ...draft, fields };
}

const replaced = (paths: readonly string[], at: number, path: string) =>
  paths.map((before, index) => (index === at ? path : before));
const without = <T>(list: readonly T[] | undefined, at: number) =>
  (list ?? []).filter((_entry, index) => index !== at);

/** The name of the row that `addTo` makes. */
export function nextRow(draft: Draft, list: RowList): RowName {
  if (list === 'unwrap') return `unwrap.${draft.unwrap?.length ?? 0}`;
  if (list === 'idFallbacks' || list === 'idParts' || list === 'titleFallbacks') {
    return `${list}.${draft[list]?.length ?? 0}`;
  }
  const field = Number(list.split('.')[1]);
  return `fields.${field}.fallbacks.${draft.fields[field]?.fallbacks?.length ?? 0}`;
}

export function addedRow(draft: Draft, list: RowList): Draft {
  if (list === 'unwrap') return { ...draft, unwrap: [...(draft.unwrap ?? []), { path: '', as: 'json' }] };
  if (list === 'idFallbacks' || list === 'idParts' || list === 'titleFallbacks') {
    return { ...draft, [list]: [...(draft[list] ?? []), ''] };
  }
  return withFallbacks(draft, Number(list.split('.')[1]), (paths) => [...paths, '']);
}

/** A list without rows is left out. */
export function removedRow(draft: Draft, row: RowName): Draft {
  const fallback = fallbackRow(row);
  if (fallback) return withFallbacks(draft, fallback.field, (paths) => without(paths, fallback.at));
  const listed = listRow(row);
  const at = Number(row.split('.')[1]);
  const name = listed?.list ?? (row.startsWith('unwrap.') ? 'unwrap' : undefined);
  if (!name) return draft;
  const { [name]: _before, ...rest } = draft;
  const left = name === 'unwrap' ? without(draft.unwrap, at) : without(draft[name], at);
  return (left.length === 0 ? rest : { ...rest, [name]: left }) as Draft;
}
