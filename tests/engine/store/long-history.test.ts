// What a store of many calls and items may cost the engine's loop: reads and slices of work that stay short however long it grows.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCapturesTable } from '../../../main/engine/captures/captures-table.ts';
import { createRevisionsTable } from '../../../main/engine/indexing/revisions-table.ts';
import { createItemsTable } from '../../../main/engine/items/items-table.ts';
import { openStore, type Store } from '../../../main/engine/store/store.ts';
import { leastMs } from '../../harness/longest-turn.ts';
import { newDataDir } from '../../harness/test-engine.ts';

const rows = 300_000;
const largeHeaders = 1_000;
let store: Store;

beforeAll(() => {
  store = openStore(newDataDir());
  store.database.exec(`
    BEGIN;
    INSERT INTO data_sources (id, kind, name, created_at, live_revision)
      VALUES ('ds', 'custom', 'Long', 0, 3), ('ds_other', 'custom', 'Short', 0, 0), ('ds_gone', 'custom', 'Gone', 0, 0);
    UPDATE data_sources SET deleted_at = 1 WHERE id = 'ds_gone';
    INSERT INTO connections (id, data_source_id, name, token, created_at)
      VALUES ('con', 'ds', 'Long', 'a', 0), ('con_other', 'ds_other', 'Short', 'b', 0), ('con_gone', 'ds_gone', 'Gone', 'c', 0);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${rows})
      INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size, outcome,
          status, item_count, index_state, notes)
        SELECT 'cap_' || n,
            CASE n % 1000 WHEN 1 THEN 'ds_other' WHEN 2 THEN 'ds_gone' ELSE 'ds' END,
            CASE n % 1000 WHEN 1 THEN 'con_other' WHEN 2 THEN 'con_gone' ELSE 'con' END,
            n, 'POST', '/in/a', '',
            CASE WHEN n > ${rows - largeHeaders} THEN '[["a","' || hex(zeroblob(15000)) || '"]]' ELSE '[]' END,
            'json', 2, CASE WHEN n < 10 THEN 'rejected' ELSE 'accepted' END, 200, 1, 'indexed', '[]'
          FROM numbers;
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${rows})
      INSERT INTO items (data_source_id, revision, external_id, id, title, fields, version, last_change, created_at, updated_at)
        SELECT 'ds', 3, 'e' || n, 'itm_' || n, 't', '{}', 1, n, 0, 0 FROM numbers;
    INSERT INTO items (data_source_id, revision, external_id, id, title, fields, version, last_change, created_at, updated_at)
      VALUES ('ds', 2, 'old', 'itm_old', 't', '{}', 1, 1, 0, 0), ('ds', 3, 'old', 'itm_old', 't', '{}', 1, 1, 0, 0);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
      INSERT INTO item_versions (item_id, revision, version, at, capture_id, title, fields, changed)
        SELECT 'itm_old', 2 + n % 2, n, 0, 'cap_1', 't', '{}', '[]' FROM numbers;
    INSERT INTO capture_totals (data_source_id, outcome, calls, bytes)
      SELECT data_source_id, outcome, count(*), 0 FROM captures GROUP BY 1, 2;
    COMMIT;`);
}, 120_000);
afterAll(() => store.close());

const before = Number.MAX_SAFE_INTEGER;

it('lists the newest calls of an outcome over all sources without reading the others', () => {
  const captures = createCapturesTable(store.database);
  const page = () => captures.page({ outcome: 'rejected', before, limit: 50 });
  expect(page().map(({ sequence }) => sequence)).toEqual([9, 8, 7, 6, 5, 4, 3, 1]);
  const after = captures.page({ outcome: 'rejected', before: 4, limit: 2 });
  expect(after.map(({ sequence }) => sequence)).toEqual([3, 1]);
  expect(leastMs(page)).toBeLessThan(20);
});

it('lists 500 calls without reading their headers', () => {
  const captures = createCapturesTable(store.database);
  expect(leastMs(() => captures.page({ before, limit: 500 }))).toBeLessThan(20);
});

it('finds no items of earlier mappings without reading those of the live one', () => {
  const items = createItemsTable(store.database);
  let slices = 0;
  while (items.dropEarlier('ds', 3, 400)) {
    slices += 1;
    expect(slices).toBeLessThan(60);
  }
  expect(slices).toBeGreaterThan(20);
  const left = store.database
    .prepare<[], { revision: number; count: number }>(
      "SELECT revision, count(*) AS count FROM item_versions WHERE item_id = 'itm_old' GROUP BY revision",
    )
    .all();
  expect(left).toEqual([{ revision: 3, count: 10_000 }]);
  expect(items.find('ds', 3, 'old')).toBeDefined();
  expect(leastMs(() => items.dropEarlier('ds', 3, 400))).toBeLessThan(10);
});

it('tells how many calls are left without counting them all', () => {
  const revisions = createRevisionsTable(store.database);
  const all = rows - (2 * rows) / 1000 - 7;
  expect(revisions.remaining('ds', 0)).toBe(all);
  expect(revisions.remaining('ds', rows / 2)).toBeGreaterThan(all / 2 - 100);
  expect(revisions.remaining('ds', rows / 2)).toBeLessThan(all / 2 + 100);
  expect(revisions.remaining('ds', rows - 500)).toBe(500);
  expect(revisions.remaining('ds_gone', 0)).toBe(299);
  expect(leastMs(() => revisions.remaining('ds', 0))).toBeLessThan(10);
});

it('counts what yielded items in pages', () => {
  const revisions = createRevisionsTable(store.database);
  expect(revisions.yielding('ds_other', 0, 200)).toEqual({ count: 200, last: 200_001 });
  expect(revisions.yielding('ds_other', 200_001, 200)).toEqual({ count: 99, last: 299_001 });
  expect(revisions.yielding('ds_other', 299_001, 200)).toEqual({ count: 0 });
  expect(leastMs(() => revisions.yielding('ds', 0, 5_000))).toBeLessThan(30);
});
