// Captures in the store: written in groups, listed by sequence (never by clock, never with OFFSET).
import type { BodyFormat, CallVolume, CaptureOrigin, IndexState, Outcome } from '#contract';
import type { Database } from '../store/database.ts';
import type { PackedBody, Packing } from './body-packing.ts';
import { createCallCountsTable } from './call-counts-table.ts';

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
  /** Of the body as it lies in the store. */
  body_bytes: number;
  /** JSON of the verdict on the signature. */
  verification: string | null;
  /** JSON of what a handshake asks the user to do. */
  found: string | null;
  origin: CaptureOrigin;
  /** The capture of which this one is a replay. */
  replay_of: string | null;
  /** 0 where modules shall not run for it. */
  runs_modules: number;
  /** JSON of what was answered beside the fixed headers: `{headers?, body, close?}`. Absent where nothing was answered, and in older calls. */
  answer: string | null;
  /** From the first byte of the request to the commit. */
  stored_us: number | null;
}

/** What retention looks at. */
export type AgingCapture = Pick<
  CaptureRow,
  'sequence' | 'received_at' | 'index_state' | 'delivery_id' | 'body_bytes'
> & { pinned: number };

type Provenance = Pick<CaptureRow, 'origin' | 'replay_of' | 'runs_modules'>;

/** A row that has no place in the order yet. Without a provenance it is a call that somebody else made. */
export type NewCapture = Omit<
  CaptureRow,
  'sequence' | 'answered_us' | 'stored_us' | 'body_bytes' | 'answer' | keyof Provenance
> &
  Partial<Provenance> & {
    body: PackedBody | undefined;
    answer?: string | null;
    /** Instead of `answer` where the call turns out to be a repeat. */
    answerToRepeat?: string;
  };

const fromOutside: Provenance = { origin: 'call', replay_of: null, runs_modules: 1 };
/** What lists show; the headers of a page of calls may be many megabytes. */
export type ListedCapture = Omit<CaptureRow, 'headers' | 'query' | 'notes' | 'answer' | 'stored_us'>;

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
  'verification',
  'found',
  'body_bytes',
  'origin',
  'replay_of',
  'runs_modules',
  'answer',
] as const satisfies (keyof CaptureRow)[];

const unlisted: string[] = ['headers', 'query', 'notes', 'answer'];
const listed = ['sequence', 'answered_us', ...written.filter((name) => !unlisted.includes(name))];

const ofLiveSources = 'data_source_id NOT IN (SELECT id FROM data_sources WHERE deleted_at IS NOT NULL)';

