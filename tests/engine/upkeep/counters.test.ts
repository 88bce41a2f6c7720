// Whatever happened to the calls of a store, its counters are what counting its rows gives.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outcome as outcomeSchema, type RetentionRule } from '#contract';
import { createCallCountsTable } from '../../../main/engine/captures/call-counts-table.ts';
import { createCapturesTable, type NewCapture } from '../../../main/engine/captures/captures-table.ts';
import { createChanges } from '../../../main/engine/changes.ts';
import { transact } from '../../../main/engine/store/database.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { createOverdue } from '../../../main/engine/upkeep/overdue.ts';
import { createRetentionTable } from '../../../main/engine/upkeep/retention-table.ts';
import { createRetentionSweep } from '../../../main/engine/upkeep/sweep-retention.ts';
import { newDataDir } from '../../harness/test-engine.ts';

const sources = ['ds_1', 'ds_2'];
const hour = 3_600_000;
const start = Math.floor(Date.now() / hour) * hour - 100 * hour;

type Step =
  | {
      does: 'arrive';
      source: number;
      outcome: (typeof outcomeSchema.options)[number];
      at: number;
      bytes: number;
    }
  | { does: 'index'; source: number; upTo: number }
  | { does: 'sweep'; source: number; rule: RetentionRule; outcome: number }
  | { does: 'rollUp'; source: number; to: number };

const source = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('arrive' as const),
      source,
      outcome: fc.constantFrom(...outcomeSchema.options),
      at: fc.nat(99 * hour),
      bytes: fc.nat(3000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('index' as const),
      source,
      upTo: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('sweep' as const),
      source,
      outcome: fc.nat(3),
      rule: fc.oneof(
        fc.record({ calls: fc.integer({ min: 1, max: 10 }) }),
        fc.record({ days: fc.integer({ min: 1, max: 4 }) }),
        fc.record({ calls: fc.integer({ min: 1, max: 10 }), days: fc.integer({ min: 1, max: 4 }) }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('rollUp' as const), source, to: fc.nat(100) }) },
);

it('counters equal counted rows after every history', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (history) => {
      const store = openStore(newDataDir());
      try {
        await play(store.database, history);
      } finally {
        store.close();
      }
    }),
    { numRuns: 40 },
  );
});

async function play(database: ReturnType<typeof openStore>['database'], history: Step[]): Promise<void> {
  for (const id of sources) {
    database.exec(`INSERT INTO data_sources (id, kind, name, created_at) VALUES ('${id}', 'custom', 'S', 1);
      INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES ('con_${id}', '${id}', 'S', '${id}', 1);
      INSERT INTO mapping_revisions (data_source_id, revision, mapping, saved_at) VALUES ('${id}', 1, '{}', 1)`);
  }
  const capturesTable = createCapturesTable(database);
  const counts = createCallCountsTable(database);
  const table = createRetentionTable(database);
  const giveWay = () => Promise.resolve();
  const overdue = createOverdue({
    capturesTable,
    retentionTable: table,
    storedCalls: (id, outcome) => counts.totals(id)[outcome].calls,
    giveWay,
  });
  let rules = { accepted: {}, rejected: {}, handshake: {}, duplicate: {} };
  const sweep = createRetentionSweep({
    database,
    capturesTable,
    table,
    retention: { rulesOf: () => rules },
    overdue,
    changes: createChanges(),
    giveWay,
  });
  const arrived = new Map(sources.map((id) => [id, 0]));
  let number = 0;

  for (const each of history) {
    const id = sources[each.source] ?? 'ds_1';
    switch (each.does) {
      case 'arrive':
        number += 1;
        arrived.set(id, (arrived.get(id) ?? 0) + 1);
        transact(database, () => capturesTable.insert(call(number, id, each)));
        break;
      case 'index': {
        const upTo = Math.floor(number * each.upTo);
        const indexed = database
          .prepare(
            `UPDATE captures SET index_state = iif(sequence % 5 = 0, 'needsAttention', 'indexed')
              WHERE data_source_id = ? AND outcome = 'accepted' AND index_state = 'waiting' AND sequence <= ?`,
          )
          .run(id, upTo).changes;
        database
          .prepare('UPDATE data_sources SET waiting_count = waiting_count - ? WHERE id = ?')
          .run(indexed, id);
        database
          .prepare(
            'UPDATE mapping_revisions SET indexed_sequence = max(indexed_sequence, ?) WHERE data_source_id = ?',
          )
          .run(upTo, id);
        break;
      }
      case 'sweep': {
        const outcome = outcomeSchema.options[each.outcome] ?? 'accepted';
        rules = { accepted: {}, rejected: {}, handshake: {}, duplicate: {}, [outcome]: each.rule };
        const held = heldBack(database, id);
        await sweep(id);
        expect(heldBack(database, id)).toEqual(held);
        break;
      }
      case 'rollUp':
        counts.rollUp(id, 0, start + each.to * hour);
        break;
    }
  }
  check(database, counts, arrived);
}

