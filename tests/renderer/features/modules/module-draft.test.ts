// A module as it is being edited: nothing is lost between draft and module, and faults are told at their place.
import { expect, test } from 'vitest';
import { type ModuleInput, moduleInput } from '#contract';
import {
  draftOf,
  keepKeysApart,
  type ModuleDraft,
  moved,
  newCondition,
  newDraft,
  newField,
  newStep,
} from '../../../../renderer/features/modules/module-draft.ts';
import {
  faultAt,
  faultsOf,
  moduleInputOf,
  previewInputOf,
  sameModule,
} from '../../../../renderer/features/modules/module-input.ts';

const whole: ModuleInput = {
  name: 'Tell the CRM',
  dataSourceId: 'src_1',
  trigger: { kind: 'fieldChanged', fields: ['fields.email', 'title'], alsoWhenNew: true },
  conditions: {
    mode: 'atLeastOne',
    conditions: [
      { field: 'fields.email', is: 'contains', value: '@', matchCase: true },
      { field: 'title', is: 'isEmpty', matchCase: false },
    ],
  },
  fields: [
    { name: 'mail', type: 'text', from: { kind: 'source', field: 'fields.email' } },
    { name: 'list', type: 'number', from: { kind: 'manual', value: '7' } },
    { name: 'hello', type: 'text', from: { kind: 'formula', formula: 'Hello {{ module.mail }}' } },
  ],
  steps: [
    { id: 's1', dataSourceId: 'src_2', actionId: 'act_1', stopOnFailure: true },
    {
      id: 's2',
      dataSourceId: 'src_2',
      method: 'PUT',
      path: '/a',
      query: [{ name: 'q', value: '' }],
      headers: [],
      body: { kind: 'none' },
      stopOnFailure: false,
    },
  ],
};

const triggers: ModuleInput['trigger'][] = [
  { kind: 'itemAdded' },
  whole.trigger,
  { kind: 'matchConditions', ...whole.conditions, runOnce: true },
  { kind: 'buttonClicked', label: 'Send' },
  { kind: 'buttonClicked' },
  { kind: 'onScheduled', cron: '0 9 * * 1', timeZone: 'Europe/Vienna', over: 'once' },
  { kind: 'onScheduled', cron: '* * * * *', over: 'eachItem' },
];

test.each(triggers)('a module with $kind comes back as it was', (trigger) => {
  const module = moduleInput.parse({ ...whole, trigger });
  const back = moduleInputOf(draftOf(module));
  expect(back).toEqual(module);
  expect(sameModule(back, module)).toBe(true);
  expect(faultsOf(draftOf(module))).toEqual({});
});

test('changing the trigger and back keeps its settings, and everything else', () => {
  const before = draftOf(whole);
  const between: ModuleDraft = { ...before, kind: 'onScheduled' };
  expect(moduleInputOf(between).trigger).toEqual({
    kind: 'onScheduled',
    cron: '0 9 * * *',
    over: 'eachItem',
  });
  expect(moduleInputOf(between).conditions).toEqual(whole.conditions);
  expect(moduleInputOf({ ...between, kind: 'fieldChanged' })).toEqual(whole);
});

test('each fault stands at its place, with the words of the contract', () => {
  const draft: ModuleDraft = {
    ...newDraft,
    kind: 'fieldChanged',
    conditions: { mode: 'all', conditions: [newCondition()] },
    fields: [newField('manual')],
    steps: [newStep('')],
  };
  const faults = faultsOf(draft);
  expect(faults).toMatchObject({
    name: 'Type a name.',
    dataSourceId: 'Choose a data source.',
    'trigger.fields': 'Choose a field.',
    'conditions.conditions.0.field': 'Choose a field.',
    'fields.0.name': 'Type a name.',
    'steps.0.dataSourceId': 'Choose a data source.',
  });
  expect(faultAt(faults, 'steps.0')).toBe('Choose a data source.');
  expect(faultAt(faults, 'steps.01')).toBeUndefined();
});

test('a preview leaves out what is not filled in yet', () => {
  expect(previewInputOf(newDraft)).toBeUndefined();
  const draft: ModuleDraft = {
    ...draftOf(whole),
    name: '',
    kind: 'matchConditions',
    conditions: { mode: 'all', conditions: [newCondition()] },
    fields: [newField('source', 'a'), newField('manual', 'b')],
    steps: [newStep(''), ...whole.steps],
  };
  const preview = previewInputOf(draft);
  expect(preview?.fields.map(({ name }) => name)).toEqual(['b']);
  expect(preview?.steps).toEqual(whole.steps);
  expect(moduleInput.safeParse(preview).success).toBe(true);
});

test('rows move within the list only', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  const rows = ['a', 'b'];
  expect(moved(rows, 0, -1)).toBe(rows);
  expect(moved(rows, 1, 2)).toBe(rows);
});

test('a draft from another visit shares no key with new rows', () => {
  const kept = JSON.parse(JSON.stringify(draftOf(whole))) as ModuleDraft;
  const back = keepKeysApart(kept);
  const keys = [...back.fields, ...back.conditions.conditions, newField('manual')].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(moduleInputOf(back)).toEqual(whole);
});
