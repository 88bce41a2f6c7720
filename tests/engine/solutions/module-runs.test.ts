// Modules run: what fires them, what does not, in which order their steps go, and what is told of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModuleStage, setModuleStage } from '../../harness/module-stage.ts';

let stage: ModuleStage;

beforeEach(async () => {
  stage = await setModuleStage({ undoMs: 200 });
});
afterEach(() => stage.stop());

const ended = (count: number) => (runs: { endedAt?: string | undefined }[]) =>
  runs.length >= count && runs.every(({ endedAt }) => endedAt !== undefined);

describe('Item is Added', () => {
  it('runs once for a new item, with the condition told, and not for its changes', async () => {
    const moduleId = await stage.addModule({
      conditions: {
        mode: 'all',
        conditions: [{ field: 'fields.email', is: 'contains', value: '@EXAMPLE', matchCase: false }],
      },
    });
    await stage.send({ id: 1, name: 'Ann', email: 'ann@example.com' });
    const [run] = await stage.runs(ended(1));
    expect(run).toMatchObject({
      moduleId,
      moduleName: 'Welcome',
      itemTitle: 'Ann',
      state: 'succeeded',
      cause: { kind: 'itemAdded', text: 'The item was added.' },
      steps: { done: 1, failed: 0, total: 1 },
    });
    expect(stage.server.calls.map(({ target, text }) => [target, text])).toEqual([
      ['/welcome', '{"email":"ann@example.com"}'],
    ]);
    const details = await stage.test.call('runs.get', { id: run?.id ?? '' });
    expect(details.run.conditions).toEqual([
      {
        field: 'fields.email',
        is: 'contains',
        value: '@EXAMPLE',
        matchCase: false,
        held: true,
        actual: 'ann@example.com',
      },
    ]);
    expect(details.run.stepList).toMatchObject([{ stepId: 's1', name: 'POST /welcome', state: 'succeeded' }]);

    await stage.send({ id: 1, name: 'Ann', email: 'anna@example.com' });
    await stage.send({ id: 2, name: 'Bob', email: 'bob@other.org' });
    const runs = await stage.runs(ended(2));
    expect(runs.map(({ state, itemTitle }) => [state, itemTitle])).toEqual([
      ['notMatched', 'Bob'],
      ['succeeded', 'Ann'],
    ]);
    expect(stage.server.calls).toHaveLength(1);
    expect((await stage.test.call('modules.get', { id: moduleId })).module).toMatchObject({
      counts: { runs: 1, failed: 0, waiting: 0, blocked: 0 },
      lastRunAt: expect.any(String),
    });
  });

  it('runs for no call from before it was switched on, no upload, and no history of a new mapping', async () => {
    await stage.send({ id: 1, name: 'Before' });
    await stage.addModule();
    const { mapping } = await stage.test.call('mapping.get', { dataSourceId: stage.sourceId });
    if (!mapping) throw new Error('no mapping');
    await stage.test.call('mapping.save', {
      dataSourceId: stage.sourceId,
      mapping: { ...mapping, title: 'email' },
    });
    await stage.send({ id: 2, name: 'After', email: 'after@example.com' });
    const runs = await stage.runs(ended(1));
    expect(runs.map(({ itemTitle }) => itemTitle)).toEqual(['after@example.com']);
  });

  it('runs for every element of a call, each once', async () => {
    await stage.addModule();
    const { mapping } = await stage.test.call('mapping.get', { dataSourceId: stage.sourceId });
    if (!mapping) throw new Error('no mapping');
    await stage.test.call('mapping.save', {
      dataSourceId: stage.sourceId,
      mapping: { ...mapping, split: '$.people[*]' },
    });
    const people = Array.from({ length: 120 }, (_, n) => ({
      id: n,
      name: `P${n}`,
      email: `${n}@example.com`,
    }));
    await stage.send({ people });
    await stage.runs((runs) => runs.length === 120, { limit: 500, state: 'succeeded' });
    expect(new Set(stage.server.calls.map(({ text }) => text)).size).toBe(120);
    expect(stage.server.calls).toHaveLength(120);
  });
});

