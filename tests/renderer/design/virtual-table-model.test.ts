import { describe, expect, it } from 'vitest';
import { nextIndex, sortRows } from '../../../renderer/design/virtual-table-model.ts';

describe('sortRows', () => {
  const columns = [
    {
      key: 'name',
      header: 'Name',
      width: '1fr',
      cell: () => null,
      sortValue: (row: { name?: string; at?: number }) => row.name,
    },
    {
      key: 'at',
      header: 'At',
      width: '1fr',
      cell: () => null,
      sortValue: (row: { name?: string; at?: number }) => row.at,
    },
  ];
  const rows = [{ name: 'Source 10', at: 5 }, { name: 'source 9' }, { name: 'Ärger', at: 7 }, { at: 1 }];

  it('keeps the given order without a sort', () => {
    expect(sortRows(rows, columns, undefined)).toBe(rows);
  });

  it('sorts names as people read them, and rows without a value last in both directions', () => {
    const names = (direction: 'ascending' | 'descending') =>
      sortRows(rows, columns, { key: 'name', direction }).map((row) => row.name);
    expect(names('ascending')).toEqual(['Ärger', 'source 9', 'Source 10', undefined]);
    expect(names('descending')).toEqual(['Source 10', 'source 9', 'Ärger', undefined]);
  });

  it('sorts numbers by value', () => {
    const sorted = sortRows(rows, columns, { key: 'at', direction: 'descending' });
    expect(sorted.map((row) => row.at)).toEqual([7, 5, 1, undefined]);
  });
});

describe('nextIndex', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 9, 9],
    ['ArrowUp', -1, 9],
    ['ArrowUp', 0, 0],
    ['PageDown', 7, 9],
    ['PageUp', 2, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['x', 5, undefined],
  ])('%s from %d leads to %s', (key, from, to) => expect(nextIndex(key, from, 10, 4)).toBe(to));

  it('leads nowhere in an empty list', () => expect(nextIndex('End', -1, 0, 4)).toBeUndefined());
});
