// Pause, rotation, deletion and undo, with the real engine and real sockets.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
const post = (url = source.url, body: unknown = { id: 1, title: 'One' }) =>
  fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) });
const get = async () => (await test.call('dataSources.get', { id: source.id })).dataSource;
const actions = async () =>
  (await test.call('audit.list', { dataSourceId: source.id })).entries.map(({ action }) => action);

describe('a paused data source', () => {
  it('answers 503 with Retry-After, stores nothing, and takes calls again', async () => {
    await test.call('dataSources.pause', { id: source.id });
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'paused' } });
    expect((await fetch(source.url)).status).toBe(503);
    expect((await fetch(source.url, { method: 'HEAD' })).status).toBe(503);
    expect(await get()).toMatchObject({ status: 'paused', counts: { captures: 0 } });
    expect((await test.call('dataSources.list', {})).dataSources[0]?.status).toBe('paused');
    await test.call('dataSources.resume', { id: source.id });
    expect((await post()).status).toBe(200);
    expect(await get()).toMatchObject({ status: 'needsMapping', counts: { captures: 1 } });
    expect(await actions()).toEqual(['resumed', 'paused', 'created']);
  });

  it('stays paused over a restart, and a second pause changes nothing', async () => {
    await test.call('dataSources.pause', { id: source.id });
    await test.call('dataSources.pause', { id: source.id });
    const { pathname } = new URL(source.url);
    await test.stop();
    test = await startTestEngine(test.dataDir);
    expect((await post(`${test.engine.facts.receiver.url}${pathname}`)).status).toBe(503);
    expect(await actions()).toEqual(['paused', 'created']);
  });
});