describe('Field Changed', () => {
  it('runs when one of its fields changed, and for new items only on request', async () => {
    await stage.addModule({
      name: 'quiet',
      trigger: { kind: 'fieldChanged', fields: ['fields.email', 'title'], alsoWhenNew: false },
    });
    await stage.addModule({
      name: 'also new',
      trigger: { kind: 'fieldChanged', fields: ['fields.email'], alsoWhenNew: true },
    });
    await stage.send({ id: 1, name: 'Ann', email: 'a@example.com', score: 1 });
    await stage.send({ id: 1, name: 'Ann', email: 'a@example.com', score: 2 });
    await stage.send({ id: 1, name: 'Ann', email: 'b@example.com', score: 2 });
    const runs = await stage.runs(ended(3));
    expect(runs.map(({ moduleName, cause }) => [moduleName, cause.text]).sort()).toEqual([
      ['also new', 'The item is new.'],
      ['also new', 'email changed.'],
      ['quiet', 'email changed.'],
    ]);
  });
});

describe('Match Conditions', () => {
  it('runs when an item comes to match, again when it does so again, or only once', async () => {
    const high = { field: 'fields.score', is: 'greater' as const, value: '10', matchCase: false };
    await stage.addModule({
      name: 'each time',
      trigger: { kind: 'matchConditions', mode: 'all', conditions: [high], runOnce: false },
    });
    await stage.addModule({
      name: 'only once',
      trigger: { kind: 'matchConditions', mode: 'all', conditions: [high], runOnce: true },
    });
    // A regular expression is judged behind the answer.
    await stage.addModule({
      name: 'pattern',
      trigger: {
        kind: 'matchConditions',
        mode: 'atLeastOne',
        conditions: [{ field: 'fields.score', is: 'match', value: '^1[1-9]$', matchCase: false }],
        runOnce: false,
      },
    });
    for (const score of [5, 11, 12, 3, 13]) await stage.send({ id: 1, name: 'Ann', score });
    const runs = await stage.runs(ended(5));
    expect(runs.map(({ moduleName, cause }) => `${moduleName}: ${cause.text}`).sort()).toEqual([
      'each time: The item came to match.',
      'each time: The item came to match.',
      'only once: The item came to match.',
      'pattern: The item came to match.',
      'pattern: The item came to match.',
    ]);
  });
});

describe('Button Clicked', () => {
  it('runs for the item, and refuses what has no button, is off or blocked', async () => {
    await stage.send({ id: 1, name: 'Ann', email: 'ann@example.com' });
    const { items } = await stage.test.call('items.list', { dataSourceId: stage.sourceId });
    const itemId = items[0]?.id ?? '';
    const id = await stage.addModule({ trigger: { kind: 'buttonClicked', label: 'Greet' } });
    const { run } = await stage.test.call('modules.press', { id, itemId });
    expect(run).toMatchObject({ state: 'running', itemTitle: 'Ann', cause: { kind: 'buttonClicked' } });
    await stage.runs(ended(1));
    expect(stage.server.calls).toHaveLength(1);

    const press = (moduleId: string, item: string) =>
      stage.test.call('modules.press', { id: moduleId, itemId: item }).then(
        () => 'pressed',
        (error: Error) => error.message.split(':')[0],
      );
    expect(await press(await stage.addModule(), itemId)).toBe('module.notButton');
    expect(await press(id, 'itm_none')).toBe('item.missing');
    await stage.test.call('dataSources.setAccess', {
      id: stage.targetId,
      solutionId: stage.solutionId,
      allowed: false,
    });
    expect(await press(id, itemId)).toBe('module.blocked');
    await stage.test.call('modules.setEnabled', { id, enabled: false });
    expect(await press(id, itemId)).toBe('module.blocked');
  });
});

