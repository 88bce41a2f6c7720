// The library of samples in the store. A deleted one can be brought back until it is removed.
import type { Database } from '../store/database.ts';

export interface SampleRow {
  id: string;
  data_source_id: string;
  name: string;
  method: string;
  query: string;
  /** JSON of names and values, in order. */
  headers: string;
  body: Uint8Array;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

export type ListedSample = Omit<SampleRow, 'body'> & { size: number };

const listed =
  'id, data_source_id, name, method, query, headers, created_at, updated_at, deleted_at, length(body) AS size';
const ofLiveSources = 'data_source_id NOT IN (SELECT id FROM data_sources WHERE deleted_at IS NOT NULL)';

export function createSamplesTable(database: Database) {
  const insert = database.prepare<[Omit<SampleRow, 'deleted_at'>], never>(
    `INSERT INTO samples (id, data_source_id, name, method, query, headers, body, created_at, updated_at)
      VALUES (@id, @data_source_id, @name, @method, @query, @headers, @body, @created_at, @updated_at)`,
  );
  const list = database.prepare<{ source: string | null }, ListedSample>(
    `SELECT ${listed} FROM samples WHERE deleted_at IS NULL AND (@source IS NULL OR data_source_id = @source)
      AND ${ofLiveSources} ORDER BY name COLLATE NOCASE, id LIMIT 5000`,
  );
  const byId = database.prepare<[string], SampleRow>('SELECT * FROM samples WHERE id = ?');
  const byName = database.prepare<[string, string], SampleRow>(
    'SELECT * FROM samples WHERE data_source_id = ? AND name = ? COLLATE NOCASE AND deleted_at IS NULL',
  );
  const update = database.prepare<
    [Pick<SampleRow, 'id' | 'name' | 'method' | 'query' | 'headers' | 'body' | 'updated_at'>],
    never
  >(
    `UPDATE samples SET name = @name, method = @method, query = @query, headers = @headers, body = @body,
      updated_at = @updated_at WHERE id = @id`,
  );
  const setDeleted = database.prepare<[number | null, string], never>(
    'UPDATE samples SET deleted_at = ? WHERE id = ?',
  );
  const removeOld = database.prepare<[number], never>('DELETE FROM samples WHERE deleted_at <= ?');

  return {
    insert: (row: Omit<SampleRow, 'deleted_at'>) => void insert.run(row),
    list: (dataSourceId: string | undefined) => list.all({ source: dataSourceId ?? null }),
    get: (id: string) => byId.get(id),
    named: (dataSourceId: string, name: string) => byName.get(dataSourceId, name),
    update: (row: Parameters<typeof update.run>[0]) => void update.run(row),
    setDeleted: (id: string, at: number | undefined) => void setDeleted.run(at ?? null, id),
    removeDeletedBefore: (at: number) => void removeOld.run(at),
  };
}

export type SamplesTable = ReturnType<typeof createSamplesTable>;
