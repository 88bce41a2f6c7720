// The write-ahead log is copied into the store's file beside the engine's loop, begins anew, and a copy that fails or has to wait costs nothing.
import { renameSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Checkpoints, createCheckpoints } from '../../../main/engine/store/checkpoints.ts';
import { logState, openReader, transactRepeatable } from '../../../main/engine/store/database.ts';
import { openStore, type Store } from '../../../main/engine/store/store.ts';
import { newDataDir } from '../../harness/test-engine.ts';

let store: Store;
let checkpoints: Checkpoints;
const faults: string[] = [];

beforeEach(() => {
  faults.length = 0;
  store = openStore(newDataDir());
  store.database.exec('CREATE TABLE pages (bytes BLOB)');
  checkpoints = createCheckpoints(store, (reason) => faults.push(reason));
});
afterEach(async () => {
  await checkpoints.stop();
  store.close();
});

const write = (pages: number) =>
  transactRepeatable(store.database, () =>
    store.database.prepare('INSERT INTO pages VALUES (zeroblob(? * 4000))').run(pages),
  );
const state = () => logState(store.database);

it('begins anew again and again, long before a commit would have to copy it', async () => {
  let begunAnew = 0;
  for (let written = 0; written < 20_000; written += 200) {
    const before = state();
    write(200);
    if (state().pages < before.pages) begunAnew += 1;
    expect(state().pages).toBeLessThan(16_000);
    await vi.waitFor(() => expect(state().uncopied).toBeLessThan(2_000), 20_000);
  }
  expect(begunAnew).toBeGreaterThan(0);
  await vi.waitFor(() => expect(state().uncopied).toBeLessThan(500));
  expect(faults).toEqual([]);
});

it('copies what was written while it copied, without a further write', async () => {
  await checkpoints.stop();
  let wroteMore = false;
  async function sync(): Promise<void> {
    if (!wroteMore) write(1_500);
    wroteMore = true;
    await store.sync();
  }
  checkpoints = createCheckpoints({ database: store.database, sync }, (reason) => faults.push(reason));
  write(600);
  await vi.waitFor(() => {
    expect(wroteMore).toBe(true);
    expect(state().uncopied).toBeLessThan(500);
  }, 10_000);
});

it('waits for a reader of former pages, and goes on after it', async () => {
  const reader = openReader(store.database.name);
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM pages').get();
  write(1_000);
  await pause(200);
  write(1_000);
  await pause(200);
  expect(state().uncopied).toBeGreaterThan(1_500);
  reader.close();
  write(1);
  await vi.waitFor(() => expect(state().uncopied).toBeLessThan(500));
  expect(faults).toEqual([]);
});

it('tells a fault once; writing goes on', async () => {
  renameSync(store.database.name, `${store.database.name}.away`);
  write(1_000);
  await vi.waitFor(() => expect(faults).toHaveLength(1), 5_000);
  write(1_000);
  await pause(200);
  expect(faults).toHaveLength(1);
  expect(state().uncopied).toBeGreaterThan(1_500);
  renameSync(`${store.database.name}.away`, store.database.name);
});
