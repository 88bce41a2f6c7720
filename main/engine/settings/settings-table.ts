// Settings in the store: one row a key, the value as JSON.
import type { Database } from '../store/database.ts';

export function createSettingsTable(database: Database) {
  const select = database.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?');
  const upsert = database.prepare<[string, string], never>(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    read: (key: string): unknown => {
      const row = select.get(key);
      return row && JSON.parse(row.value);
    },
    write: (key: string, value: unknown): void => {
      upsert.run(key, JSON.stringify(value));
    },
  };
}
