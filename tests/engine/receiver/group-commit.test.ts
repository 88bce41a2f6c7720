// Commit before 2xx where the store cannot be written: what is acknowledged is there, what is refused is not, and it works
// again without a restart.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCapturesTable, type NewCapture } from '../../../main/engine/captures/captures-table.ts';
import { createGroupCommit, type GroupCommit } from '../../../main/engine/receiver/group-commit.ts';
import { openDatabase } from '../../../main/engine/store/database.ts';
import { openStore, type Store } from '../../../main/engine/store/store.ts';
import { newDataDir } from '../../harness/test-engine.ts';

let store: Store;
let commit: GroupCommit;
let dataDir: string;

beforeEach(() => {
  dataDir = newDataDir();
  store = openStore(dataDir);
  store.database.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds', 'custom', 'Source', 0);
    INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con', 'ds', 'Source', 'token', 0);`);
  commit = createGroupCommit(store.database, createCapturesTable(store.database));
});
afterEach(() => store.close());

let made = 0;
function capture(change: Partial<NewCapture> = {}): NewCapture {
  made += 1;
  return {
    id: `cap_${made}`,
    data_source_id: 'ds',
    connection_id: 'con',
    received_at: Date.now(),
    method: 'POST',
    path: '/in/token',
    query: '',
    headers: '[]',
    content_type: 'application/json',
    format: 'json',
    size: 2,
    outcome: 'accepted',
    status: 200,
    event_type: null,
    delivery_id: null,
    item_count: 1,
    index_state: 'waiting',
    rejection: null,
    verification: null,
    found: null,
    notes: '[]',
    body: { packing: 'none', bytes: Buffer.alloc(20_000, 'x') },
    ...change,
  };
}

const stored = () =>
  store.database.prepare<[], { id: string }>('SELECT id FROM captures ORDER BY sequence').all();
const counted = () =>
  store.database
    .prepare<[], { captures: number; waiting: number }>(
      'SELECT capture_count AS captures, waiting_count AS waiting FROM data_sources',
    )
    .get();
const code = (error: unknown) => (error as { code?: string }).code;

describe('a store that cannot be written', () => {
  it('full: refuses as a whole, keeps its counts, and goes on when there is room', async () => {
    const acknowledged: string[] = [];
    const { database } = store;
    const pages = database.pragma('page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${pages + 30}`);
    let refused: unknown;
    while (!refused) {
      const next = capture();
      await commit.add(next).then(
        () => acknowledged.push(next.id),
        (error: unknown) => {
          refused = error;
        },
      );
    }
    expect(code(refused)).toBe('SQLITE_FULL');
    expect(acknowledged.length).toBeGreaterThan(0);
    database.pragma('max_page_count = 1000000');
    const after = capture();
    await commit.add(after);
    expect(stored().map(({ id }) => id)).toEqual([...acknowledged, after.id]);
    expect(counted()).toEqual({ captures: stored().length, waiting: stored().length });
  });

  it('read-only: refuses, and goes on when it may write', async () => {
    store.database.pragma('query_only = ON');
    await expect(commit.add(capture())).rejects.toSatisfy((error) => code(error) === 'SQLITE_READONLY');
    store.database.pragma('query_only = OFF');
    await commit.add(capture());
    expect(stored()).toHaveLength(1);
  });

  it('locked for a moment: waits without holding up the loop, in order', async () => {
    const other = openDatabase(`${dataDir}/hookbench.db`);
    other.exec('BEGIN IMMEDIATE');
    const [first, second] = [capture(), capture()];
    const waiting = Promise.all([commit.add(first), commit.add(second)]);
    let turns = 0;
    for (const end = performance.now() + 400; performance.now() < end; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    other.exec('ROLLBACK');
    other.close();
    await waiting;
    expect(stored().map(({ id }) => id)).toEqual([first.id, second.id]);
    // Waiting inside the driver would leave the loop a turn or two.
    expect(turns).toBeGreaterThan(100);
  });

  it('locked for long: refuses before senders give up, and goes on when it is free', async () => {
    const other = openDatabase(`${dataDir}/hookbench.db`);
    other.exec('BEGIN IMMEDIATE');
    const started = performance.now();
    await expect(commit.add(capture())).rejects.toSatisfy((error) => code(error) === 'SQLITE_BUSY');
    expect(performance.now() - started).toBeLessThan(10_000);
    other.exec('ROLLBACK');
    other.close();
    await commit.add(capture());
    expect(stored()).toHaveLength(1);
  });
});

describe('a group', () => {
  it('with one call that cannot be stored: the others are', async () => {
    const good = [capture(), capture()];
    const bad = capture({ connection_id: 'con_gone' });
    const results = await Promise.allSettled(
      [good[0] as NewCapture, bad, good[1] as NewCapture].map((one) => commit.add(one)),
    );
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored().map(({ id }) => id)).toEqual(good.map(({ id }) => id));
  });
});
