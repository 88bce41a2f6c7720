// Solutions, access and modules as the screens and scripts make them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

type ModuleInput = CallInput<'modules.create'>['module'];

let test: TestEngine;
let sourceId: string;
let solutionId: string;

beforeEach(async () => {
  test = await startTestEngine(undefined, { undoMs: 200 });
  ({ id: sourceId } = await test.createSource());
  await test.call('mapping.save', {
    dataSourceId: sourceId,
    mapping: {
      id: 'id',
      title: 'title',
      fields: [
        { name: 'email', path: 'email', type: 'text' },
        { name: 'score', path: 'score', type: 'number' },
      ],
    },
  });
  ({
    solution: { id: solutionId },
  } = await test.call('solutions.create', { name: 'Newsletter' }));
});
afterEach(() => test.stop());

function moduleOf(change: Partial<ModuleInput> = {}): ModuleInput {
  return {
    name: 'Welcome',
    dataSourceId: sourceId,
    trigger: { kind: 'itemAdded' },
    conditions: { mode: 'all', conditions: [] },
    fields: [],
    steps: [{ id: 's1', dataSourceId: sourceId, method: 'POST', path: '/welcome', stopOnFailure: true }],
    ...change,
  };
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'no problem',
    (error: Error) => error.message,
  );
}

describe('solutions', () => {
  it('are made, renamed, listed by name, deleted and brought back with their modules', async () => {
    await test.call('solutions.create', { name: 'accounting', description: 'Bills' });
    const { module } = await test.call('modules.create', { solutionId, module: moduleOf() });
    const { solutions } = await test.call('solutions.list', {});
    expect(solutions.map(({ name }) => name)).toEqual(['accounting', 'Newsletter']);
    await test.call('solutions.update', { id: solutionId, name: 'News' });
    expect((await test.call('solutions.get', { id: solutionId })).solution).toMatchObject({
      name: 'News',
      counts: { modules: 1, enabled: 0, dataSources: 0 },
    });
    expect(await test.call('solutions.delete', { id: solutionId })).toMatchObject({ modules: 1 });
    expect(await problemOf(test.call('modules.get', { id: module.id }))).toContain('module.missing');
    expect(await problemOf(test.call('solutions.get', { id: solutionId }))).toContain('solution.missing');
    await test.call('solutions.undoDelete', { id: solutionId });
    expect((await test.call('modules.get', { id: module.id })).module.name).toBe('Welcome');
  });
});

describe('solutions access', () => {
  it('is a switch for each solution that blocks and frees its modules, and stands in the audit log', async () => {
    const { module } = await test.call('modules.create', { solutionId, module: moduleOf(), enabled: true });
    expect(module).toMatchObject({
      state: 'blocked',
      blockedBy: { kind: 'noAccess', dataSourceId: sourceId },
    });
    expect(module.blockedBecause).toContain('Solutions Access');
    const { access } = await test.call('dataSources.setAccess', { id: sourceId, solutionId, allowed: true });
    expect(access).toEqual([
      {
        solutionId,
        solutionName: 'Newsletter',
        allowed: true,
        modules: [{ id: module.id, name: 'Welcome', enabled: true }],
      },
    ]);
    expect((await test.call('modules.get', { id: module.id })).module.blockedBy?.kind).not.toBe('noAccess');
    expect((await test.call('solutions.access', { id: solutionId })).access).toEqual([
      { dataSourceId: sourceId, dataSourceName: 'Test source', allowed: true, modules: access[0]?.modules },
    ]);
    await test.call('dataSources.setAccess', { id: sourceId, solutionId, allowed: false });
    expect((await test.call('modules.get', { id: module.id })).module.state).toBe('blocked');
    const { entries } = await test.call('audit.list', { dataSourceId: sourceId });
    expect(entries.slice(0, 3).map(({ action, changes }) => [action, changes[0]])).toEqual([
      ['accessChanged', { what: 'Newsletter', from: 'access', to: 'no access' }],
      ['accessChanged', { what: 'Newsletter', from: 'no access', to: 'access' }],
      ['moduleChanged', { what: 'Welcome', to: 'created' }],
    ]);
  });
});

