// What stands in the drawer of an item: kept over navigation and a reload of the page, until it is saved or dropped on purpose. Pure.
import { z } from 'zod';
import { type Item, type ItemField, item, itemField } from '#contract';
import { typedOf } from './item-values.ts';

export const itemDraft = z.object({
  /** The item as it was when Edit was pressed; absent for a new one. */
  item: item.optional(),
  externalId: z.string(),
  title: z.string(),
  /** The fields of the source, where they were changed here. */
  fields: z.array(itemField).optional(),
  /** What they were then. */
  fieldsBefore: z.array(itemField).optional(),
  typed: z.record(z.string(), z.string()),
  /** The name of a field that is not added yet. */
  newField: z.string().optional(),
});
export type ItemDraft = z.infer<typeof itemDraft>;

export function draftOf(of: Item | undefined): ItemDraft {
  return { ...(of && { item: of }), externalId: '', title: of?.title ?? '', typed: {} };
}

/** What an input held before anything was typed. */
export function typedBefore({ item: of }: ItemDraft, name: string): string {
  return typedOf(of && Object.hasOwn(of.fields, name) ? of.fields[name] : undefined);
}

export function typedNow(draft: ItemDraft, name: string): string {
  return Object.hasOwn(draft.typed, name) ? (draft.typed[name] ?? '') : typedBefore(draft, name);
}

/** The draft over a newer version of its item: what was typed stays, what was not touched is as it stands now. */
export function draftOver(draft: ItemDraft, newer: Item): ItemDraft {
  const typed = Object.entries(draft.typed).filter(
    ([name]) => typedNow(draft, name) !== typedBefore(draft, name),
  );
  return {
    ...draft,
    item: newer,
    title: draft.title === draft.item?.title ? newer.title : draft.title,
    typed: Object.fromEntries(typed),
  };
}

/** Names of the fields that differ; `''` for the title. */
export function changedSince(before: Item, now: Item): string[] {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(now.fields)]);
  const at = ({ fields }: Item, name: string) =>
    JSON.stringify(Object.hasOwn(fields, name) ? fields[name] : null);
  return [
    ...(before.title === now.title ? [] : ['']),
    ...[...names].filter((name) => at(before, name) !== at(now, name)),
  ];
}

/** The fields of the source with what was changed here: `saved` may have been changed elsewhere since, and nothing of that is lost. */
export function fieldsNow(
  { fields, fieldsBefore }: ItemDraft,
  saved: readonly ItemField[],
): readonly ItemField[] {
  if (!fields) return saved;
  const before = fieldsBefore ?? saved;
  const named = (among: readonly ItemField[], name: string) => among.find((field) => field.name === name);
  const stay = saved.flatMap((field) => {
    const mine = named(fields, field.name);
    const was = named(before, field.name);
    if (!mine && was) return [];
    return [mine && was && mine.type !== was.type ? mine : field];
  });
  const added = fields.filter(({ name }) => !named(before, name) && !named(saved, name));
  return [...stay, ...added];
}

/** Whether closing would lose anything; `saved` are the fields of the source. */
export function isDirty(draft: ItemDraft, saved: readonly ItemField[]): boolean {
  return (
    draft.externalId.trim() !== '' ||
    (draft.newField ?? '').trim() !== '' ||
    draft.title !== (draft.item?.title ?? '') ||
    Object.keys(draft.typed).some((name) => typedNow(draft, name) !== typedBefore(draft, name)) ||
    JSON.stringify(fieldsNow(draft, saved)) !== JSON.stringify(saved)
  );
}
