// The columns that were chosen for View Data, in the store.
import type { Database } from '../store/database.ts';

export function createItemViewsTable(database: Database) {
  const select = database.prepare<[string], { columns: string }>(
    'SELECT columns FROM item_views WHERE data_source_id = ?',
  );
  const upsert = database.prepare<[string, string], never>(
    `INSERT INTO item_views (data_source_id, columns) VALUES (?, ?)
      ON CONFLICT (data_source_id) DO UPDATE SET columns = excluded.columns`,
  );
  const remove = database.prepare<[string], never>('DELETE FROM item_views WHERE data_source_id = ?');
  return {
    columns(dataSourceId: string): string[] | undefined {
      const row = select.get(dataSourceId);
      return row && (JSON.parse(row.columns) as string[]);
    },
    keep: (dataSourceId: string, columns: readonly string[]) =>
      void upsert.run(dataSourceId, JSON.stringify(columns)),
    forget: (dataSourceId: string) => void remove.run(dataSourceId),
  };
}

export type ItemViewsTable = ReturnType<typeof createItemViewsTable>;
