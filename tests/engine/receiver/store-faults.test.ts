// A store that another program holds: what senders, windows and scripts are told, and that nothing is stuck afterwards.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../main/engine/store/database.ts';
import { openDatabase } from '../../../main/engine/store/database.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let other: Database;

beforeEach(async () => {
  test = await startTestEngine();
  other = openDatabase(`${test.dataDir}/hookbench.db`);
});
afterEach(async () => {
  other.close();
  await test.stop();
});

const post = (url: string, id: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  });
const storeFault = async () => (await test.call('status.get', {})).storeFault;
const counts = async (id: string) => (await test.call('dataSources.get', { id })).dataSource.counts;
const mapping = { id: 'id', title: 'id' };

it('answers 503 in time, says so once, and goes on by itself', async () => {
  const { id, url } = await test.createSource();
  await test.call('mapping.save', { dataSourceId: id, mapping });
  other.exec('BEGIN IMMEDIATE');
  const started = performance.now();
  const refused = await Promise.all(Array.from({ length: 20 }, (_, index) => post(url, `refused ${index}`)));
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(refused.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 503));
  expect(refused[0]?.headers.get('retry-after')).toBe('5');
  expect(await storeFault()).toMatch(/Another program holds the store/);
  await expect(test.call('dataSources.create', { kind: 'custom', name: 'Held' })).rejects.toThrow(
    /store\.unavailable: Another program holds the store/,
  );
  other.exec('ROLLBACK');
  expect((await post(url, 'stored')).status).toBe(200);
  expect(await storeFault()).toBeUndefined();
  await expect.poll(() => counts(id)).toMatchObject({ captures: 1, items: 1, waiting: 0 });
  expect(test.logLines.filter((line) => line.includes('calls cannot be stored'))).toHaveLength(1);
  expect(test.logLines.filter((line) => line.includes('"refused":20'))).toHaveLength(1);
});

it('indexes every source again that could not be indexed meanwhile', async () => {
  const sources = [await test.createSource(), await test.createSource(), await test.createSource()];
  for (const { id } of sources) await test.call('mapping.save', { dataSourceId: id, mapping });
  const stored = new Promise<void>((resolve) => {
    let count = 0;
    test.engine.subscribe((event, data) => {
      if (event !== 'captures.received') return;
      count += (data as { count: number }).count;
      // In this moment the calls are stored and told, and indexing has not begun.
      if (count === sources.length) other.exec('BEGIN IMMEDIATE');
      if (count === sources.length) resolve();
    });
  });
  await Promise.all(sources.map(({ url }) => post(url, 'one')));
  await stored;
  await expect
    .poll(() => test.logLines.filter((line) => line.includes('indexing failed')).length, { timeout: 10_000 })
    .toBeGreaterThan(0);
  other.exec('ROLLBACK');
  await expect
    .poll(() => Promise.all(sources.map(async ({ id }) => (await counts(id)).items)), { timeout: 10_000 })
    .toEqual([1, 1, 1]);
});

it('sees by itself that the store can be written again, without any call', async () => {
  const { url } = await test.createSource();
  other.exec('BEGIN IMMEDIATE');
  expect((await post(url, 'refused')).status).toBe(503);
  expect(await storeFault()).toMatch(/Another program holds the store/);
  other.exec('ROLLBACK');
  await expect.poll(storeFault, { timeout: 15_000 }).toBeUndefined();
  expect(other.prepare("SELECT name FROM sqlite_schema WHERE name = 'write_proof'").all()).toEqual([]);
});
