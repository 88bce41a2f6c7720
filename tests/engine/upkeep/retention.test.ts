// Retention with the real engine: what goes, what is held back, what stays behind.
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RetentionRules } from '#contract';
import { freeSpace, openReader } from '../../../main/engine/store/database.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };

beforeEach(async () => {
  test = await startTestEngine();
  source = await test.createSource();
});
afterEach(async () => {
  vi.useRealTimers();
  await test.stop();
});

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(source.url, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const counts = async () => (await test.call('dataSources.get', { id: source.id })).dataSource.counts;
const stored = async () => (await test.call('retention.get', { dataSourceId: source.id })).retention.stored;
const keepAll: RetentionRules = { accepted: {}, rejected: {}, handshake: {}, duplicate: {} };
const set = (rules: Partial<RetentionRules>) =>
  test.call('retention.set', { dataSourceId: source.id, rules: { ...keepAll, ...rules } });
const preview = async (rules: Partial<RetentionRules>) =>
  (await test.call('retention.preview', { dataSourceId: source.id, rules: { ...keepAll, ...rules } }))
    .preview;
const save = () =>
  test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title: 'title' } });

describe('retention', () => {
  it('keeps all that was accepted, and the newest 1,000 of what carries no data, by default', async () => {
    const { retention } = await test.call('retention.get', { dataSourceId: source.id });
    expect(retention.rules).toEqual({
      accepted: {},
      rejected: { calls: 1000 },
      handshake: { calls: 1000 },
      duplicate: {},
    });
  });

  it('never deletes what waits for a mapping', async () => {
    for (let id = 1; id <= 5; id += 1) await post({ id, title: `Item ${id}` });
    for (let id = 1; id <= 3; id += 1) await post('{');
    expect(await preview({ accepted: { calls: 1 }, rejected: { calls: 1 } })).toMatchObject({
      goes: { accepted: { calls: 0 }, rejected: { calls: 2, bytes: 2 } },
      total: { calls: 2, bytes: 2 },
      heldBack: 4,
    });
    await set({ accepted: { calls: 1 }, rejected: { calls: 1 } });
    await expect.poll(async () => (await counts()).rejected).toBe(1);
    expect(await counts()).toMatchObject({ captures: 6, waiting: 5 });
  });

  it('deletes the oldest that are indexed; their items and versions stay', async () => {
    for (let id = 1; id <= 5; id += 1) await post({ id, title: `Item ${id}` });
    await save();
    const rules = { accepted: { calls: 2 } };
    const before = await stored();
    const told = await preview(rules);
    expect(told.total.calls).toBe(3);
    const swept = vi.fn();
    test.engine.subscribe((event, data) => event === 'retention.swept' && swept(data));
    await set(rules);
    await expect.poll(() => swept.mock.lastCall?.[0]).toMatchObject({ ...told.total, done: true });
    expect((await stored()).accepted).toEqual({
      calls: 2,
      bytes: before.accepted.bytes - told.total.bytes,
    });
    expect(await counts()).toMatchObject({ captures: 2, items: 5 });
    const { items } = await test.call('items.list', { dataSourceId: source.id });
    const first = items.find(({ externalId }) => externalId === '1');
    expect((await test.call('items.get', { id: first?.id ?? '' })).versions).toHaveLength(1);
    expect((await test.call('retention.get', { dataSourceId: source.id })).retention.deleted).toMatchObject(
      told.total,
    );
  });

  it('never deletes what is pinned, and says so before; unpinned it goes with the next sweep', async () => {
    for (let id = 1; id <= 4; id += 1) await post({ id, title: `Item ${id}` });
    await post('{');
    await post('{');
    await save();
    const { captures } = await test.call('captures.list', { dataSourceId: source.id });
    const [, refused, , , , first] = captures.map(({ id }) => id);
    const pinned = [refused ?? '', first ?? ''];
    await test.call('captures.mark', { ids: pinned, pinned: true });
    const rules = { accepted: { calls: 1 }, rejected: { calls: 1 } };
    expect(await preview(rules)).toMatchObject({ total: { calls: 2 }, heldBack: 0, pinned: 2 });
    await set(rules);
    await expect.poll(async () => (await counts()).captures).toBe(4);
    const left = (await test.call('captures.list', { dataSourceId: source.id })).captures;
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining(pinned));
    await test.call('captures.mark', { ids: pinned, pinned: false });
    await set(keepAll);
    await set(rules);
    await expect.poll(async () => (await counts()).captures).toBe(2);
  });

  it('keeps calls without an id: a better mapping may find it', async () => {
    await post({ number: 1 });
    await post({ id: 2, title: 'Two' });
    await post({ id: 3, title: 'Three' });
    await save();
    await set({ accepted: { calls: 1 } });
    await expect.poll(async () => (await counts()).captures).toBe(2);
    expect(await counts()).toMatchObject({ needsAttention: 1 });
    const { captures } = await test.call('captures.list', { dataSourceId: source.id });
    expect(captures.map(({ indexState }) => indexState)).toEqual(['indexed', 'needsAttention']);
  });

  it('deletes by age', async () => {
    await post({ id: 1, title: 'Old' });
    await save();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 86_400_000 });
    await post({ id: 2, title: 'New' });
    await expect.poll(async () => (await counts()).items).toBe(2);
    expect((await preview({ accepted: { days: 4 } })).total.calls).toBe(0);
    expect((await preview({ accepted: { days: 2 } })).total.calls).toBe(1);
    await set({ accepted: { days: 2 } });
    await expect.poll(async () => (await counts()).captures).toBe(1);
  });

  it('still recognises a repeat of a deleted call', async () => {
    source = await test.createSource('github');
    const delivery = { 'x-github-delivery': 'd-1', 'x-github-event': 'issues' };
    expect(await (await post({ id: 1, title: 'One' }, delivery)).json()).not.toMatchObject({
      duplicate: true,
    });
    await post({ id: 2, title: 'Two' }, { ...delivery, 'x-github-delivery': 'd-2' });
    await save();
    await set({ accepted: { calls: 1 } });
    await expect.poll(async () => (await stored()).accepted.calls).toBe(1);
    await post({ id: 1, title: 'One' }, delivery);
    expect((await stored()).duplicate.calls).toBe(1);
  });

  it('carries the items of deleted calls over to a new mapping', async () => {
    await post({ id: 1, title: 'One', name: 'Uno' });
    await post({ id: 2, title: 'Two', name: 'Due' });
    await save();
    await set({ accepted: { calls: 1 } });
    await expect.poll(async () => (await counts()).captures).toBe(1);
    const mapping = { id: 'id', title: 'name' };
    // The dry run says the same: nothing vanishes.
    expect((await test.call('mapping.dryRun', { dataSourceId: source.id, mapping })).counts).toMatchObject({
      change: 1,
      vanish: 0,
      carriedOver: 1,
    });
    await test.call('mapping.save', { dataSourceId: source.id, mapping });
    const { items } = await test.call('items.list', { dataSourceId: source.id });
    expect(items.map(({ externalId, title }) => [externalId, title]).sort()).toEqual([
      ['1', 'One'],
      ['2', 'Due'],
    ]);
    expect(await counts()).toMatchObject({ items: 2 });
    const kept = items.find(({ externalId }) => externalId === '1');
    expect((await test.call('items.get', { id: kept?.id ?? '' })).versions).toHaveLength(1);
  });

  it('gives the space back', async () => {
    const large = { title: 'Big', data: randomBytes(1_500_000).toString('base64') };
    for (let id = 1; id <= 8; id += 1) await post({ id, ...large });
    await save();
    await set({ accepted: { calls: 1 } });
    await expect.poll(async () => (await counts()).captures, { timeout: 20_000 }).toBe(1);
    const file = join(test.dataDir, 'hookbench.db');
    const store = openReader(file);
    const spareBytes = 8 * 1024 * 1024;
    await expect.poll(() => freeSpace(store).bytes, { timeout: 20_000 }).toBeLessThanOrEqual(spareBytes);
    store.close();
    await test.stop();
    expect(statSync(file).size).toBeLessThan(12_000_000);
    test = await startTestEngine(test.dataDir);
  });

  it('tells the change in the audit log, and refuses rules that make no sense', async () => {
    await set({ accepted: { calls: 10, days: 30 } });
    const { entries } = await test.call('audit.list', {
      dataSourceId: source.id,
      action: 'retentionChanged',
    });
    expect(entries[0]?.changes).toEqual([
      { what: 'accepted', from: 'all', to: 'the newest 10, at most 30 days' },
      { what: 'rejected', from: 'the newest 1000', to: 'all' },
      { what: 'handshake', from: 'the newest 1000', to: 'all' },
    ]);
    await expect(set({ accepted: { calls: 0 } })).rejects.toThrow('input.invalid');
    await expect(set({ accepted: { days: 1.5 } })).rejects.toThrow('input.invalid');
  });
});
