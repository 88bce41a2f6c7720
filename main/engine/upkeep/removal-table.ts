// The rows that belong to one data source, in whatever table they stand: found by the store's own foreign keys, so that a
// table that is added later is emptied, too.
import type { Database } from '../store/database.ts';

interface Dependent {
  table: string;
  /** Deletes some rows of a data source; false when none was left. */
  deleteSome(dataSourceId: string): boolean;
}

const rowsAtOnce = 200;
/** Emptied by those who know them. */
const handledElsewhere = new Set(['captures', 'items', 'connections']);

export function createRemovalTable(database: Database) {
  const references = database
    .prepare<[], { child: string; parent: string; column: string; rowid: number }>(
      `SELECT list.name AS child, reference."table" AS parent, reference."from" AS "column", 1 - list.wr AS rowid
        FROM pragma_table_list AS list JOIN pragma_foreign_key_list(list.name) AS reference
        WHERE list.schema = 'main' AND list.type = 'table' AND reference."table" IN ('data_sources', 'connections')`,
    )
    .all();
  const dependents: Dependent[] = references
    .filter(({ child }) => !handledElsewhere.has(child))
    .map(({ child, parent, column, rowid }) => {
      const owner =
        parent === 'data_sources'
          ? `"${column}" = @id`
          : `"${column}" IN (SELECT id FROM connections WHERE data_source_id = @id)`;
      const statement = database.prepare<{ id: string }, never>(
        rowid === 1
          ? `DELETE FROM "${child}" WHERE rowid IN (SELECT rowid FROM "${child}" WHERE ${owner} LIMIT ${rowsAtOnce})`
          : `DELETE FROM "${child}" WHERE ${owner}`,
      );
      return { table: child, deleteSome: (id) => statement.run({ id }).changes > 0 };
    });
  const calls = database.prepare<[string, number], { sequence: number; body_bytes: number }>(
    'SELECT sequence, body_bytes FROM captures WHERE data_source_id = ? ORDER BY sequence LIMIT ?',
  );
  const dropCall = database.prepare<[number], never>('DELETE FROM captures WHERE sequence = ?');
  const dropConnections = database.prepare<[string], never>(
    'DELETE FROM connections WHERE data_source_id = ?',
  );
  const dropSource = database.prepare<[string], never>('DELETE FROM data_sources WHERE id = ?');

  return {
    dependents,
    calls: (dataSourceId: string) => calls.all(dataSourceId, rowsAtOnce),
    dropCall: (sequence: number) => void dropCall.run(sequence),
    /** The data source itself, when nothing refers to it any more. */
    dropSource(dataSourceId: string): void {
      dropConnections.run(dataSourceId);
      dropSource.run(dataSourceId);
    },
  };
}

export type RemovalTable = ReturnType<typeof createRemovalTable>;
