// The depth of the mapping, through the real engine: wrapped texts, fallbacks, composite ids, event types, the newest version wins.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };

beforeEach(async () => {
  test = await startTestEngine();
  source = await test.createSource();
});
afterEach(() => test.stop());

const post = async (body: unknown, headers: Record<string, string> = {}, query = '') => {
  const response = await fetch(source.url + query, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { id: string; items: number };
};
const save = (mapping: Mapping, evenIfEmpty = false) =>
  test.call('mapping.save', { dataSourceId: source.id, mapping, evenIfEmpty });
const items = async () => (await test.call('items.list', { dataSourceId: source.id, limit: 500 })).items;
const brief = async () => (await items()).map(({ externalId, title }) => `${externalId} ${title}`).sort();
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('wrapped texts', () => {
  it('are opened: JSON in a form field, as Slack sends it', async () => {
    const payload = { type: 'block_actions', user: { id: 'U1', name: 'ada' } };
    const form = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const { id } = await post(form, { 'content-type': 'application/x-www-form-urlencoded' });
    const unwrap = [{ path: 'payload', as: 'json' as const }];
    await save({ id: 'payload.user.id', title: 'payload.user.name', unwrap });
    expect(await brief()).toEqual(['U1 ada']);
    const { nodes } = await test.call('captures.children', { id, path: 'payload', offset: 0, unwrap });
    expect(nodes.map((node) => node.path)).toEqual(['payload.type', 'payload.user']);
  });

  it('are opened: base64 JSON, as Gmail sends it through Pub/Sub, inside and outside of a split', async () => {
    const data = (historyId: number) => base64({ emailAddress: 'ada@example.com', historyId });
    await save({
      id: 'historyId',
      title: 'emailAddress',
      split: '$.message.data',
      unwrap: [{ path: 'message.data', as: 'base64Json' }],
    });
    expect((await post({ message: { data: data(1) } })).items).toBe(1);
    await expect.poll(brief).toEqual(['1 ada@example.com']);
    const ofMany: Mapping = {
      id: 'data.historyId',
      title: 'data.emailAddress',
      split: '$.messages[*]',
      unwrap: [{ path: '$.messages[*].data', as: 'base64Json' }],
    };
    // None of the calls so far has this shape.
    await save(ofMany, true);
    expect((await post({ messages: [{ data: data(7) }, { data: data(8) }] })).items).toBe(2);
    await expect.poll(brief).toEqual(['7 ada@example.com', '8 ada@example.com']);
  });

  it('count as items at the answer, and say in the preview why one cannot be opened', async () => {
    const unwrap = [{ path: 'batch', as: 'json' as const }];
    const mapping: Mapping = { id: 'id', title: 'id', split: '$.batch[*]', unwrap };
    await save(mapping);
    expect((await post({ batch: '[{"id":1},{"id":2},{"id":3}]' })).items).toBe(3);
    await post({ batch: '[{"id":1},' });
    const { rows } = await test.call('mapping.preview', { dataSourceId: source.id, mapping });
    expect(rows.find(({ row }) => row === 'unwrap.0')?.problem).toMatchObject({ code: 'wrapped' });
    // A call that has no such text is as good as any other: the mapping need not be put right for it.
    await post({ id: 4 });
    const other = await test.call('mapping.preview', { dataSourceId: source.id, mapping });
    expect(other.rows.find(({ row }) => row === 'unwrap.0')?.problem).toMatchObject({ code: 'nothing' });
  });
});

describe('rows', () => {
  it('fall back to the next path where one yields no value', async () => {
    await post({ id: 1, name: 'One' });
    await post({ key: 2, label: 'Two' });
    await post({ id: null, key: 3, name: '', label: 'Three' });
    await save({
      id: 'id',
      idFallbacks: ['key'],
      title: 'name',
      titleFallbacks: ['label'],
      fields: [{ name: 'mail', path: 'mail', type: 'text', fallbacks: ['name', '$query["m"]'] }],
    });
    expect(await brief()).toEqual(['1 One', '2 Two', '3 Three']);
  });

  it('join a composite id, and need all of its parts', async () => {
    await post({ shop: 'a', order: 1, title: 'A1' }, { 'x-region': 'eu' });
    await post({ shop: 'b', order: 1, title: 'B1' }, { 'x-region': 'eu' });
    await post({ shop: 'b', title: 'no order' });
    await save({ id: 'shop', idParts: ['order', '$headers["x-region"]'], idSeparator: '/', title: 'title' });
    expect(await brief()).toEqual(['a/1/eu A1', 'b/1/eu B1']);
    expect((await test.call('dataSources.get', { id: source.id })).dataSource.counts.needsAttention).toBe(1);
  });

  it('let go what a call leaves out, where the mapping says so', async () => {
    const fields: Mapping['fields'] = [
      { name: 'a', path: 'a', type: 'number' },
      { name: 'b', path: 'b', type: 'number', absentKeeps: true },
    ];
    await save({ id: 'id', title: 'title', absentKeeps: false, fields });
    await post({ id: 1, title: 'One', a: 1, b: 2 });
    await post({ id: 1 });
    await expect.poll(items).toMatchObject([{ title: '1', fields: { b: 2 }, version: 2 }]);
    expect((await items())[0]?.fields).toEqual({ b: 2 });
  });

  it('let the newest version win by the clock of the sender', async () => {
    await save({ id: 'id', title: 'title', updatedAt: 'at' });
    await post({ id: 1, title: 'second', at: '2026-11-20T10:00:00Z' });
    await post({ id: 1, title: 'first, late', at: '2026-11-20T09:00:00Z' });
    await post({ id: 2, title: 'second', at: 1_763_632_800 });
    await post({ id: 2, title: 'third', at: '2026-11-20T10:00:01+00:00' });
    await expect.poll(brief).toEqual(['1 second', '2 third']);
    await post({ id: 1, title: 'second', at: '2026-11-20T12:00:00Z' });
    await post({ id: 1, title: 'between', at: '2026-11-20T11:00:00Z' });
    await post({ id: 3, title: 'end' });
    await expect.poll(brief).toEqual(['1 second', '2 third', '3 end']);
  });
});

describe('event types', () => {
  beforeEach(async () => {
    source = await test.createSource('github');
  });
  const event = (name: string) => ({ 'x-github-event': name });

  it('have paths of their own, which the suggestion of the catalog brings along', async () => {
    const start = await test.call('mapping.get', { dataSourceId: source.id });
    expect(start.suggested?.byEvent?.['push']).toMatchObject({ id: 'after', title: 'head_commit.message' });
    expect(start.events).toContainEqual({ name: 'push', calls: 0 });
    const suggested = start.suggested;
    if (!suggested) throw new Error('GitHub has a suggestion.');
    await save(suggested);
    await post({ pull_request: { id: 1, title: 'A change' } }, event('pull_request'));
    await post({ after: 'abc', head_commit: { message: 'A commit' } }, event('push'));
    await expect.poll(brief).toEqual(['1 A change', 'abc A commit']);
    const { events } = await test.call('mapping.get', { dataSourceId: source.id });
    expect(events.slice(0, 2)).toEqual([
      { name: 'pull_request', calls: 1 },
      { name: 'push', calls: 1 },
    ]);
  });

  it('split in their own way, and are previewed and counted by type', async () => {
    const mapping: Mapping = {
      id: 'id',
      title: 'name',
      byEvent: { batch: { split: '$.list[*]' }, odd: { id: 'key', title: 'label' } },
    };
    await save(mapping);
    expect((await post({ list: [{ id: 1, name: 'a' }, { id: 2 }] }, event('batch'))).items).toBe(2);
    expect((await post({ key: 'k', label: 'K' }, event('odd'))).items).toBe(1);
    await post({ nothing: true }, event('plain'));
    const preview = await test.call('mapping.preview', { dataSourceId: source.id, mapping });
    expect(preview.rows.find(({ row }) => row === 'id')?.problem).toMatchObject({ code: 'nothing' });
    const coverage = await test.call('mapping.coverage', { dataSourceId: source.id, mapping });
    const id = coverage.rows.find(({ row }) => row === 'id');
    expect(id).toMatchObject({ calls: { yielded: 2, total: 3 }, items: { yielded: 3, total: 4 } });
    expect(id?.byEvent).toContainEqual({ eventType: 'plain', yielded: 0, total: 1 });
    expect(coverage.rows.find(({ row }) => row === 'title')?.calls).toEqual({ yielded: 1, total: 3 });
  });
});

describe('a mapping with a row that cannot be read', () => {
  it('is refused by the name of that row', async () => {
    const base: Mapping = { id: 'id', title: 'title' };
    const wrong: [Mapping, RegExp][] = [
      [{ ...base, idFallbacks: ['a['] }, /idFallbacks\.0:/],
      [{ ...base, idParts: [''] }, /idParts\.0:/],
      [{ ...base, unwrap: [{ path: '$headers["a"]', as: 'json' }] }, /unwrap\.0:/],
      [{ ...base, byEvent: { 'a.b': { title: '$[?(' } } }, /byEvent\.a\.b\.title:/],
      [
        { ...base, fields: [{ name: 'f', path: 'f', type: 'text', fallbacks: ['..'] }] },
        /fields\.0\.fallbacks\.0:/,
      ],
    ];
    for (const [mapping, message] of wrong) await expect(save(mapping)).rejects.toThrow(message);
  });
});
