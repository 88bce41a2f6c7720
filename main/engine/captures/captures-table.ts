// Captures in the store: written in groups, listed by sequence (never by clock, never with OFFSET).
import type { BodyFormat, IndexState, Outcome } from '#contract';
import type { Database } from '../store/database.ts';
import type { PackedBody, Packing } from './body-packing.ts';

export interface CaptureRow {
  sequence: number;
  id: string;
  data_source_id: string;
  connection_id: string;
  received_at: number;
  method: string;
  path: string;
  query: string;
  headers: string;
  content_type: string | null;
  format: BodyFormat;
  size: number;
  outcome: Outcome;
  status: number;
  answered_us: number | null;
  event_type: string | null;
  delivery_id: string | null;
  item_count: number;
  index_state: IndexState;
  rejection: string | null;
  notes: string;
}

/** A row that has no place in the order yet. */
export type NewCapture = Omit<CaptureRow, 'sequence' | 'answered_us'> & { body: PackedBody | undefined };

/** Rejected calls and handshakes that are kept of each data source; older ones go. */
const keptAside = 1000;
/** How long a delivery id is remembered: 7 days. */
const deliveryMemoryMs = 7 * 24 * 60 * 60 * 1000;

const written = [
  'id',
  'data_source_id',
  'connection_id',
  'received_at',
  'method',
  'path',
  'query',
  'headers',
  'content_type',
  'format',
  'size',
  'outcome',
  'status',
  'event_type',
  'delivery_id',
  'item_count',
  'index_state',
  'rejection',
  'notes',
] as const satisfies (keyof NewCapture)[];

export function createCapturesTable(database: Database) {
  const insert = database.prepare<[Omit<NewCapture, 'body'>], never>(
    `INSERT INTO captures (${written.join(', ')}) VALUES (${written.map((name) => `@${name}`).join(', ')})`,
  );
  const insertBody = database.prepare<[number, Packing, Uint8Array], never>(
    'INSERT INTO capture_bodies (sequence, packing, bytes) VALUES (?, ?, ?)',
  );
  const count = database.prepare<[number, number, number, number, number, string], never>(
    `UPDATE data_sources SET last_received_at = ?, capture_count = capture_count + ?,
      rejected_count = rejected_count + ?, handshake_count = handshake_count + ?, waiting_count = waiting_count + ?
      WHERE id = ?`,
  );
  const delivered = database.prepare<[string, string, number], { found: number }>(
    `SELECT 1 AS found FROM captures WHERE data_source_id = ? AND delivery_id = ? AND outcome = 'accepted'
      AND received_at > ? LIMIT 1`,
  );
  const answered = database.prepare<[number, number], never>(
    'UPDATE captures SET answered_us = ? WHERE sequence = ?',
  );
  const oldestKept = database.prepare<[string, string], { sequence: number }>(
    `SELECT sequence FROM captures WHERE data_source_id = ? AND outcome = ? ORDER BY sequence DESC LIMIT 1 OFFSET ${keptAside - 1}`,
  );
  const dropOlder = database.prepare<[string, string, number], never>(
    'DELETE FROM captures WHERE data_source_id = ? AND outcome = ? AND sequence < ?',
  );
  const uncount = database.prepare<[number, number, number, string], never>(
    `UPDATE data_sources SET capture_count = capture_count - ?, rejected_count = rejected_count - ?,
      handshake_count = handshake_count - ? WHERE id = ?`,
  );
  const byId = database.prepare<[string], CaptureRow>('SELECT * FROM captures WHERE id = ?');
  const body = database.prepare<[string], { packing: Packing; bytes: Uint8Array }>(
    `SELECT packing, bytes FROM capture_bodies
      WHERE sequence = (SELECT sequence FROM captures WHERE id = ?)`,
  );
  const newestAccepted = database.prepare<[string], CaptureRow>(
    `SELECT * FROM captures WHERE data_source_id = ? AND outcome = 'accepted' ORDER BY sequence DESC LIMIT 1`,
  );
  const accepted = database.prepare<[string, number, number], CaptureRow>(
    `SELECT * FROM captures WHERE data_source_id = ? AND outcome = 'accepted' AND sequence > ?
      ORDER BY sequence LIMIT ?`,
  );
  const indexed = database.prepare<[IndexState, number, number], never>(
    'UPDATE captures SET index_state = ?, item_count = ? WHERE sequence = ?',
  );

  const page = {
    all: pageOf(''),
    source: pageOf('data_source_id = @dataSourceId AND'),
    outcome: pageOf('outcome = @outcome AND'),
    both: pageOf('data_source_id = @dataSourceId AND outcome = @outcome AND'),
  };
  function pageOf(condition: string) {
    return database.prepare<
      [
        {
          dataSourceId: string | undefined;
          outcome: string | undefined;
          before: number;
          limit: number;
        },
      ],
      CaptureRow
    >(`SELECT * FROM captures WHERE ${condition} sequence < @before ORDER BY sequence DESC LIMIT @limit`);
  }

  return {
    /** One row of a group; called inside the group's transaction. Gives the place in the order of arrival. */
    insert(capture: NewCapture): number {
      const { body: packed, ...row } = capture;
      const sequence = Number(insert.run(row).lastInsertRowid);
      if (packed && packed.bytes.length > 0) insertBody.run(sequence, packed.packing, packed.bytes);
      count.run(
        row.received_at,
        1,
        row.outcome === 'rejected' ? 1 : 0,
        row.outcome === 'handshake' ? 1 : 0,
        row.index_state === 'waiting' ? 1 : 0,
        row.data_source_id,
      );
      return sequence;
    },
    /** Whether a call with this delivery id was accepted in the last seven days. */
    wasDelivered: (dataSourceId: string, deliveryId: string, now: number): boolean =>
      delivered.get(dataSourceId, deliveryId, now - deliveryMemoryMs) !== undefined,
    /** Keeps the newest rejected calls or handshakes of a source; called inside a transaction. */
    dropOldAside(dataSourceId: string, outcome: 'rejected' | 'handshake'): void {
      const oldest = oldestKept.get(dataSourceId, outcome);
      if (!oldest) return;
      const dropped = dropOlder.run(dataSourceId, outcome, oldest.sequence).changes;
      if (dropped === 0) return;
      uncount.run(
        dropped,
        outcome === 'rejected' ? dropped : 0,
        outcome === 'handshake' ? dropped : 0,
        dataSourceId,
      );
    },
    setAnswered: (sequence: number, answeredUs: number) => void answered.run(answeredUs, sequence),
    setIndexed: (sequence: number, state: IndexState, items: number) =>
      void indexed.run(state, items, sequence),
    get: (id: string) => byId.get(id),
    body: (id: string): PackedBody | undefined => body.get(id),
    newestAccepted: (dataSourceId: string) => newestAccepted.get(dataSourceId),
    acceptedAfter: (dataSourceId: string, sequence: number, limit: number) =>
      accepted.all(dataSourceId, sequence, limit),
    page(filter: {
      dataSourceId?: string | undefined;
      outcome?: Outcome | undefined;
      before: number;
      limit: number;
    }): CaptureRow[] {
      const { dataSourceId, outcome, before, limit } = filter;
      const name = dataSourceId ? (outcome ? 'both' : 'source') : outcome ? 'outcome' : 'all';
      return page[name].all({ dataSourceId, outcome, before, limit });
    },
  };
}

export type CapturesTable = ReturnType<typeof createCapturesTable>;
