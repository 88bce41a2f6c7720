// What View Data shows: search, filters, order and item, as they stand in the address, so that a reload keeps them. Pure.
import { type ItemFilter, type ItemSort, itemFilter } from '#contract';
import type { Sort } from '../../design/virtual-table-model.ts';

export interface ItemChoice {
  search: string;
  filters: ItemFilter[];
  sort: ItemSort | undefined;
}

const keys = { search: 'search', filters: 'filters', sort: 'sort' };

/** What cannot be read is left out: an address may come from anywhere. */
export function readChoice(address: URLSearchParams): ItemChoice {
  return {
    search: address.get(keys.search) ?? '',
    filters: readFilters(address.get(keys.filters)),
    sort: readSort(address.get(keys.sort)),
  };
}

export function writeChoice(address: URLSearchParams, change: Partial<ItemChoice>): URLSearchParams {
  const set = (key: string, value: string | undefined) => {
    if (value) address.set(key, value);
    else address.delete(key);
  };
  if ('search' in change) set(keys.search, change.search);
  if ('filters' in change)
    set(keys.filters, change.filters?.length ? JSON.stringify(change.filters) : undefined);
  if ('sort' in change) set(keys.sort, change.sort && `${change.sort.direction} ${change.sort.column}`);
  return address;
}

function readFilters(text: string | null): ItemFilter[] {
  if (!text) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(parsed)
    ? parsed.flatMap((each) => {
        const checked = itemFilter.safeParse(each);
        return checked.success ? [checked.data] : [];
      })
    : [];
}

function readSort(text: string | null): ItemSort | undefined {
  const [, direction, column] = /^(ascending|descending) (.+)$/s.exec(text ?? '') ?? [];
  return direction && column ? { column, direction: direction as ItemSort['direction'] } : undefined;
}

export const tableSort = (sort: ItemSort | undefined): Sort | undefined =>
  sort && { key: sort.column, direction: sort.direction };

export const itemSortOf = (sort: Sort | undefined): ItemSort | undefined =>
  sort && { column: sort.key, direction: sort.direction };

export const isNarrowed = (choice: ItemChoice): boolean =>
  choice.search.trim() !== '' || choice.filters.length > 0;
