// Pages of items in any order, of a search and of filters. The same code runs on the engine's connection for what an index answers
// at once, and on the reading connection of the worker for what must look at many items.
import type { ItemFilter, ItemSort } from '#contract';
import type { Database } from '../store/database.ts';
import {
  compareSortKeys,
  type FieldTypes,
  fieldNameOf,
  passes,
  type ReadItem,
  readItem,
  type SortKey,
  sortKeyOf,
  valueIn,
} from './item-values.ts';
import { matchExpression, sourceToken } from './item-words.ts';
import type { ItemRow } from './items-table.ts';

export interface ItemQuery {
  dataSourceId: string;
  search?: string | undefined;
  filters: readonly ItemFilter[];
  sort: ItemSort;
  /** Types of the fields by name. */
  types: FieldTypes;
  limit: number;
  /** The `next` of the page before. */
  before?: string | undefined;
}

export interface ItemQueryPage {
  rows: ItemRow[];
  next?: string;
  /** With the first page. */
  total?: { count: number; exact: boolean };
}

/** The `next` of another query, or none at all. */
export class CursorNotReadable extends Error {}
/** `shouldStop` said so. */
export class QueryStopped extends Error {}

interface Cursor {
  /** The value that the order goes by. */
  key: SortKey;
  id: string;
}

/** Characters of fields in one page: beyond it a page is shorter than was asked for. */
const maxPageChars = 4 * 1024 * 1024;
const lookEvery = 256;
/** Matches that are counted behind the first page, and how long that may take. */
const countedMatches = 10_000;
const countingMs = 300;

/** Columns with an index: what they are in SQL. */
const indexed: Record<string, { sql: string; row(row: ItemRow): string | number }> = {
  id: { sql: 'external_id', row: (row) => row.external_id },
  title: { sql: 'title COLLATE NOCASE', row: (row) => row.title },
  createdAt: { sql: 'created_at', row: (row) => row.created_at },
  updatedAt: { sql: 'last_change', row: (row) => row.last_change },
};

/** True for what an index answers at once, however many items there are. */
export function isImmediate(query: Pick<ItemQuery, 'search' | 'filters' | 'sort'>): boolean {
  return !query.search?.trim() && query.filters.length === 0 && Object.hasOwn(indexed, query.sort.column);
}

/** The SQL of a query, for the test that looks at its plan. */
export function sqlOf(query: Pick<ItemQuery, 'search' | 'sort' | 'before'>): string {
  const { column, direction } = query.sort;
  const searched = Boolean(query.search?.trim());
  const from = searched
    ? `item_words CROSS JOIN items ON items.data_source_id = @source AND items.revision = @revision
        AND items.last_change = item_words.rowid WHERE item_words MATCH @match`
    : 'items WHERE data_source_id = @source AND revision = @revision';
  const order = Object.hasOwn(indexed, column) ? indexed[column] : undefined;
  if (!order || (searched && column !== 'updatedAt')) return `SELECT items.* FROM ${from}`;
  const [sign, word] = direction === 'ascending' ? ['>', 'ASC'] : ['<', 'DESC'];
  if (column === 'updatedAt') {
    const change = searched ? 'item_words.rowid' : 'last_change';
    const after = query.before === undefined ? '' : ` AND ${change} ${sign} @key`;
    return `SELECT items.* FROM ${from}${after} ORDER BY ${change} ${word}`;
  }
  if (column === 'id') {
    const after = query.before === undefined ? '' : ` AND external_id ${sign} @key`;
    return `SELECT items.* FROM ${from}${after} ORDER BY external_id ${word}`;
  }
  // Two comparisons rather than one of row values, which SQLite does not look up under a collation.
  const after =
    query.before === undefined
      ? ''
      : ` AND ${order.sql} ${sign}= @key AND (${order.sql} ${sign} @key OR external_id ${sign} @id)`;
  return `SELECT items.* FROM ${from}${after} ORDER BY ${order.sql} ${word}, external_id ${word}`;
}

export function createItemQueryTable(database: Database) {
  const live = database.prepare<[string], { live_revision: number; item_count: number }>(
    'SELECT live_revision, item_count FROM data_sources WHERE id = ?',
  );
  const byId = database.prepare<[string, number, string], ItemRow>(
    'SELECT * FROM items WHERE data_source_id = ? AND revision = ? AND external_id = ?',
  );

  /** @throws CursorNotReadable, QueryStopped */
  function run(query: ItemQuery, shouldStop: () => boolean): ItemQueryPage {
    const source = live.get(query.dataSourceId);
    if (!source) return { rows: [], total: { count: 0, exact: true } };
    const { column } = query.sort;
    const search = query.search?.trim();
    const match = search && matchExpression(search, sourceToken(query.dataSourceId, source.live_revision));
    if (search && !match) return { rows: [], total: { count: 0, exact: true } };
    const isOrdered = Object.hasOwn(indexed, column) && (!search || column === 'updatedAt');
    const cursor = query.before === undefined ? undefined : readCursor(query.before, column);
    const statement = database.prepare<[Record<string, string | number>], ItemRow>(sqlOf(query));
    const rows = statement.iterate({
      source: query.dataSourceId,
      revision: source.live_revision,
      ...(match ? { match } : {}),
      ...(isOrdered && cursor && cursor.key.kind !== 'none' ? { key: cursor.key.value, id: cursor.id } : {}),
    });
    const everything = !search && query.filters.length === 0 ? source.item_count : undefined;
    if (isOrdered) return takeInOrder(rows, query, shouldStop, everything);
    const best = takeBest(rows, query, cursor, shouldStop);
    const total = { count: everything ?? best.matches, exact: true };
    return {
      ...readPage(query, best.places, (id) => byId.get(query.dataSourceId, source.live_revision, id)),
      ...(query.before === undefined ? { total } : {}),
    };
  }

  return { run };
}

