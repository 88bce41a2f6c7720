// Drift watch: what counts as drift, when it ends, and that the engine learns it from real calls.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyMemory, type PathMemory, remember } from '../../../main/engine/indexing/path-memory.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

function learned(letters: string, from: PathMemory = emptyMemory()): PathMemory {
  let memory = from;
  for (const [i, letter] of [...letters].entries())
    memory = remember(memory, letter, { at: i, captureId: `cap_${i}` });
  return memory;
}
const drift = (letters: string) => learned(letters).drift?.kind;

describe('the rules', () => {
  it('say nothing before ten calls are known', () => {
    expect(drift('t'.repeat(9) + '-'.repeat(5))).toBeUndefined();
    expect(drift('t'.repeat(10) + '-'.repeat(4))).toBeUndefined();
    expect(drift('t'.repeat(10) + '-'.repeat(5))).toBe('vanished');
  });

  it('take null for no value', () => {
    expect(drift('n'.repeat(30) + '0'.repeat(5))).toBe('vanished');
  });

  it('say nothing of a path that was never usual', () => {
    expect(drift('t-'.repeat(20) + '-'.repeat(5))).toBeUndefined();
  });

  it('see another type, and the one before', () => {
    expect(learned('n'.repeat(10) + 't'.repeat(5)).drift).toMatchObject({
      kind: 'changedType',
      typeBefore: 'number',
      typeNow: 'text',
      before: { calls: 10, present: 10 },
      captureId: 'cap_14',
    });
    expect(drift(`${'n'.repeat(10)}ttttn`)).toBeUndefined();
    expect(drift('nt'.repeat(15) + 't'.repeat(5))).toBeUndefined();
  });

  it('see a path that became rare', () => {
    expect(drift('t'.repeat(40) + 't-'.repeat(9))).toBeUndefined();
    expect(drift('t'.repeat(40) + 't-'.repeat(10))).toBe('rare');
  });

  it('keep a drift until the path is as before, however long it lasts', () => {
    const long = learned('t'.repeat(10) + '-'.repeat(500));
    expect(long.drift).toMatchObject({ kind: 'vanished', captureId: 'cap_14' });
    expect(learned('tt', long).drift).toBeDefined();
    expect(learned('ttt', long).drift).toBeUndefined();
  });

  it('hold a memory that does not grow', () => {
    const memory = learned('t'.repeat(50_000));
    expect(memory.recent).toHaveLength(20);
    expect(Object.values(memory.learned).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1_000);
  });
});

describe('the engine', () => {
  let test: TestEngine;
  let source: { id: string; url: string };
  let told = 0;
  beforeEach(async () => {
    test = await startTestEngine();
    source = await test.createSource();
    told = 0;
    test.engine.subscribe((event) => {
      if (event === 'dataSources.drifted') told += 1;
    });
    await test.call('mapping.save', {
      dataSourceId: source.id,
      mapping: { id: 'id', title: 'name', fields: [{ name: 'mail', path: 'user.mail', type: 'text' }] },
    });
  });
  afterEach(() => test.stop());

  const post = async (...bodies: unknown[]) => {
    for (const body of bodies) {
      const headers = { 'content-type': 'application/json' };
      await fetch(source.url, { method: 'POST', headers, body: JSON.stringify(body) });
    }
    await expect.poll(async () => (await test.call('status.get', {})).waiting).toBe(0);
  };
  const drifts = async () => (await test.call('dataSources.drift', { id: source.id })).drifts;
  const dataSource = async () => (await test.call('dataSources.get', { id: source.id })).dataSource;
  const good = (n: number) => ({ id: n, name: `N${n}`, user: { mail: `${n}@example.com` } });
  const many = (count: number, make: (n: number) => unknown) =>
    Array.from({ length: count }, (_, i) => make(i));

  it('shows a field that vanished, with a call that lacks it, until the mapping is better', async () => {
    await post(...many(12, good), ...many(5, (n) => ({ id: n, name: 'x', person: { mail: 'm' } })));
    const [found] = await drifts();
    expect(found).toMatchObject({
      row: 'fields.0',
      name: 'mail',
      path: 'user.mail',
      kind: 'vanished',
      typeBefore: 'text',
      before: { calls: 12, present: 12 },
      recent: { calls: 17, present: 12 },
    });
    const view = await test.call('captures.value', { id: found?.captureId ?? '', path: '$' });
    expect(JSON.parse(view.text)).toHaveProperty('person.mail');
    expect((await dataSource()).counts.drifts).toBe(1);
    expect((await dataSource()).status).toBe('listening');
    expect(told).toBeGreaterThan(0);

    await test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title: 'name' } });
    expect(await drifts()).toEqual([]);
    expect((await dataSource()).counts.drifts).toBe(0);
  });

  it('makes the status errors when the id is concerned', async () => {
    await post(...many(12, good), ...many(5, (n) => ({ ...good(n), id: `x${n}` })));
    expect(await drifts()).toMatchObject([
      { row: 'id', kind: 'changedType', typeBefore: 'number', typeNow: 'text' },
    ]);
    expect((await dataSource()).status).toBe('errors');
    await test.call('dataSources.acceptDrift', { id: source.id, row: 'id' });
    expect(await drifts()).toEqual([]);
    expect((await dataSource()).status).toBe('listening');
  });

  it('survives a restart, and tells no drift twice for the calls of a large list', async () => {
    await post(...many(12, good));
    await post(many(300, (n) => ({ id: n, name: 'x' })));
    expect(await drifts()).toEqual([]);
    await test.stop();
    test = await startTestEngine(test.dataDir);
    const url = (await dataSource()).connections[0]?.inboundUrl ?? '';
    source = { ...source, url };
    await post(...many(4, (n) => ({ id: n, name: 'y' })));
    expect(await drifts()).toMatchObject([{ name: 'mail', kind: 'vanished' }]);
  });
});

describe('needs attention', () => {
  it('lists the calls with the reason of each element, and is emptied by a better mapping', async () => {
    const test = await startTestEngine();
    const source = await test.createSource();
    await test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title: 'name' } });
    const post = (body: unknown) =>
      fetch(source.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post([{ id: 1 }, { key: 2, name: 'b' }, { id: { a: 1 }, key: 3 }]);
    await post({ id: 4 });
    await post({ key: 5 });
    await expect.poll(async () => (await test.call('status.get', {})).waiting).toBe(0);
    const list = () => test.call('captures.needingAttention', { dataSourceId: source.id, limit: 1 });
    const first = await list();
    expect(first.captures).toMatchObject([
      {
        elements: 1,
        lacking: 1,
        itemCount: 0,
        reasons: [{ element: 0, reason: expect.stringContaining('nothing') }],
      },
    ]);
    const second = await test.call('captures.needingAttention', {
      dataSourceId: source.id,
      limit: 1,
      before: first.next,
    });
    expect(second.next).toBeUndefined();
    expect(second.captures).toMatchObject([
      {
        elements: 3,
        lacking: 2,
        itemCount: 1,
        reasons: [{ element: 1 }, { element: 2, reason: expect.stringContaining('an object') }],
      },
    ]);
    await test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'key', title: 'name' } });
    expect((await list()).captures).toHaveLength(1);
    await test.stop();
  });
});
