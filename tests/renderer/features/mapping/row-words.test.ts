// Rows are called by words that stand on the screen.
import { expect, test } from 'vitest';
import { draftOf } from '../../../../renderer/features/mapping/mapping-draft.ts';
import { eventsWithOwn, rowLabel } from '../../../../renderer/features/mapping/row-words.ts';

const draft = draftOf({
  id: 'shop',
  title: 'name',
  idParts: ['sku'],
  idFallbacks: ['order_no'],
  fields: [
    { name: 'price', path: 'price', type: 'number', fallbacks: ['cost'] },
    { name: '', path: 'x', type: 'text', fallbacks: ['y'] },
  ],
  byEvent: { 'order.created': { title: 'number' }, 'order.paid': { id: 'order' } },
});

test.each([
  ['id', 'id'],
  ['updatedAt', 'updated at'],
  ['idParts.0', 'Part 2 of the id'],
  ['idFallbacks.1', 'Fallback 2 of id'],
  ['titleFallbacks.0', 'Fallback 1 of title'],
  ['unwrap.0', 'wrapped text 1'],
  ['fields.0', 'price'],
  ['fields.0.fallbacks.0', 'Fallback 1 of price'],
  ['fields.1.fallbacks.0', 'Fallback 1 of field 2'],
  ['byEvent.order.created.title', 'title of order.created'],
])('%s is called %s', (row, label) => {
  expect(rowLabel(draft, row)).toBe(label);
});

test('a general row knows which event types do not go by it', () => {
  expect(eventsWithOwn(draft, 'title')).toEqual(['order.created']);
  expect(eventsWithOwn(draft, 'id')).toEqual(['order.paid']);
  expect(eventsWithOwn(draft, 'split')).toEqual([]);
});
