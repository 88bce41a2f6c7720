// Where the rows of a mapping stand in the payload, and what a click gives to them.
import { expect, test } from 'vitest';
import type { PayloadNode, ValueType } from '#contract';
import { draftOf } from '../../../../renderer/features/mapping/mapping-draft.ts';
import {
  badgesOf,
  canPick,
  effectiveSplit,
  pickFor,
  placeOfFocused,
} from '../../../../renderer/features/mapping/mapping-places.ts';

const node = (path: string, type: ValueType = 'text'): PayloadNode => ({
  key: 'k',
  path,
  type,
  text: '',
  size: 0,
});
const draft = draftOf({
  id: 'sku',
  title: 'sku',
  split: '$.items[*]',
  fields: [
    { name: 'all', path: '$..x', type: 'list' },
    { name: '', path: 'price', type: 'number' },
  ],
});

test('a place shows every row that takes it; paths of several places show none', () => {
  const badges = badgesOf(draft, draft.split, 'title');
  expect([...badges]).toEqual([
    ['["items"]', { label: 'split', isActive: false }],
    ['["items",0,"sku"]', { label: 'id, title', isActive: true }],
    ['["items",0,"price"]', { label: 'field 2', isActive: false }],
  ]);
  expect(placeOfFocused(draft, draft.split, 'fields.1')).toEqual(['items', 0, 'price']);
  expect(placeOfFocused(draft, draft.split, 'split')).toEqual(['items']);
  expect(placeOfFocused(draft, draft.split, 'fields.0')).toBeUndefined();
});

test('a list at the root is split by itself', () => {
  expect(effectiveSplit('', 'list')).toBe('$[*]');
  expect(effectiveSplit('', 'object')).toBe('');
  expect(effectiveSplit('$.a[*]', 'list')).toBe('$.a[*]');
  expect(pickFor(node('$[1].name'), '$[*]', 'title')).toEqual({ path: 'name', name: 'name', type: 'text' });
});

test('a click gives the focused row its path', () => {
  expect(pickFor(node('items[2].sku'), '$.items[*]', 'id').path).toBe('sku');
  expect(pickFor(node('shop.name'), '$.items[*]', 'id').path).toBe('shop.name');
  expect(pickFor(node('items', 'list'), '', 'split').path).toBe('$.items[*]');
  expect(pickFor(node('items[2].sku'), '', 'split').path).toBe('$.items[*]');
});

test('an object is picked where a field wants one, and opened elsewhere', () => {
  expect(canPick(node('a', 'object'), draft, 'id')).toBe(false);
  expect(canPick(node('a', 'list'), draft, 'fields.0')).toBe(true);
  expect(canPick(node('a'), draft, 'id')).toBe(true);
  expect(canPick(node('a', 'list'), draft, 'split')).toBe(true);
  expect(canPick(node('a.b'), draft, 'split')).toBe(false);
});
