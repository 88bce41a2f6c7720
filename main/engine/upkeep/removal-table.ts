// The rows that belong to one data source, in whatever table they stand: found by the store's own foreign keys, so that a
// table that is added later is emptied, too.
import type { Database } from '../store/database.ts';

interface Dependent {
  table: string;
  /** Deletes up to so many rows of a data source; gives how many. */
  deleteSome(dataSourceId: string, limit: number): number;
}

interface Reference {
  child: string;
  column: string;
  parent: string;
  parentColumn: string | null;
}

const callsAtOnce = 200;
/** Emptied by those who know them. */
const handledElsewhere = new Set(['captures', 'items', 'connections']);
/** One row of these may take a million others along, all in one statement: those go before it. */
const largeFamilies = new Set(['imports', 'forward_rules']);

export function createRemovalTable(database: Database) {
  const references = database
    .prepare<[], Reference>(
      `SELECT list.name AS child, reference."from" AS "column", reference."table" AS parent, reference."to" AS parentColumn
        FROM pragma_table_list AS list JOIN pragma_foreign_key_list(list.name) AS reference
        WHERE list.schema = 'main' AND list.type = 'table'`,
    )
    .all();
  const primaryKey = database.prepare<[string], { name: string }>(
    'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk',
  );
  const withoutRowid = database.prepare<[string], { wr: number }>(
    "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?",
  );

  function dependent(table: string, owner: string): Dependent {
    const key =
      withoutRowid.get(table)?.wr === 1
        ? primaryKey
            .all(table)
            .map(({ name }) => `"${name}"`)
            .join(', ')
        : 'rowid';
    const statement = database.prepare<{ id: string; limit: number }, never>(
      `DELETE FROM "${table}" WHERE (${key}) IN (SELECT ${key} FROM "${table}" WHERE ${owner} LIMIT @limit)`,
    );
    return { table, deleteSome: (id, limit) => statement.run({ id, limit }).changes };
  }

  /** What refers to `parent`, each behind what would go along with it. `owned`: how rows of the parent belong to the data source. */
  function dependentsOf(parent: string, owned: string): Dependent[] {
    return references
      .filter((reference) => reference.parent === parent && !handledElsewhere.has(reference.child))
      .flatMap(({ child, column, parentColumn }) => {
        const owner =
          parent === 'data_sources'
            ? `"${column}" = @id`
            : `"${column}" IN (SELECT "${parentColumn ?? primaryKey.get(parent)?.name}" FROM "${parent}" WHERE ${owned})`;
        const along = largeFamilies.has(child) ? dependentsOf(child, owner) : [];
        return [...along, dependent(child, owner)];
      });
  }
  const dependents = [
    ...dependentsOf('data_sources', ''),
    ...dependentsOf('connections', 'data_source_id = @id'),
  ];
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
    calls: (dataSourceId: string) => calls.all(dataSourceId, callsAtOnce),
    dropCall: (sequence: number) => void dropCall.run(sequence),
    /** The data source itself, when nothing refers to it any more. */
    dropSource(dataSourceId: string): void {
      dropConnections.run(dataSourceId);
      dropSource.run(dataSourceId);
    },
  };
}

export type RemovalTable = ReturnType<typeof createRemovalTable>;