describe('steps', () => {
  const step = (id: string, path: string, stopOnFailure = true) => ({
    id,
    dataSourceId: stage.targetId,
    method: 'POST' as const,
    path,
    body: { kind: 'json' as const, template: '{"from":"{{ steps.s1.answer.code }}"}' },
    stopOnFailure,
  });

  it('go in order, with the answers of those before; a failure stops them or not', async () => {
    stage.server.always(({ target }) =>
      target === '/fails' ? { status: 400, body: 'no' } : { status: 200, body: '{"code":"c1"}' },
    );
    await stage.addModule({
      name: 'goes on',
      steps: [step('s1', '/one'), step('s2', '/fails', false), step('s3', '/three')],
    });
    await stage.addModule({ name: 'stops', steps: [step('s1', '/fails'), step('s2', '/two')] });
    await stage.send({ id: 1, name: 'Ann' });
    const runs = await stage.runs(ended(2));
    const stepsOf = async (name: string) => {
      const id = runs.find(({ moduleName }) => moduleName === name)?.id ?? '';
      const { run } = await stage.test.call('runs.get', { id });
      return [run.state, ...run.stepList.map(({ state }) => state)];
    };
    expect(await stepsOf('goes on')).toEqual(['failed', 'succeeded', 'failed', 'succeeded']);
    expect(await stepsOf('stops')).toEqual(['failed', 'failed', 'skipped']);
    const third = stage.server.calls.find(({ target }) => target === '/three');
    expect(third?.text).toBe('{"from":"c1"}');
  });

  it('without an action are listed by what is sent, not by their template', async () => {
    await stage.addModule({
      steps: [
        {
          ...step('s1', '/people/{{ item.id }}'),
          method: 'PUT',
          query: [{ name: 'key', value: '{{ item.fields.email }}' }],
        },
      ],
    });
    await stage.send({ id: 'a b', name: 'Ann', email: 'ann@example.com' });
    const [run] = await stage.runs(ended(1));
    const { run: details } = await stage.test.call('runs.get', { id: run?.id ?? '' });
    expect(details.stepList[0]?.name).toBe('PUT /people/a%20b');
    const { deliveries } = await stage.test.call('deliveries.list', {});
    expect(deliveries[0]?.name).toBe('PUT /people/a%20b');
    expect(stage.server.calls[0]?.target).toBe('/people/a%20b?key=ann%40example.com');
  });

  it('fail with a reason where the request cannot be made, and go on when it is run again', async () => {
    const id = await stage.addModule({
      fields: [
        { name: 'half', type: 'number', from: { kind: 'formula', formula: '{{ item.fields.email }}' } },
      ],
    });
    await stage.send({ id: 1, name: 'Ann', email: 'ann' });
    const [run] = await stage.runs(ended(1));
    expect(run).toMatchObject({ state: 'failed', reason: expect.stringContaining('half') });
    expect(stage.server.calls).toHaveLength(0);
    await stage.test.call('modules.update', { id, module: stage.moduleOf() });
    await stage.test.call('runs.retry', { id: run?.id ?? '' });
    const [again] = await stage.runs(ended(1), { state: 'succeeded' });
    expect(again?.id).toBe(run?.id);
    expect(stage.server.calls).toHaveLength(1);
  });
});

describe('access', () => {
  it('that is missing makes blocked runs, which are run again once it is given', async () => {
    const moduleId = await stage.addModule();
    const access = (allowed: boolean) =>
      stage.test.call('dataSources.setAccess', { id: stage.sourceId, solutionId: stage.solutionId, allowed });
    await access(false);
    await stage.send({ id: 1, name: 'Ann' });
    await stage.send({ id: 2, name: 'Bob' });
    const blocked = await stage.runs(ended(2));
    expect(blocked).toMatchObject([
      { state: 'blocked', reason: expect.stringContaining('no access to Test source') },
      { state: 'blocked' },
    ]);
    expect((await stage.test.call('modules.get', { id: moduleId })).module.counts).toMatchObject({
      blocked: 2,
    });
    expect(await stage.test.call('runs.countRetryable', { moduleId })).toEqual({ count: 2 });
    await access(true);
    expect(await stage.test.call('runs.retryMany', { moduleId })).toEqual({ retried: 2 });
    await stage.runs((runs) => runs.length === 2, { state: 'succeeded' });
    expect(stage.server.calls).toHaveLength(2);
    expect(await stage.test.call('runs.countRetryable', { moduleId })).toEqual({ count: 0 });
  });
});

