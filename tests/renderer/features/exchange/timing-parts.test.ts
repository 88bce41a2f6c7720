import { expect, test } from 'vitest';
import { hexLines } from '../../../../renderer/features/exchange/hex-lines.ts';
import { timingParts } from '../../../../renderer/features/exchange/timing-parts.ts';

test('what is left after the first byte is reading', () => {
  const parts = timingParts({ nameMs: 10, connectMs: 10, firstByteMs: 60, totalMs: 100 });
  expect(parts.map(({ part, ms }) => `${part} ${ms}`)).toEqual([
    'name 10',
    'connect 10',
    'wait 60',
    'read 20',
  ]);
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test('a call that failed early has the parts that happened', () => {
  expect(timingParts({ nameMs: 3, totalMs: 5 })).toEqual([{ part: 'name', ms: 3, share: 0.6 }]);
  expect(timingParts({ totalMs: 0 })).toEqual([]);
});

test('bytes as hex and letters', () => {
  expect(hexLines(btoa('hello\u0000\u00ff'))).toEqual([
    `00000000  68 65 6c 6c 6f 00 ff${' '.repeat(27)}  hello..`,
  ]);
  expect(hexLines(btoa('x'.repeat(2000)))).toHaveLength(32);
});
