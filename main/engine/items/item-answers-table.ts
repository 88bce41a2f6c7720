// Fields that items got from the answers of actions. They lie apart from the items, because items are made anew under every mapping and
// from every call; whoever writes an item lays them over it.
import type { JsonValue } from '#contract';
import type { Database } from '../store/database.ts';

export function createItemAnswersTable(database: Database) {
  const ofItem = database.prepare<[string, string], { field: string; value: string }>(
    'SELECT field, value FROM item_answers WHERE data_source_id = ? AND external_id = ?',
  );
  const put = database.prepare<[string, string, string, string], never>(
    `INSERT INTO item_answers (data_source_id, external_id, field, value) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value`,
  );
  const names = database.prepare<[string], { field: string }>(
    'SELECT DISTINCT field FROM item_answers WHERE data_source_id = ? ORDER BY field',
  );
  const anyOf = database.prepare<[string], { found: number }>(
    'SELECT 1 AS found FROM item_answers WHERE data_source_id = ? LIMIT 1',
  );
  /** Most sources have none: then no item costs a look. */
  const known = new Map<string, boolean>();

  function hasAny(dataSourceId: string): boolean {
    const has = known.get(dataSourceId) ?? anyOf.get(dataSourceId) !== undefined;
    known.set(dataSourceId, has);
    return has;
  }

  return {
    of(dataSourceId: string, externalId: string): Record<string, JsonValue> {
      if (!hasAny(dataSourceId)) return {};
      return Object.fromEntries(
        ofItem
          .all(dataSourceId, externalId)
          .map(({ field, value }) => [field, JSON.parse(value) as JsonValue]),
      );
    },
    /** Called inside a transaction. */
    put(dataSourceId: string, externalId: string, fields: Record<string, JsonValue>): void {
      for (const [field, value] of Object.entries(fields)) {
        put.run(dataSourceId, externalId, field, JSON.stringify(value));
      }
      known.delete(dataSourceId);
    },
    /** The names of all fields that answers gave the items of a source. */
    fieldsOf: (dataSourceId: string): string[] =>
      hasAny(dataSourceId) ? names.all(dataSourceId).map(({ field }) => field) : [],
  };
}

export type ItemAnswersTable = ReturnType<typeof createItemAnswersTable>;
