// What is read stays where it is: by how many rows most of the rows in sight have moved.
import { expect, test } from 'vitest';
import { shiftOf } from '../../../renderer/design/use-steady-rows.ts';

const rows = (...parts: string[]) => parts.join('').split('');

test('rows that come and go above move what is in sight', () => {
  expect(shiftOf(rows('abcdefgh'), rows('12', 'abcdefgh'), 3, 4)).toBe(2);
  expect(shiftOf(rows('abcdefgh'), rows('cdefgh'), 3, 4)).toBe(-2);
  expect(shiftOf(rows('abcdefgh'), rows('abcdefg', 'xyz'), 3, 4)).toBe(0);
});

test('one row in sight that moves to the top does not take the others along', () => {
  expect(shiftOf(rows('abcdefgh'), rows('d', 'abcefgh'), 3, 4)).toBe(0);
  expect(shiftOf(rows('abcdefgh'), rows('h', 'abcdefg'), 3, 4)).toBe(1);
});

test('rows of which none is left have no place', () => {
  expect(shiftOf(rows('abcd'), rows('wxyz'), 0, 4)).toBe(0);
  expect(shiftOf([], rows('wxyz'), 0, 4)).toBe(0);
});
