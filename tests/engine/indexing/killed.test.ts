// Indexing of a new mapping, killed at a marked point: the old one stays live, and a restart goes on where it ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { openDatabase } from '../../../main/engine/store/database.ts';
import { startTestEngine } from '../../harness/test-engine.ts';

it('goes on after kill -9, from where it was, and the items are those of the new mapping', async () => {
  let test = await startTestEngine();
  const { dataDir } = test;
  const { id: dataSourceId, url } = await test.createSource();
  const elements = (call: number) =>
    Array.from({ length: 10 }, (_, at) => ({ id: call * 10 + at, title: 'old', other: `new ${call}` }));
  for (let call = 0; call < 300; call++) {
    const body = JSON.stringify(elements(call));
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(200);
  }
  await test.call('mapping.save', { dataSourceId, mapping: { id: 'id', title: 'title' } });
  await test.stop();

  const mapping: Mapping = { id: 'id', title: 'other' };
  const script = fileURLToPath(new URL('../../harness/killed-while-indexing.ts', import.meta.url));
  const args = [script, dataDir, dataSourceId, JSON.stringify(mapping), '1'];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');

  // The place from which it goes on lies in the store, with the items it stands for.
  const database = openDatabase(join(dataDir, 'hookbench.db'));
  const cursor = database
    .prepare<[], { at: number }>(
      'SELECT indexed_sequence AS at FROM mapping_revisions ORDER BY revision DESC LIMIT 1',
    )
    .get();
  database.close();
  expect(cursor?.at).toBeGreaterThan(0);
  expect(cursor?.at).toBeLessThan(300);

  test = await startTestEngine(dataDir);
  const source = async () => (await test.call('dataSources.get', { id: dataSourceId })).dataSource;
  expect((await source()).counts.items).toBe(3000);
  const list = async () => (await test.call('items.list', { dataSourceId, limit: 500 })).items;
  await expect.poll(async () => (await list())[0]?.title, { timeout: 20_000 }).toMatch(/^new/);
  await expect.poll(async () => (await source()).counts.waiting).toBe(0);
  expect((await list()).every(({ title }) => title.startsWith('new'))).toBe(true);
  expect((await source()).counts).toMatchObject({ items: 3000, needsAttention: 0 });
  await test.stop();
}, 60_000);
