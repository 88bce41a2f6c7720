import { expect, test } from 'vitest';
import type { Action } from '#contract';
import {
  actionDraft,
  draftFaults,
  draftOf,
  emptyAction,
  inputOf,
  isChanged,
  trialOf,
} from '../../../../renderer/features/actions/action-draft.ts';

const saved: Action = {
  id: 'act_1',
  dataSourceId: 'src_1',
  name: 'Create a contact',
  effect: 'creating',
  method: 'POST',
  path: '/contacts',
  query: [{ name: 'notify', value: 'true' }],
  headers: [],
  body: { kind: 'json', template: '{"email": {{ item.fields.email | json }}}' },
  answerFields: [{ field: 'Warehouse id', path: 'data.id', type: 'text' }],
  createdAt: '2026-11-24T10:00:00.000Z',
  updatedAt: '2026-11-24T10:00:00.000Z',
  usedBy: 0,
};

test('what is saved comes back as it was, also over a reload, and is no change', () => {
  const draft = draftOf(saved);
  expect(actionDraft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(isChanged(draft, saved)).toBe(false);
  expect(draftFaults(draft)).toEqual([]);
  const { id: _, dataSourceId: __, createdAt: ___, updatedAt: ____, usedBy: _____, ...input } = saved;
  expect(inputOf(draft)).toEqual(input);
});

test('an empty name is a fault at its place, and no hindrance to a trial', () => {
  const draft = { ...emptyAction, path: '/x' };
  expect(draftFaults(draft)).toEqual([{ where: 'name', message: 'Type a name.' }]);
  expect(trialOf(draft).name).not.toBe('');
});

test('half a row of the answer is a fault where it is, and left out of a trial', () => {
  const row = { key: 'a', field: '', path: '', type: 'text' as const };
  const draft = { ...draftOf(saved), answerFields: [...draftOf(saved).answerFields, row] };
  expect(draftFaults(draft).map(({ where }) => where)).toEqual([
    'answerFields.1.field',
    'answerFields.1.path',
  ]);
  expect(trialOf(draft).answerFields).toEqual(saved.answerFields);
});

test('GET carries no body, and the typed one is there again when the method changes back', () => {
  const draft = { ...draftOf(saved), method: 'GET' as const };
  expect(inputOf(draft).body).toEqual({ kind: 'none' });
  expect(inputOf({ ...draft, method: 'POST' }).body).toEqual(saved.body);
});
