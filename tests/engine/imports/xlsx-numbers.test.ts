// Numbers of a workbook, as people see them there.
import { expect, it } from 'vitest';
import { numberJson } from '../../../main/engine/imports/rows/read-xlsx.ts';

it.each([
  ['1.1000000000000001', '1.1'],
  ['3.3000000000000003', '3.3'],
  ['0.1', '0.1'],
  ['1.5E-7', '1.5e-7'],
  ['12345678901234567890', '12345678901234567890'],
  ['123456789012.34567', '123456789012.346'],
  ['0.1234567890123456789', '0.1234567890123456789'],
])('a number that stands as %s in a workbook is %s', (written, read) => {
  expect(numberJson(written)).toBe(read);
});
