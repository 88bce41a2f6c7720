// Calls that come faster than they are indexed, without end: a new mapping goes live all the same, and whoever saved it is answered.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCapturesTable } from '../../../main/engine/captures/captures-table.ts';
import { createId } from '../../../main/engine/ids.ts';
import { type Database, openDatabase, transact } from '../../../main/engine/store/database.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let store: Database;
let source: { id: string; url: string };

beforeEach(async () => {
  test = await startTestEngine();
  source = await test.createSource();
  store = openDatabase(join(test.dataDir, 'hookbench.db'));
});
afterEach(async () => {
  await test.stop();
  store.close();
});

let number = 0;
/** Straight into the store, so that the pace does not depend on this machine. */
function receive(calls: number): void {
  const table = createCapturesTable(store);
  const connection = store
    .prepare<[string], { id: string }>('SELECT id FROM connections WHERE data_source_id = ?')
    .get(source.id);
  transact(store, () => {
    for (let i = 0; i < calls; i += 1) {
      number += 1;
      const body = Buffer.from(`{"id":${number},"title":"Item ${number}","name":"Name ${number}"}`);
      table.insert({
        id: createId('cap'),
        data_source_id: source.id,
        connection_id: connection?.id ?? '',
        received_at: Date.now(),
        method: 'POST',
        path: '/',
        query: '',
        headers: '[]',
        content_type: 'application/json',
        format: 'json',
        size: body.length,
        outcome: 'accepted',
        status: 200,
        event_type: null,
        delivery_id: null,
        item_count: 1,
        index_state: 'waiting',
        rejection: null,
        notes: '[]',
        verification: null,
        found: null,
        body: { packing: 'none', bytes: body },
      });
    }
  });
}

it('a first and a second mapping go live, and none of their items is lost', { timeout: 90_000 }, async () => {
  const mostRounds = 50;
  let rounds = 0;
  let isPouring = true;
  receive(120);
  test.engine.subscribe((event) => {
    // Told at most once for every 50 calls that are indexed: more come than are indexed.
    if (event !== 'items.changed' || !isPouring || rounds > mostRounds) return;
    rounds += 1;
    receive(300);
  });
  const save = (title: string) =>
    test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title } });
  const liveItems = async () =>
    (await test.call('dataSources.get', { id: source.id })).dataSource.counts.items;
  const rest = async () => {
    isPouring = false;
    await expect.poll(liveItems, { timeout: 30_000 }).toBe(number);
    expect((await test.call('mapping.get', { dataSourceId: source.id })).waiting).toBe(0);
  };
  await save('title');
  expect(rounds).toBeLessThan(mostRounds);
  expect(await liveItems()).toBeGreaterThanOrEqual(120);
  await rest();

  rounds = 0;
  isPouring = true;
  const history = number;
  await save('name');
  expect(rounds).toBeLessThan(mostRounds);
  expect(await liveItems()).toBeGreaterThanOrEqual(history);
  const { items } = await test.call('items.list', { dataSourceId: source.id, limit: 5 });
  for (const { title } of items) expect(title).toMatch(/^Name/);
  await rest();
});
