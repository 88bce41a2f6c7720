// Which key was meant, also with Caps Lock on.
import { expect, it } from 'vitest';
import { keyName } from '../../../../renderer/features/captures/use-capture-keys.ts';

it.each([
  ['r', false, 'r'],
  ['R', true, 'R'],
  // With Caps Lock on.
  ['R', false, 'r'],
  ['r', true, 'R'],
  ['?', true, '?'],
  ['/', false, '/'],
  ['ArrowDown', false, 'ArrowDown'],
])('%s with shift %s is %s', (key, shiftKey, name) => {
  expect(keyName({ key, shiftKey })).toBe(name);
});