describe('runs', () => {
  it('are paged, filtered, cancelled; and go with their module', async () => {
    const moduleId = await stage.addModule();
    for (const id of [1, 2, 3]) await stage.send({ id, name: `P${id}` });
    await stage.runs(ended(3));
    const first = await stage.test.call('runs.list', { moduleId, limit: 2 });
    expect(first.runs.map(({ itemTitle }) => itemTitle)).toEqual(['P3', 'P2']);
    const rest = await stage.test.call('runs.list', { moduleId, limit: 2, before: first.next });
    expect(rest).toMatchObject({ runs: [{ itemTitle: 'P1' }] });
    expect(rest.next).toBeUndefined();
    const { itemId, cause } = first.runs[0] ?? {};
    for (const filter of [{ itemId }, { captureId: cause?.captureId }]) {
      expect((await stage.test.call('runs.list', filter)).runs.map(({ itemTitle }) => itemTitle)).toEqual([
        'P3',
      ]);
    }
    for (const filter of [{ dataSourceId: stage.sourceId }, { solutionId: stage.solutionId }]) {
      expect((await stage.test.call('runs.list', { ...filter, state: 'succeeded' })).runs).toHaveLength(3);
    }
    expect((await stage.test.call('runs.list', { dataSourceId: stage.targetId })).runs).toEqual([]);

    stage.server.always('hang');
    await stage.send({ id: 4, name: 'P4' });
    await stage.server.waitFor(4);
    const [hanging] = await stage.runs((runs) => runs.length === 1, { state: 'running' });
    await stage.test.call('runs.cancel', { id: hanging?.id ?? '' });
    expect((await stage.test.call('runs.get', { id: hanging?.id ?? '' })).run.state).toBe('cancelled');
    await stage.test.call('modules.delete', { id: moduleId });
    expect((await stage.test.call('runs.list', {})).runs).toEqual([]);
    await stage.test.call('modules.undoDelete', { id: moduleId });
    expect((await stage.test.call('runs.list', {})).runs).toHaveLength(4);
  });

  it('are run again one by one, or all that failed since a time', async () => {
    const moduleId = await stage.addModule();
    stage.server.always({ status: 422 });
    await stage.send({ id: 1, name: 'Old' });
    await stage.runs(ended(1));
    const since = new Date(Date.now() + 1).toISOString();
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(since));
    await stage.send({ id: 2, name: 'New' });
    await stage.runs(ended(2));
    stage.server.always({ status: 200 });
    expect(await stage.test.call('runs.countRetryable', { moduleId, since })).toEqual({ count: 1 });
    expect(await stage.test.call('runs.retryMany', { moduleId, since })).toEqual({ retried: 1 });
    const [again] = await stage.runs((runs) => runs.length === 1, { state: 'succeeded' });
    expect(again?.itemTitle).toBe('New');
    const [old] = await stage.runs((runs) => runs.length === 1, { state: 'failed' });
    await stage.test.call('runs.retry', { id: old?.id ?? '' });
    await stage.runs((runs) => runs.length === 2, { state: 'succeeded' });
    // The very same calls once more, under the same keys.
    const keys = stage.server.calls.map((call) => call.header('idempotency-key'));
    expect(new Set(keys).size).toBe(2);
    expect(keys).toHaveLength(4);
    await expect(stage.test.call('runs.retry', { id: old?.id ?? '' })).rejects.toThrow('run.settled');
  });

  it('are cancelled before they were looked at, too, and run again later', async () => {
    await stage.send({ id: 1, name: 'Ann', email: 'e' });
    const { items } = await stage.test.call('items.list', { dataSourceId: stage.sourceId });
    const id = await stage.addModule({ trigger: { kind: 'buttonClicked' } });
    const { run } = await stage.test.call('modules.press', { id, itemId: items[0]?.id ?? '' });
    await stage.test.call('runs.cancel', { id: run.id });
    expect((await stage.test.call('runs.get', { id: run.id })).run.state).toBe('cancelled');
    await expect(stage.test.call('runs.cancel', { id: run.id })).rejects.toThrow('run.settled');
    await stage.test.call('runs.retry', { id: run.id });
    await stage.runs((runs) => runs[0]?.state === 'succeeded');
    expect(stage.server.calls).toHaveLength(1);
  });

  it('survive a restart in the middle', async () => {
    await stage.addModule({
      steps: [
        ...stage.moduleOf().steps,
        { ...stage.moduleOf().steps[0], id: 's2', path: '/second' } as never,
      ],
    });
    await stage.send({ id: 1, name: 'Ann', email: 'ann@example.com' });
    await stage.runs(ended(1));
    await stage.restart();
    const { runs } = await stage.test.call('runs.list', {});
    expect(runs).toMatchObject([{ state: 'succeeded', steps: { done: 2, total: 2 } }]);
  });
});
