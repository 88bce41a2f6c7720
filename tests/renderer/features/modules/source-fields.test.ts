// Which fields a module can choose from, and what is said of one that is chosen already.
import { expect, it } from 'vitest';
import { choicesOf } from '../../../../renderer/features/modules/source-fields.ts';

const option = (value: string, label: string) => ({ value, label, example: undefined, type: 'text' });
const email = option('fields.email', 'email');

it('says that a chosen field is gone, and not before the fields are known', () => {
  expect(choicesOf(undefined, [], ['fields.plan'])).toEqual([{ value: 'fields.plan', label: 'plan' }]);
  expect(choicesOf([email], [], ['fields.plan', 'fields.email', ''])).toEqual([
    { value: 'fields.plan', label: 'plan (not in the source any more)' },
    { value: 'fields.email', label: 'email' },
  ]);
});

it('takes no field of the module for a missing one', () => {
  expect(choicesOf([email], [option('module.name', 'name')], ['module.name'])).toEqual([
    { value: 'fields.email', label: 'email' },
  ]);
});