const heldBack = (database: ReturnType<typeof openStore>['database'], id: string) =>
  database
    .prepare(
      `SELECT sequence FROM captures WHERE data_source_id = ? AND outcome = 'accepted' AND (index_state <> 'indexed'
        OR sequence > (SELECT indexed_sequence FROM mapping_revisions WHERE data_source_id = captures.data_source_id))`,
    )
    .all(id);

function check(
  database: ReturnType<typeof openStore>['database'],
  counts: ReturnType<typeof createCallCountsTable>,
  arrived: Map<string, number>,
): void {
  for (const id of sources) {
    const rows = database
      .prepare<[string], { outcome: string; calls: number; bytes: number }>(
        `SELECT outcome, count(*) AS calls, sum((SELECT coalesce(sum(length(bytes)), 0) FROM capture_bodies
            WHERE capture_bodies.sequence = captures.sequence)) AS bytes
          FROM captures WHERE data_source_id = ? GROUP BY outcome`,
      )
      .all(id);
    const counted = Object.fromEntries(
      outcomeSchema.options.map((outcome) => {
        const row = rows.find((each) => each.outcome === outcome);
        return [outcome, { calls: row?.calls ?? 0, bytes: row?.bytes ?? 0 }];
      }),
    );
    expect(counts.totals(id)).toEqual(counted);
    const source = database
      .prepare(
        'SELECT capture_count, rejected_count, handshake_count, waiting_count FROM data_sources WHERE id = ?',
      )
      .get(id);
    const waiting = database
      .prepare<[string], { n: number }>(
        "SELECT count(*) AS n FROM captures WHERE data_source_id = ? AND index_state = 'waiting'",
      )
      .get(id);
    expect(source).toEqual({
      capture_count: rows.reduce((sum, { calls }) => sum + calls, 0),
      rejected_count: counted['rejected']?.calls,
      handshake_count: counted['handshake']?.calls,
      waiting_count: waiting?.n,
    });
    const inBuckets = counts
      .arrivals(id, 0, hour)
      .reduce((sum, each) => sum + each.accepted + each.rejected + each.handshake + each.duplicate, 0);
    expect(inBuckets).toBe(arrived.get(id));
  }
}

function call(number: number, id: string, step: Extract<Step, { does: 'arrive' }>): NewCapture {
  return {
    id: `cap_${number}`,
    data_source_id: id,
    connection_id: `con_${id}`,
    received_at: start + step.at,
    method: 'POST',
    path: '/',
    query: '',
    headers: '[]',
    content_type: null,
    format: 'json',
    size: step.bytes,
    outcome: step.outcome,
    status: 200,
    event_type: null,
    delivery_id: number % 3 === 0 ? `d_${number % 7}` : null,
    item_count: 0,
    index_state: step.outcome === 'accepted' ? 'waiting' : 'none',
    rejection: null,
    verification: null,
    found: null,
    notes: '[]',
    body: { packing: 'none', bytes: new Uint8Array(step.bytes) },
  };
}
