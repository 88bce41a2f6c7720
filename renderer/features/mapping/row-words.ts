// What a row of the mapping is called on the screen: never by the name that only scripts need.
import { text } from '../../text/en.ts';
import { eventRow } from './draft-rows.ts';
import type { Draft, RowName } from './mapping-draft.ts';
import { rowPaths } from './mapping-places.ts';

const words = text.mapping;

/** `row` as the engine names it; one that this draft does not have keeps that name. */
export function rowLabel(draft: Draft, row: string): string {
  const plain = rowPaths(draft).find((each) => each.row === row);
  if (plain) return plain.label;
  if (row === 'split' || row === 'updatedAt') return words[row];
  const event = eventRow(row as RowName);
  if (event) return words.eventRow(words[event.name], event.eventType);
  const [, list, place] = /^(.+)\.(\d+)$/.exec(row) ?? [];
  const at = Number(place);
  if (list === 'unwrap') return words.wrappedText(at + 1);
  if (list === 'idParts') return words.part(at + 2);
  if (list === 'idFallbacks') return words.fallback(words.id, at + 1);
  if (list === 'titleFallbacks') return words.fallback(words.title, at + 1);
  const [, field] = /^(fields\.\d+)\.fallbacks$/.exec(list ?? '') ?? [];
  return field === undefined ? row : words.fallback(rowLabel(draft, field), at + 1);
}

/** The event types that have a path of their own in the place of a general row. */
export function eventsWithOwn(draft: Draft, row: 'id' | 'title' | 'split'): string[] {
  return Object.entries(draft.byEvent ?? {}).flatMap(([eventType, own]) =>
    own[row] === undefined ? [] : [eventType],
  );
}
