// Items as lists: pages in any order, of a search and of filters, for the screens, the scripts and the downloads; and what View Data
// shows of a data source. Writes no item.
import type { CallInput, CallOutput, ItemField, JsonValue } from '#contract';
import type { ItemQueries } from './item-queries.ts';
import type { ItemQuery } from './item-query-table.ts';
import type { ItemViewsTable } from './item-views-table.ts';
import type { ItemWordIndexer } from './item-word-indexer.ts';
import { toItem } from './items.ts';
import type { ItemRow, ItemsTable } from './items-table.ts';

const defaultLimit = 50;
/** Newest items that are looked at for fields that the mapping does not name. */
const lookedAt = 50;

export type ItemChoice = Pick<CallInput<'items.list'>, 'search' | 'filters'>;

export function createItemLists(deps: {
  table: ItemsTable;
  queries: ItemQueries;
  words: ItemWordIndexer;
  views: ItemViewsTable;
  /** The fields of the saved mapping. */
  mappedFields(dataSourceId: string): ItemField[];
}) {
  const { table, queries, words, views } = deps;

  function queryOf(dataSourceId: string, choice: ItemChoice): ItemQuery {
    const types = Object.create(null) as Record<string, ItemField['type']>;
    for (const { name, type } of deps.mappedFields(dataSourceId)) types[name] = type;
    return {
      dataSourceId,
      search: choice.search,
      filters: choice.filters ?? [],
      sort: { column: 'updatedAt', direction: 'descending' },
      types,
      limit: defaultLimit,
    };
  }

  /** The mapping's fields, then those that only the newest items have, with the type that they look like. */
  function fieldsOf(dataSourceId: string): ItemField[] {
    const fields = [...deps.mappedFields(dataSourceId)];
    const names = new Set(fields.map(({ name }) => name));
    for (const row of table.page(dataSourceId, Number.MAX_SAFE_INTEGER, lookedAt)) {
      for (const [name, value] of Object.entries(JSON.parse(row.fields) as Record<string, JsonValue>)) {
        if (names.has(name)) continue;
        names.add(name);
        fields.push({ name, type: looksLike(value) });
      }
    }
    return fields;
  }

  return {
    async list(input: CallInput<'items.list'>, signal: AbortSignal): Promise<CallOutput<'items.list'>> {
      const query = queryOf(input.dataSourceId, input);
      const page = await queries.run(
        {
          ...query,
          sort: input.sort ?? query.sort,
          limit: input.limit ?? defaultLimit,
          before: input.before,
        },
        signal,
      );
      const unsearched = input.search?.trim() ? words.unsearched(input.dataSourceId) : 0;
      return {
        items: page.rows.map(toItem),
        ...(page.next === undefined ? {} : { next: page.next }),
        ...(page.total ? { total: page.total } : {}),
        ...(unsearched > 0 ? { unsearched } : {}),
      };
    },

    /** In the order of their ids, which no later change moves: going through it misses none and gives none twice. */
    async pageForExport(
      input: { dataSourceId: string; limit: number; before?: string | undefined } & ItemChoice,
      signal: AbortSignal,
    ): Promise<{ rows: ItemRow[]; next?: string; total?: { count: number; exact: boolean } }> {
      return await queries.run(
        {
          ...queryOf(input.dataSourceId, input),
          sort: { column: 'id', direction: 'ascending' },
          limit: input.limit,
          before: input.before,
        },
        signal,
      );
    },

    /** Of these ids, those that belong to the data source. */
    rowsOf: (dataSourceId: string, ids: readonly string[]): ItemRow[] =>
      ids.flatMap((id) => {
        const row = table.get(id);
        return row?.data_source_id === dataSourceId ? [row] : [];
      }),

    fieldsOf,
    view: (dataSourceId: string): CallOutput<'items.view'> => ({
      fields: fieldsOf(dataSourceId),
      columns: views.columns(dataSourceId),
    }),
    keepView(dataSourceId: string, columns: readonly string[] | undefined): void {
      if (columns) views.keep(dataSourceId, [...new Set(columns)]);
      else views.forget(dataSourceId);
    },
  };
}

export type ItemLists = ReturnType<typeof createItemLists>;

function looksLike(value: JsonValue): ItemField['type'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'text';
}
