// A hundred thousand deliveries: lists, counts, claims and the removal of their data source stay quick. Times are processor time.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../../../main/engine/store/database.ts';
import { createRemovalTable } from '../../../main/engine/upkeep/removal-table.ts';
import { leastMs } from '../../harness/longest-turn.ts';
import { newDataDir } from '../../harness/test-engine.ts';
import { startTestOutbox, type TestOutbox } from '../../harness/test-outbox.ts';

const many = 100_000;
let outbox: TestOutbox;

/** One in a hundred failed, one in ten waits for days; the rest arrived. */
beforeAll(() => {
  outbox = startTestOutbox(newDataDir());
  outbox.database.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_2', 'custom', 'Other', 1);
    WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ${many})
    INSERT INTO jobs (id, idempotency_key, data_source_id, connection_id, name, module_id, run_id, step_id, method, target, url,
        headers, destination, state, created_at, due_at, ended_at, attempts)
      SELECT 'dlv_' || n, 'key ' || n, CASE WHEN n % 1000 = 0 THEN 'ds_2' ELSE 'ds_1' END, 'con_1', 'Create a contact',
        'mod_' || (n % 5), 'run_' || (n / 3), 'a', 'POST', '/contacts', 'https://a.test/contacts', '[]',
        'https://' || (n % 7) || '.test', CASE WHEN n % 100 = 0 THEN 'failed' WHEN n % 10 = 0 THEN 'waiting' ELSE 'succeeded' END,
        1767225600000 + n, CASE WHEN n % 100 <> 0 AND n % 10 = 0 THEN 9767225600000 END,
        CASE WHEN n % 100 = 0 OR n % 10 <> 0 THEN 1767225600000 + n END, 1 FROM count;
  `);
}, 60_000);
afterAll(() => outbox.stop());

const table = () => {
  const list = (input: object) => outbox.deliveries.list(input);
  const count = (input: object) => outbox.deliveries.count(input);
  return { list, count };
};

describe('100,000 deliveries', () => {
  it.each([
    ['all', {}],
    ['of a source', { dataSourceId: 'ds_1' }],
    ['of a source with few', { dataSourceId: 'ds_2' }],
    ['of a module', { moduleId: 'mod_3' }],
    ['of a module that failed', { moduleId: 'mod_0', state: 'failed' }],
    ['of a run', { runId: 'run_700' }],
    ['to a destination', { destination: 'https://3.test' }],
    ['that failed', { state: 'failed' }],
    ['that wait at a destination', { state: 'waiting', destination: 'https://3.test' }],
    ['of a source that failed, deep', { dataSourceId: 'ds_1', state: 'failed', before: '5000' }],
    ['deep', { before: '700' }],
  ])('%s are listed within 20 ms', (_, input) => {
    const { list } = table();
    expect(list(input).deliveries.length).toBeGreaterThan(0);
    expect(leastMs(() => list(input))).toBeLessThan(20);
  });

  it('are paged through without a gap', () => {
    const { list } = table();
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = list({ state: 'failed', moduleId: 'mod_0', limit: 300, before });
      seen.push(...page.deliveries.map(({ id }) => id));
      before = page.next;
      if (before === undefined) break;
    }
    expect(seen).toHaveLength(1_000);
    expect(new Set(seen).size).toBe(1_000);
  });

  it('are counted within 50 ms', () => {
    const { count } = table();
    expect(count({})).toEqual({ waiting: 9_000, sending: 0, failed: 1_000 });
    expect(leastMs(() => count({}))).toBeLessThan(50);
    expect(count({ since: new Date(1767225600000 + 90_000).toISOString() })).toMatchObject({ failed: 101 });
    expect(count({ since: new Date(9767225600000).toISOString() })).toMatchObject({ failed: 0 });
  });

  it('are claimed and cared for without reading the table', () => {
    const { jobs, destinations } = outbox.outbox;
    expect(leastMs(() => jobs.earliestDue('https://3.test'))).toBeLessThan(5);
    expect(leastMs(() => jobs.due('https://3.test', Date.now(), 4))).toBeLessThan(5);
    expect(leastMs(() => destinations.waitingInAll())).toBeLessThan(5);
    expect(destinations.waitingInAll()).toBe(9_000);
  });

  it('of a removed data source go in slices that hold nothing up', () => {
    const removal = createRemovalTable(outbox.database);
    const dependent = removal.dependents.find((found) => found.table === 'jobs');
    expect(dependent).toBeDefined();
    const slice = () => transact(outbox.database, () => dependent?.deleteSome('ds_1', 200));
    expect(leastMs(slice)).toBeLessThan(50);
    transact(outbox.database, () => outbox.database.exec("DELETE FROM jobs WHERE data_source_id = 'ds_1'"));
    expect(outbox.outbox.destinations.waitingInAll()).toBe(0);
    transact(outbox.database, () => outbox.database.exec("DELETE FROM data_sources WHERE id = 'ds_1'"));
  });
});