describe('a rotated URL', () => {
  const urlOf = async () => (await get()).connections[0]?.inboundUrl ?? '';

  it('is another at once; the former one answers like any unknown', async () => {
    const unknown = await post(`${test.engine.facts.receiver.url}/in/aaaaaaaaaaaaaaaaaaaaaa`);
    await test.call('dataSources.rotateUrl', { id: source.id });
    const url = await urlOf();
    expect(url).not.toBe(source.url);
    const former = await post();
    expect(former.status).toBe(404);
    expect(await former.text()).toBe(await unknown.text());
    expect((await post(url)).status).toBe(200);
    await test.stop();
    test = await startTestEngine(test.dataDir);
    const base = test.engine.facts.receiver.url;
    expect((await post(base + new URL(source.url).pathname)).status).toBe(404);
    expect((await post(base + new URL(url).pathname)).status).toBe(200);
  });

  it('stays valid for 24 hours by choice, over a restart, and not a moment longer', async () => {
    await test.call('dataSources.rotateUrl', { id: source.id, keepFormer: true });
    const { formerUrlUntil } = (await get()).connections[0] ?? {};
    expect(Date.parse(formerUrlUntil ?? '') - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect((await post()).status).toBe(200);
    await test.stop();
    test = await startTestEngine(test.dataDir);
    const former = test.engine.facts.receiver.url + new URL(source.url).pathname;
    expect((await post(former)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 + 1000 });
    expect((await post(former)).status).toBe(404);
    expect((await get()).connections[0]?.formerUrlUntil).toBeUndefined();
  });

  it('ends every former one when it is rotated at once', async () => {
    await test.call('dataSources.rotateUrl', { id: source.id, keepFormer: true });
    const second = await urlOf();
    await test.call('dataSources.rotateUrl', { id: source.id });
    expect((await post()).status).toBe(404);
    expect((await post(second)).status).toBe(404);
    expect((await post(await urlOf())).status).toBe(200);
  });

  it('never stands in the audit log or the log', async () => {
    await test.call('dataSources.rotateUrl', { id: source.id, keepFormer: true });
    const tokens = [source.url, await urlOf()].map((url) => url.split('/').at(-1) ?? '');
    const told = JSON.stringify(await test.call('audit.list', {})) + test.logLines.join('\n');
    for (const token of tokens) expect(told).not.toContain(token);
  });
});

describe('a deleted data source', () => {
  it('is unknown at once, and undo restores everything with its URL', async () => {
    await post();
    await post(source.url, 'no object');
    await test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title: 'title' } });
    const before = await get();
    const { items } = await test.call('items.list', { dataSourceId: source.id });
    expect(await test.call('dataSources.delete', { id: source.id })).toMatchObject({ captures: 2, items: 1 });
    expect((await post()).status).toBe(404);
    expect((await test.call('dataSources.list', {})).dataSources).toEqual([]);
    expect((await test.call('captures.list', {})).captures).toEqual([]);
    await expect(get()).rejects.toThrow('dataSource.missing');
    await test.call('dataSources.undoDelete', { id: source.id });
    expect(await get()).toEqual(before);
    expect((await test.call('items.list', { dataSourceId: source.id })).items).toEqual(items);
    expect((await test.call('captures.list', {})).captures).toHaveLength(2);
    expect((await post()).status).toBe(200);
    expect(await actions()).toEqual(['restored', 'deleted', 'mappingSaved', 'created']);
  });

  it('comes back paused where it was paused', async () => {
    await test.call('dataSources.pause', { id: source.id });
    await test.call('dataSources.delete', { id: source.id });
    await test.call('dataSources.undoDelete', { id: source.id });
    expect((await post()).status).toBe(503);
  });

  it('is removed with all its rows after the time to undo, and nothing of others is', async () => {
    await test.stop();
    test = await startTestEngine(test.dataDir, { undoMs: 50 });
    const base = test.engine.facts.receiver.url;
    const other = await test.createSource();
    const url = base + new URL(source.url).pathname;
    for (let id = 0; id < 30; id += 1) await post(url, { id, title: 'Item' });
    await post(other.url);
    await test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title: 'title' } });
    await test.call('mapping.save', { dataSourceId: other.id, mapping: { id: 'id', title: 'title' } });
    await test.call('retention.set', {
      dataSourceId: source.id,
      rules: { accepted: { calls: 25 }, rejected: {}, handshake: {}, duplicate: {} },
    });
    await test.call('dataSources.rotateUrl', { id: source.id, keepFormer: true });
    await test.call('dataSources.delete', { id: source.id });
    await expect.poll(actions).toContain('removed');
    await expect(test.call('dataSources.undoDelete', { id: source.id })).rejects.toThrow(
      'dataSource.missing',
    );
    expect((await post(url)).status).toBe(404);
    expect((await test.call('items.list', { dataSourceId: other.id })).items).toHaveLength(1);
    await test.stop();
    const { openStore } = await import('../../../main/engine/store/store.ts');
    const store = openStore(test.dataDir);
    const tables = store.database
      .prepare<[], { name: string }>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'audit_entries'",
      )
      .all();
    for (const { name } of tables) {
      const rows = store.database.prepare(`SELECT * FROM "${name}"`).all();
      expect(JSON.stringify(rows)).not.toContain(source.id);
    }
    expect(store.database.pragma('foreign_key_check')).toEqual([]);
    expect(store.database.prepare('SELECT count(*) AS n FROM capture_bodies').get()).toEqual({ n: 1 });
    expect(store.database.prepare('SELECT count(*) AS n FROM item_versions').get()).toEqual({ n: 1 });
    store.close();
    test = await startTestEngine(test.dataDir);
  });
});

describe('information', () => {
  it('is changed, told in the audit log without the notes, and unchanged values tell nothing', async () => {
    await test.call('dataSources.update', {
      id: source.id,
      name: 'Orders',
      description: 'For the shop',
      notes: 'the key is 1234',
    });
    await test.call('dataSources.update', { id: source.id, name: 'Orders' });
    expect(await get()).toMatchObject({
      name: 'Orders',
      description: 'For the shop',
      notes: 'the key is 1234',
    });
    expect((await test.call('dataSources.list', {})).dataSources[0]?.notes).toBeUndefined();
    expect(await actions()).toEqual(['described', 'renamed', 'created']);
    expect(JSON.stringify(await test.call('audit.list', {}))).not.toContain('1234');
  });
});