export function createCapturesTable(database: Database) {
  const counts = createCallCountsTable(database);
  const insert = database.prepare<[Omit<CaptureRow, 'sequence' | 'answered_us' | 'stored_us'>], never>(
    `INSERT INTO captures (${written.join(', ')}) VALUES (${written.map((name) => `@${name}`).join(', ')})`,
  );
  const insertBody = database.prepare<[number, Packing, Uint8Array], never>(
    'INSERT INTO capture_bodies (sequence, packing, bytes) VALUES (?, ?, ?)',
  );
  const count = database.prepare<[number, number, number, number, number, string], never>(
    // What is taken in from a file may be older than the newest call.
    `UPDATE data_sources SET last_received_at = max(coalesce(last_received_at, 0), ?), capture_count = capture_count + ?,
      rejected_count = rejected_count + ?, handshake_count = handshake_count + ?, waiting_count = waiting_count + ?
      WHERE id = ?`,
  );
  const delivered = database.prepare<{ source: string; delivery: string; after: number }, { found: number }>(
    `SELECT 1 AS found FROM captures WHERE data_source_id = @source AND delivery_id = @delivery
        AND outcome = 'accepted' AND received_at > @after
      UNION ALL SELECT 1 FROM remembered_deliveries WHERE data_source_id = @source AND delivery_id = @delivery
        AND received_at > @after LIMIT 1`,
  );
  const remember = database.prepare<[string, string, number], never>(
    `INSERT INTO remembered_deliveries (data_source_id, delivery_id, received_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET received_at = max(received_at, excluded.received_at)`,
  );
  const forgetDeliveries = database.prepare<[string, number, number], never>(
    `DELETE FROM remembered_deliveries WHERE (data_source_id, delivery_id) IN (
      SELECT data_source_id, delivery_id FROM remembered_deliveries
        WHERE data_source_id = ? AND received_at <= ? ORDER BY received_at LIMIT ?)`,
  );
  const answered = database.prepare<[number, number | null, number], never>(
    'UPDATE captures SET answered_us = ?, stored_us = ? WHERE sequence = ?',
  );
  const oldest = database.prepare<[string, Outcome, number, number], AgingCapture>(
    `SELECT captures.sequence, received_at, index_state, delivery_id, body_bytes, coalesce(pinned, 0) AS pinned
      FROM captures LEFT JOIN capture_marks USING (sequence)
      WHERE data_source_id = ? AND outcome = ? AND captures.sequence > ? ORDER BY captures.sequence LIMIT ?`,
  );
  const drop = database.prepare<[number], never>('DELETE FROM captures WHERE sequence = ?');
  const uncount = database.prepare<[number, number, number, number, string], never>(
    `UPDATE data_sources SET capture_count = capture_count - ?, rejected_count = rejected_count - ?,
      handshake_count = handshake_count - ?, forgotten_count = forgotten_count + ? WHERE id = ?`,
  );
  const byId = database.prepare<[string], CaptureRow>('SELECT * FROM captures WHERE id = ?');
  const body = database.prepare<[string], { packing: Packing; bytes: Uint8Array }>(
    `SELECT packing, bytes FROM capture_bodies
      WHERE sequence = (SELECT sequence FROM captures WHERE id = ?)`,
  );
  const bodyStart = database.prepare<[number, string], { packing: Packing; bytes: Uint8Array }>(
    `SELECT packing, substr(bytes, 1, ?) AS bytes FROM capture_bodies
      WHERE sequence = (SELECT sequence FROM captures WHERE id = ?)`,
  );
  const newestAccepted = database.prepare<[string], CaptureRow>(
    `SELECT * FROM captures WHERE data_source_id = ? AND outcome = 'accepted' ORDER BY sequence DESC LIMIT 1`,
  );
  const newestMany = database.prepare<[string, number], CaptureRow>(
    `SELECT * FROM captures WHERE data_source_id = ? AND outcome = 'accepted' ORDER BY sequence DESC LIMIT ?`,
  );
  const recentEventTypes = database.prepare<[string, number], { name: string; calls: number }>(
    `SELECT event_type AS name, count(*) AS calls FROM (
        SELECT event_type, method FROM captures WHERE data_source_id = ? AND outcome = 'accepted' ORDER BY sequence DESC LIMIT ?)
      WHERE event_type IS NOT NULL AND method <> 'MANUAL' GROUP BY event_type ORDER BY calls DESC, name`,
  );
  const accepted = database.prepare<[string, number, number], CaptureRow>(
    `SELECT * FROM captures WHERE data_source_id = ? AND outcome = 'accepted' AND sequence > ?
      ORDER BY sequence LIMIT ?`,
  );
  const indexed = database.prepare<[IndexState, number, number], never>(
    'UPDATE captures SET index_state = ?, item_count = ? WHERE sequence = ?',
  );

  const setEventType = database.prepare<[string | null, number], never>(
    'UPDATE captures SET event_type = ? WHERE sequence = ?',
  );

  /** Of all sources: the newest of each by its index, then the newest of those; a scan would read the whole table. */
  const newestOfEach = `sequence IN (SELECT newest.sequence FROM data_sources AS source JOIN captures AS newest
    ON newest.sequence IN (SELECT sequence FROM captures WHERE data_source_id = source.id AND outcome = @outcome
      AND sequence < @before ORDER BY sequence DESC LIMIT @limit) WHERE source.deleted_at IS NULL) AND`;
  const page = {
    all: pageOf(`${ofLiveSources} AND`),
    source: pageOf('data_source_id = @dataSourceId AND'),
    outcome: pageOf(newestOfEach),
    both: pageOf('data_source_id = @dataSourceId AND outcome = @outcome AND'),
  };
  function pageOf(condition: string) {
    return database.prepare<
      [
        {
          dataSourceId: string | undefined;
          outcome: string | undefined;
          before: number;
          after: number;
          limit: number;
        },
      ],
      ListedCapture
    >(
      `SELECT ${listed.join(', ')} FROM captures WHERE ${condition} sequence < @before AND sequence > @after
        ORDER BY sequence DESC LIMIT @limit`,
    );
  }

  return {
    /** One row of a group; called inside the group's transaction. Gives the place in the order of arrival. */
    insert(capture: NewCapture): number {
      const { body: packed, answerToRepeat: _, ...row } = capture;
      const bodyBytes = packed?.bytes.length ?? 0;
      const sequence = Number(
        insert.run({ ...fromOutside, ...row, answer: row.answer ?? null, body_bytes: bodyBytes })
          .lastInsertRowid,
      );
      counts.stored(row.data_source_id, row.outcome, row.received_at, bodyBytes);
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
    /** Whether a call with this delivery id was accepted in the last seven days, deleted since or not. */
    wasDelivered: (dataSourceId: string, deliveryId: string, now: number): boolean =>
      delivered.get({ source: dataSourceId, delivery: deliveryId, after: now - deliveryMemoryMs }) !==
      undefined,
    /** The oldest calls of an outcome after a place in the order. */
    oldest: (dataSourceId: string, outcome: Outcome, after: number, limit: number) =>
      oldest.all(dataSourceId, outcome, after, limit),
    /**
     * Deletes calls of one outcome, one after the other until there is no next one; called inside a transaction. Repeats of what was
     * accepted are still recognised.
     */
    deleteCalls(dataSourceId: string, outcome: Outcome, rows: Iterable<AgingCapture>): CallVolume {
      const gone = { calls: 0, bytes: 0 };
      for (const { sequence, delivery_id, received_at, body_bytes } of rows) {
        if (outcome === 'accepted' && delivery_id !== null && received_at > Date.now() - deliveryMemoryMs) {
          remember.run(dataSourceId, delivery_id, received_at);
        }
        drop.run(sequence);
        gone.calls += 1;
        gone.bytes += body_bytes;
      }
      if (gone.calls === 0) return gone;
      counts.deleted(dataSourceId, outcome, gone);
      uncount.run(
        gone.calls,
        outcome === 'rejected' ? gone.calls : 0,
        outcome === 'handshake' ? gone.calls : 0,
        outcome === 'accepted' ? gone.calls : 0,
        dataSourceId,
      );
      return gone;
    },
    /** Forgets some deliveries that are too old to be repeated; gives how many. */
    forgetDeliveries: (dataSourceId: string, now: number, limit: number): number =>
      forgetDeliveries.run(dataSourceId, now - deliveryMemoryMs, limit).changes,
    setAnswered(sequence: number, answeredUs: number, storedUs?: number): void {
      answered.run(answeredUs, storedUs ?? null, sequence);
      counts.answered(sequence, answeredUs);
    },
    setIndexed: (sequence: number, state: IndexState, items: number) =>
      void indexed.run(state, items, sequence),
    setEventType: (sequence: number, eventType: string | undefined) =>
      void setEventType.run(eventType ?? null, sequence),
    get: (id: string) => byId.get(id),
    body: (id: string): PackedBody | undefined => body.get(id),
    /** The first bytes of a body as it lies in the store. */
    bodyStart: (id: string, bytes: number): PackedBody | undefined => bodyStart.get(bytes, id),
    /** Event types of the last accepted calls, most frequent first. */
    recentEventTypes: (dataSourceId: string, limit: number) => recentEventTypes.all(dataSourceId, limit),
    newestAcceptedMany: (dataSourceId: string, limit: number) => newestMany.all(dataSourceId, limit),
    newestAccepted: (dataSourceId: string) => newestAccepted.get(dataSourceId),
    acceptedAfter: (dataSourceId: string, sequence: number, limit: number) =>
      accepted.all(dataSourceId, sequence, limit),
    page(filter: {
      dataSourceId?: string | undefined;
      outcome?: Outcome | undefined;
      before: number;
      after?: number | undefined;
      limit: number;
    }): ListedCapture[] {
      const { dataSourceId, outcome, before, after = 0, limit } = filter;
      const name = dataSourceId ? (outcome ? 'both' : 'source') : outcome ? 'outcome' : 'all';
      return page[name].all({ dataSourceId, outcome, before, after, limit });
    },
  };
}

export type CapturesTable = ReturnType<typeof createCapturesTable>;
