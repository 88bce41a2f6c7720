// What is typed by hand into lists and objects: no digit and no row is lost on the way to its value and back.
import { expect, test } from 'vitest';
import { typedOf, valueTyped } from '../../../../renderer/features/manual/item-values.ts';
import { rowsOf, typedRows } from '../../../../renderer/features/manual/value-rows.ts';

test('numbers that a double does not hold stay digit for digit, as texts', () => {
  expect(valueTyped('[1, 12345678901234567890, 1.50, {"a": 1e400}]', 'list')).toEqual({
    value: [1, '12345678901234567890', '1.50', { a: '1e400' }],
  });
  expect(valueTyped('{"n": 0.1, "m": -0}', 'object')).toEqual({ value: { n: 0.1, m: '-0' } });
});

test('what is no list or object is told', () => {
  for (const typed of ['[1,', '{}', '"a"', 'null', '7']) {
    expect(valueTyped(typed, 'list')).toHaveProperty('problem');
  }
  for (const typed of ['[]', '{a: 1}', 'null', '']) {
    expect('problem' in valueTyped(typed, 'object')).toBe(typed !== '');
  }
});

test('rows of texts are the same again, in their order, also with names of digits or a name twice', () => {
  for (const rows of [
    [],
    [{ name: '', value: '' }],
    [
      { name: 'b', value: '1' },
      { name: '10', value: 'x' },
      { name: '2', value: '"quoted"' },
    ],
    [
      { name: 'same', value: '1' },
      { name: 'same', value: '2' },
    ],
  ]) {
    expect(rowsOf(typedRows(rows, 'object'), 'object')).toEqual(rows);
  }
  const list = [
    { name: '', value: 'one' },
    { name: '', value: '' },
  ];
  expect(rowsOf(typedRows(list, 'list'), 'list')).toEqual(list);
  expect(rowsOf('[1]', 'list')).toBeUndefined();
  expect(valueTyped(typedRows([{ name: '2', value: 'x' }], 'object'), 'object')).toEqual({
    value: { 2: 'x' },
  });
  expect(typedOf({ a: ['x'] })).toBe('{"a":["x"]}');
});
