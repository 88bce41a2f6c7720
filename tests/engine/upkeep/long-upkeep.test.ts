// Upkeep of a long history: retention, roll-up of old minutes, forgotten deliveries, removal of a data source. Between two waits none of it
// changes many rows or takes long. Times are processor time.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallCountsTable } from '../../../main/engine/captures/call-counts-table.ts';
import { createCapturesTable } from '../../../main/engine/captures/captures-table.ts';
import { createChanges } from '../../../main/engine/changes.ts';
import { createItemsTable } from '../../../main/engine/items/items-table.ts';
import { openStore, type Store } from '../../../main/engine/store/store.ts';
import { createOverdue } from '../../../main/engine/upkeep/overdue.ts';
import { createRemovalTable } from '../../../main/engine/upkeep/removal-table.ts';
import { createSourceRemoval } from '../../../main/engine/upkeep/remove-source.ts';
import { createRetentionTable } from '../../../main/engine/upkeep/retention-table.ts';
import { createRetentionSweep } from '../../../main/engine/upkeep/sweep-retention.ts';
import { createUpkeep } from '../../../main/engine/upkeep/upkeep.ts';
import { recordSlices } from '../../harness/slices.ts';
import { newDataDir } from '../../harness/test-engine.ts';

const calls = 5_000;
const deliveries = 60_000;
const minutes = 40_000;
const faults = 100_000;
/** Two days of minutes, 2,880 rows, become hours at once. */
const mostRows = 4_000;
const longMs = 40;
/** The engine collects garbage now and then, whoever is at work. */
const longAllowed = 3;
const hourMs = 3_600_000;
let store: Store;

beforeAll(() => {
  store = openStore(newDataDir());
  const { database } = store;
  database.pragma('synchronous = OFF');
  const now = Date.now();
  const numbers = (count: number) =>
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;
  database.exec(`
    BEGIN;
    INSERT INTO data_sources (id, kind, name, created_at, live_revision, deleted_at)
      VALUES ('ds', 'custom', 'Long', 0, 1, NULL), ('ds_gone', 'custom', 'Gone', 0, 1, 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at)
      VALUES ('con', 'ds', 'Long', 'a', 0), ('con_gone', 'ds_gone', 'Gone', 'b', 0);
    ${numbers(calls)} INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
        outcome, status, item_count, index_state, notes, delivery_id, body_bytes)
      SELECT 'cap_' || n, 'ds', 'con', ${now} - n, 'POST', '/in/a', '', '[]', 'json', 1000, 'accepted', 200, 1, 'indexed', '[]', 'd' || n, 1000
        FROM numbers;
    INSERT INTO capture_bodies (sequence, packing, bytes) SELECT sequence, 'none', zeroblob(1000) FROM captures;
    INSERT INTO capture_marks (sequence, pinned) VALUES (3, 1);
    INSERT INTO capture_totals (data_source_id, outcome, calls, bytes) VALUES ('ds', 'accepted', ${calls}, ${calls * 1000});
    INSERT INTO mapping_revisions (data_source_id, revision, mapping, saved_at, indexed_sequence) VALUES ('ds', 1, '{}', 0, ${calls});
    ${numbers(deliveries)} INSERT INTO remembered_deliveries (data_source_id, delivery_id, received_at)
      SELECT CASE n % 2 WHEN 1 THEN 'ds' ELSE 'ds_gone' END, hex(n * 7919 % 99991) || n, n FROM numbers;
    ${numbers(minutes)} INSERT INTO call_buckets (data_source_id, start, accepted)
      SELECT 'ds', (${now} / ${hourMs} - 72) * ${hourMs} - n * 60000, 1 FROM numbers;
    INSERT INTO imports (id, data_source_id, file_name, size, state, options, created_at) VALUES ('imp', 'ds_gone', 'a.csv', 1, 'done', '{}', 1);
    ${numbers(faults)} INSERT INTO import_faults (import_id, number, row, reason) SELECT 'imp', n, n, 'Too few values.' FROM numbers;
    COMMIT;`);
}, 120_000);
afterAll(() => store.close());

it('goes in short slices, and does it all', { timeout: 120_000 }, async () => {
  const { database } = store;
  const { giveWay, slices } = recordSlices(database);
  const capturesTable = createCapturesTable(database);
  const counts = createCallCountsTable(database);
  const table = createRetentionTable(database);
  const retention = {
    rulesOf: () => ({ accepted: { calls: 10 }, rejected: {}, handshake: {}, duplicate: {} }),
  };
  const storedCalls = () => calls;
  const stopping = new AbortController();
  const lines: string[] = [];
  const upkeep = createUpkeep({
    database,
    dataSources: { list: () => [{ id: 'ds' }] },
    care: { deleted: () => [{ id: 'ds_gone', removeAt: 0 }] },
    inbound: { forget: () => undefined },
    capturesTable,
    counts,
    retention,
    sweepRetention: createRetentionSweep({
      database,
      capturesTable,
      table,
      retention,
      overdue: createOverdue({ capturesTable, retentionTable: table, storedCalls, giveWay }),
      changes: createChanges(),
      giveWay,
    }),
    sweepDeliveries: async () => undefined,
    removeSource: createSourceRemoval({
      database,
      table: createRemovalTable(database),
      itemsTable: createItemsTable(database),
      recordAudit: () => undefined,
      giveWay,
    }),
    giveWay,
    stopping,
    log: (_level, message) => lines.push(message),
  });
  upkeep.wake();
  await upkeep.stop();
  expect(Math.max(...slices.map(({ rows }) => rows))).toBeLessThan(mostRows);
  expect(slices.filter(({ processorMs }) => processorMs > longMs).length).toBeLessThanOrEqual(longAllowed);
  expect(lines).toEqual(['a deleted data source was removed']);

  const count = (what: string) =>
    database.prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${what}`).get()?.count;
  expect(count('captures')).toBe(11);
  expect(count('capture_bodies')).toBe(11);
  expect(counts.totals('ds').accepted).toEqual({ calls: 11, bytes: 11_000 });
  // Those of the deleted calls are remembered, the old ones are forgotten.
  expect(count('remembered_deliveries')).toBe(calls - 11);
  expect(count(`call_buckets WHERE start % ${hourMs} <> 0`)).toBe(0);
  expect(
    database.prepare("SELECT sum(accepted) AS sum FROM call_buckets WHERE data_source_id = 'ds'").get(),
  ).toEqual({ sum: minutes });
  expect(count('import_faults')).toBe(0);
  expect(count("data_sources WHERE id = 'ds_gone'")).toBe(0);
});