describe('modules', () => {
  it('are made, changed, switched, deleted and brought back; data sources count them', async () => {
    const modulesOf = async () =>
      (await test.call('dataSources.get', { id: sourceId })).dataSource.counts.modules;
    const { module } = await test.call('modules.create', { solutionId, module: moduleOf() });
    expect(module).toMatchObject({ enabled: false, state: 'disabled', counts: { runs: 0, failed: 0 } });
    expect(await modulesOf()).toBe(1);
    const { module: changed } = await test.call('modules.update', {
      id: module.id,
      module: moduleOf({ name: 'Hello', trigger: { kind: 'buttonClicked' } }),
    });
    expect(changed).toMatchObject({ name: 'Hello', trigger: { kind: 'buttonClicked' } });
    await test.call('modules.setEnabled', { id: module.id, enabled: true });
    expect((await test.call('modules.list', { solutionId })).modules).toMatchObject([{ enabled: true }]);
    expect((await test.call('modules.list', { dataSourceId: 'ds_other' })).modules).toEqual([]);
    await test.call('modules.delete', { id: module.id });
    expect(await modulesOf()).toBe(0);
    await test.call('modules.undoDelete', { id: module.id });
    expect(await modulesOf()).toBe(1);
  });

  it('are refused with the place of the fault, and nothing is made', async () => {
    const condition = (is: 'match' | 'greater', value: string, field = 'fields.score') => ({
      mode: 'all' as const,
      conditions: [{ field, is, value, matchCase: false }],
    });
    const faults: [Partial<ModuleInput>, path: string, words: RegExp][] = [
      [{ dataSourceId: 'ds_none' }, 'module.dataSourceId', /does not exist/],
      [
        { trigger: { kind: 'fieldChanged', fields: ['fields.mail'], alsoWhenNew: false } },
        'module.trigger.fields.0',
        /no field "mail"/,
      ],
      [
        { trigger: { kind: 'matchConditions', mode: 'all', conditions: [], runOnce: false } },
        'module.trigger.conditions',
        /at least one/,
      ],
      [
        { trigger: { kind: 'matchConditions', runOnce: true, ...condition('match', '(a') } },
        'module.trigger.conditions.0.value',
        /missing closing/,
      ],
      [
        { trigger: { kind: 'onScheduled', cron: '61 * * * *', over: 'once' } },
        'module.trigger.cron',
        /minute/,
      ],
      [
        { trigger: { kind: 'onScheduled', cron: '* * * *', over: 'once' } },
        'module.trigger.cron',
        /five parts/,
      ],
      [
        { trigger: { kind: 'onScheduled', cron: '0 9 * * *', timeZone: 'Mars/Phobos', over: 'once' } },
        'module.trigger.timeZone',
        /no time zone/,
      ],
      [{ conditions: condition('greater', 'five') }, 'module.conditions.conditions.0.value', /no number/],
      [
        { conditions: condition('greater', '5', 'module.none') },
        'module.conditions.conditions.0.field',
        /no field "none"/,
      ],
      [
        {
          fields: [
            { name: 'a', type: 'text', from: { kind: 'manual', value: '' } },
            { name: 'a', type: 'text', from: { kind: 'manual', value: '' } },
          ],
        },
        'module.fields.1.name',
        /two fields/,
      ],
      [
        { steps: [{ id: 's1', dataSourceId: sourceId, stopOnFailure: true }] },
        'module.steps.0.method',
        /Choose an action/,
      ],
      [
        { steps: [{ id: 's1', dataSourceId: sourceId, actionId: 'act_none', stopOnFailure: true }] },
        'module.steps.0.actionId',
        /no such action/,
      ],
    ];
    for (const [change, path, words] of faults) {
      const result = await test.engine.dispatch(
        'modules.create',
        { solutionId, module: moduleOf(change) },
        new AbortController().signal,
      );
      expect(result).toEqual({
        problem: { code: 'module.invalid', path, message: expect.stringMatching(words) },
      });
    }
    expect((await test.call('modules.list', {})).modules).toEqual([]);
  });
});
