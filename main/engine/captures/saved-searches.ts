// Searches that the user keeps under a name, for one data source or for all.
import { ProblemError, type SavedSearch } from '#contract';
import type { Changes } from '../changes.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { SavedSearchesTable, SavedSearchRow } from './saved-searches-table.ts';

const mostSearches = 500;

export function createSavedSearches(deps: {
  database: Database;
  table: SavedSearchesTable;
  changes: Changes;
  /** Throws where the query cannot be read. */
  checkQuery(query: string): void;
}) {
  const { database, table, changes } = deps;
  return {
    list: (): SavedSearch[] => table.all().map(toSearch),

    /** @throws ProblemError query.invalid, search.missing, dataSource.missing, input.invalid where the name is taken */
    save(input: {
      id?: string | undefined;
      name: string;
      query: string;
      dataSourceId?: string | undefined;
    }): SavedSearch {
      deps.checkQuery(input.query);
      const saved = transact(database, () => {
        const all = table.all();
        const before = all.find(({ id }) => id === input.id);
        if (input.id !== undefined && !before) throw missing();
        const dataSourceId = before ? before.data_source_id : (input.dataSourceId ?? null);
        if (dataSourceId !== null && !table.hasSource(dataSourceId)) {
          throw new ProblemError('dataSource.missing', 'This data source does not exist.', {
            path: 'dataSourceId',
          });
        }
        const isTaken = all.some(
          (row) =>
            row.id !== before?.id &&
            row.data_source_id === dataSourceId &&
            row.name.toLowerCase() === input.name.toLowerCase(),
        );
        if (isTaken) {
          throw new ProblemError(
            'input.invalid',
            `There is a saved search "${input.name}" already. Choose another name.`,
            { path: 'name' },
          );
        }
        if (!before && all.length >= mostSearches) {
          throw new ProblemError(
            'input.invalid',
            `There are ${mostSearches} saved searches. Remove one first.`,
          );
        }
        const now = Date.now();
        const row: SavedSearchRow = {
          id: before?.id ?? createId('sea', now),
          data_source_id: dataSourceId,
          name: input.name,
          query: input.query.trim(),
          saved_at: now,
        };
        table.put(row);
        return row;
      });
      changes.tell('searches.changed', {});
      return toSearch(saved);
    },

    /** @throws ProblemError search.missing */
    remove(id: string): void {
      if (!table.drop(id)) throw missing();
      changes.tell('searches.changed', {});
    },
  };
}

export type SavedSearches = ReturnType<typeof createSavedSearches>;

function missing(): ProblemError {
  return new ProblemError('search.missing', 'This saved search does not exist any more.', { path: 'id' });
}

function toSearch(row: SavedSearchRow): SavedSearch {
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    dataSourceId: row.data_source_id ?? undefined,
    savedAt: new Date(row.saved_at).toISOString(),
  };
}
