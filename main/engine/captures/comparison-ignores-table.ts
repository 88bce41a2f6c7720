// Paths and headers that a comparison of calls of a data source leaves out, as the user chose.
import type { Database } from '../store/database.ts';

export function createComparisonIgnoresTable(database: Database) {
  const get = database.prepare<[string], { paths: string }>(
    'SELECT paths FROM comparison_ignores WHERE data_source_id = ?',
  );
  const put = database.prepare<[string, string], never>(
    `INSERT INTO comparison_ignores (data_source_id, paths) VALUES (?, ?)
      ON CONFLICT (data_source_id) DO UPDATE SET paths = excluded.paths`,
  );
  return {
    of: (dataSourceId: string) => JSON.parse(get.get(dataSourceId)?.paths ?? '[]') as string[],
    put: (dataSourceId: string, paths: readonly string[]) =>
      void put.run(dataSourceId, JSON.stringify(paths)),
  };
}

export type ComparisonIgnoresTable = ReturnType<typeof createComparisonIgnoresTable>;
