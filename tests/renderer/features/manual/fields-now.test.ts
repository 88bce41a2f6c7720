// Two windows on the fields of one manual source: what each changes stays, and an item over its newer version keeps what was typed.
import { expect, it } from 'vitest';
import type { Item, ItemField } from '#contract';
import {
  changedSince,
  draftOf,
  draftOver,
  fieldsNow,
} from '../../../../renderer/features/manual/item-draft.ts';

const field = (name: string, type: ItemField['type'] = 'text'): ItemField => ({ name, type });
const item = (version: number, title: string, fields: Item['fields']): Item => ({
  id: 'itm_1',
  dataSourceId: 'ds_1',
  externalId: 'a',
  title,
  fields,
  version,
  createdAt: '2026-11-30T00:00:00.000Z',
  updatedAt: '2026-11-30T00:00:00.000Z',
});

it('joins fields that were added, removed and changed here and elsewhere', () => {
  const before = [field('a'), field('b'), field('c'), field('d')];
  // Here: b goes, c becomes a number, mine comes. Elsewhere: a goes, d becomes a list, other comes.
  const fields = [field('a'), field('c', 'number'), field('d'), field('mine')];
  const saved = [field('b'), field('c'), field('d', 'list'), field('other')];
  const draft = { ...draftOf(undefined), fields, fieldsBefore: before };
  expect(fieldsNow(draft, saved)).toEqual([
    field('c', 'number'),
    field('d', 'list'),
    field('other'),
    field('mine'),
  ]);
  expect(fieldsNow(draft, before)).toEqual(fields);
  expect(fieldsNow(draftOf(undefined), saved)).toEqual(saved);
});

it('puts what was typed over a newer version, and takes over the rest', () => {
  const opened = item(1, 'Attic', { seats: 1, colour: 'red' });
  const newer = item(2, 'Loft', { seats: 2, colour: 'blue', floor: 3 });
  expect(changedSince(opened, newer)).toEqual(['', 'seats', 'colour', 'floor']);
  const draft = { ...draftOf(opened), typed: { seats: '9', colour: 'red' } };
  expect(draftOver(draft, newer)).toMatchObject({ item: newer, title: 'Loft', typed: { seats: '9' } });
  expect(draftOver({ ...draft, title: 'Mine' }, newer).title).toBe('Mine');
});