export type ItemQueryTable = ReturnType<typeof createItemQueryTable>;

/** The rows come in the order that is asked for: the first that pass are the page. */
function takeInOrder(
  rows: Iterable<ItemRow>,
  query: ItemQuery,
  shouldStop: () => boolean,
  everything: number | undefined,
): ItemQueryPage {
  const page: ItemRow[] = [];
  const isFirst = query.before === undefined;
  let chars = 0;
  let seen = 0;
  let hasMore = false;
  let matches = 0;
  let exact = true;
  let countUntil = 0;
  for (const row of rows) {
    seen += 1;
    if (seen % lookEvery === 0) {
      if (shouldStop()) throw new QueryStopped();
      if (hasMore && performance.now() > countUntil) {
        exact = false;
        break;
      }
    }
    if (!passesAll(readItem(row), query)) continue;
    matches += 1;
    if (!hasMore && page.length < query.limit && (chars < maxPageChars || page.length === 0)) {
      page.push(row);
      chars += row.fields.length;
      continue;
    }
    if (!hasMore) {
      hasMore = true;
      countUntil = performance.now() + countingMs;
    }
    if (!isFirst || everything !== undefined) break;
    if (matches > countedMatches) {
      matches = countedMatches;
      exact = false;
      break;
    }
  }
  const last = page.at(-1);
  return {
    rows: page,
    ...(hasMore && last ? { next: nextAfter(last, query.sort.column) } : {}),
    ...(isFirst
      ? { total: everything === undefined ? { count: matches, exact } : { count: everything, exact: true } }
      : {}),
  };
}

/**
 * The rows come in any order: the places of the best behind the cursor, one more than a page has. What is held meanwhile does not
 * grow with the number or the size of the items.
 */
function takeBest(
  rows: Iterable<ItemRow>,
  query: ItemQuery,
  cursor: Cursor | undefined,
  shouldStop: () => boolean,
): { places: Cursor[]; matches: number } {
  const { column, direction } = query.sort;
  const type = typeFor(column, query.types);
  const order = (left: Cursor, right: Cursor) =>
    compareSortKeys(left.key, right.key, direction) || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
  const wanted = query.limit + 1;
  let best: Cursor[] = [];
  let worst: Cursor | undefined;
  let seen = 0;
  let matches = 0;
  for (const row of rows) {
    seen += 1;
    if (seen % lookEvery === 0 && shouldStop()) throw new QueryStopped();
    const item = readItem(row);
    if (!passesAll(item, query)) continue;
    matches += 1;
    const place = { key: sortKeyOf(valueIn(item, column), type), id: row.external_id };
    if (cursor && order(place, cursor) <= 0) continue;
    if (worst && order(place, worst) >= 0) continue;
    best.push(place);
    if (best.length >= wanted * 2) {
      best = best.sort(order).slice(0, wanted);
      worst = best.at(-1);
    }
  }
  return { places: best.sort(order).slice(0, wanted), matches };
}

function readPage(
  query: ItemQuery,
  places: readonly Cursor[],
  read: (id: string) => ItemRow | undefined,
): ItemQueryPage {
  const page: ItemRow[] = [];
  let last: Cursor | undefined;
  let taken = 0;
  let chars = 0;
  for (const place of places) {
    if (taken === query.limit || chars >= maxPageChars) break;
    const row = read(place.id);
    if (row) page.push(row);
    chars += row?.fields.length ?? 0;
    last = place;
    taken += 1;
  }
  return {
    rows: page,
    ...(taken < places.length && last ? { next: writeCursor(last, query.sort.column) } : {}),
  };
}

function typeFor(column: string, types: FieldTypes) {
  const name = fieldNameOf(column);
  if (name === undefined) return column === 'id' || column === 'title' ? ('text' as const) : undefined;
  return Object.hasOwn(types, name) ? types[name] : undefined;
}

function passesAll(item: ReadItem, query: ItemQuery): boolean {
  return query.filters.every((filter) => passes(item, filter, query.types));
}

function nextAfter(row: ItemRow, column: string): string {
  const value = indexed[column]?.row(row) ?? '';
  const key: SortKey = typeof value === 'number' ? { kind: 'number', value } : { kind: 'text', value };
  return column === 'updatedAt' ? String(row.last_change) : writeCursor({ key, id: row.external_id }, column);
}

function writeCursor(cursor: Cursor, column: string): string {
  const { key, id } = cursor;
  const value = key.kind === 'none' ? [] : [key.kind, key.value];
  return Buffer.from(JSON.stringify([column, id, ...value])).toString('base64url');
}

function readCursor(text: string, column: string): Cursor {
  if (column === 'updatedAt' && /^\d{1,15}$/.test(text))
    return { key: { kind: 'number', value: Number(text) }, id: '' };
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw new CursorNotReadable();
  }
  const [of, id, kind, value] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (of !== column || typeof id !== 'string') throw new CursorNotReadable();
  if (kind === undefined && !Object.hasOwn(indexed, column)) return { key: { kind: 'none' }, id };
  if (kind === 'text' && typeof value === 'string') return { key: { kind, value }, id };
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value));
  if (kind === 'number' && isNumber) return { key: { kind, value }, id };
  throw new CursorNotReadable();
}
