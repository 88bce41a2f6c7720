// What the search reads of the store, on a connection that can only read: calls in order, their bodies, marks, sources.

import { type Packing, unpackBodyNow } from '../captures/body-packing.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { Database } from '../store/database.ts';
import type { Source } from './compile-search.ts';

/** A call as lists show it, and its query; the headers are read where they are needed. */
export type CallRow = Omit<CaptureRow, 'headers' | 'notes' | 'answer' | 'stored_us'>;

const columns = [
  'sequence',
  'id',
  'data_source_id',
  'connection_id',
  'received_at',
  'method',
  'path',
  'query',
  'content_type',
  'format',
  'size',
  'outcome',
  'status',
  'answered_us',
  'event_type',
  'delivery_id',
  'item_count',
  'index_state',
  'rejection',
  'body_bytes',
  'verification',
  'found',
  'origin',
  'replay_of',
  'runs_modules',
]
  .map((name) => `captures.${name}`)
  .join(', ');

export function createCaptureSearchTable(database: Database) {
  const bySequence = database.prepare<[number], CallRow>(
    `SELECT ${columns} FROM captures WHERE sequence = ?`,
  );
  const byId = database.prepare<[string], CallRow>(`SELECT ${columns} FROM captures WHERE id = ?`);
  const all = database.prepare<[number, number], CallRow>(
    `SELECT ${columns} FROM captures WHERE sequence > ? AND sequence < ? ORDER BY sequence DESC`,
  );
  const ofSource = database.prepare<[string, number, number], CallRow>(
    `SELECT ${columns} FROM captures WHERE data_source_id = ? AND sequence > ? AND sequence < ? ORDER BY sequence DESC`,
  );
  const marked = database.prepare<[number, number], CallRow>(
    `SELECT ${columns} FROM (SELECT sequence AS marked FROM capture_marks UNION SELECT sequence FROM capture_tags) JOIN captures ON captures.sequence = marked
      WHERE marked > ? AND marked < ? ORDER BY marked DESC`,
  );
  const headers = database.prepare<[number], { headers: string }>(
    'SELECT headers FROM captures WHERE sequence = ?',
  );
  const body = database.prepare<[number], { packing: Packing; bytes: Uint8Array }>(
    'SELECT packing, bytes FROM capture_bodies WHERE sequence = ?',
  );
  const mark = database.prepare<[number], { pinned: number; note: string }>(
    'SELECT pinned, note FROM capture_marks WHERE sequence = ?',
  );
  const tags = database.prepare<[number], { tag: string }>(
    'SELECT tag FROM capture_tags WHERE sequence = ? ORDER BY tag',
  );
  const sources = database.prepare<
    [],
    { id: string; name: string; application_id: string | null; deleted_at: number | null }
  >('SELECT id, name, application_id, deleted_at FROM data_sources');
  const next = database.prepare<[number, number], CallRow & { headers: string }>(
    `SELECT ${columns}, captures.headers FROM captures WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  );
  const remaining = database.prepare<[number, number], { count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM captures WHERE sequence > ? LIMIT ?)',
  );
  const existing = database.prepare<[string], { sequence: number }>(
    'SELECT captures.sequence FROM json_each(?) AS wanted JOIN captures ON captures.sequence = wanted.value',
  );
  const itemVersion = database.prepare<[string, number], { title: string; fields: string }>(
    `SELECT item_versions.title, item_versions.fields FROM items
        JOIN data_sources ON data_sources.id = items.data_source_id AND data_sources.live_revision = items.revision
        JOIN item_versions ON item_versions.item_id = items.id AND item_versions.revision = items.revision
      WHERE items.id = ? AND item_versions.version = ?`,
  );
  const lastEver = database.prepare<[], { seq: number }>(
    "SELECT seq FROM sqlite_sequence WHERE name = 'captures'",
  );

  return {
    bySequence: (sequence: number) => bySequence.get(sequence),
    byId: (id: string) => byId.get(id),
    /** Newest first, in (after, before). */
    newestFirst: (dataSourceId: string | undefined, after: number, before: number) =>
      dataSourceId === undefined ? all.iterate(after, before) : ofSource.iterate(dataSourceId, after, before),
    /** Calls with a mark of the user, newest first. */
    marked: (after: number, before: number) => marked.iterate(after, before),
    headers: (sequence: number) => JSON.parse(headers.get(sequence)?.headers ?? '[]') as [string, string][],
    body(sequence: number): Uint8Array {
      const packed = body.get(sequence);
      return packed ? unpackBodyNow(packed) : new Uint8Array();
    },
    mark(sequence: number): { pinned: boolean; note: string; tags: string[] } {
      const row = mark.get(sequence);
      return {
        pinned: row?.pinned === 1,
        note: row?.note ?? '',
        tags: tags.all(sequence).map(({ tag }) => tag),
      };
    },
    /** The live ones, and the ids of those that are being removed. */
    sources(): { live: Source[]; deleted: Set<string> } {
      const rows = sources.all();
      return {
        live: rows
          .filter(({ deleted_at }) => deleted_at === null)
          .map(({ id, name, application_id }) => ({ id, name, applicationId: application_id ?? undefined })),
        deleted: new Set(rows.filter(({ deleted_at }) => deleted_at !== null).map(({ id }) => id)),
      };
    },
    /** What is to be indexed next, in order. */
    next: (after: number, limit: number) => next.iterate(after, limit),
    /** Calls after a sequence, counted up to `most`. */
    remaining: (after: number, most: number) => remaining.get(after, most)?.count ?? 0,
    /** Those of the sequences that are still there. */
    existing: (sequences: readonly number[]) =>
      new Set(existing.all(JSON.stringify(sequences)).map(({ sequence }) => sequence)),
    itemVersion: (itemId: string, version: number) => itemVersion.get(itemId, version),
    /** The highest sequence that was ever given. */
    lastEver: () => lastEver.get()?.seq ?? 0,
  };
}

export type CaptureSearchTable = ReturnType<typeof createCaptureSearchTable>;
