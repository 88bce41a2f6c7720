// Data sources of the same name are told apart; others need nothing.
import { expect, it } from 'vitest';
import { sameNames } from '../../../../renderer/features/enterprise-components/same-names.ts';

it('gives a hint to those alone that share a name', () => {
  const source = (id: string, name: string, createdAt: string) => ({ id, name, createdAt });
  const hints = sameNames([
    source('a', 'Orders', '2026-11-24T10:00:00Z'),
    source('b', 'orders ', '2026-11-25T10:00:00Z'),
    source('c', 'Customers', '2026-11-24T10:00:00Z'),
  ]);
  expect([...hints.keys()].sort()).toEqual(['a', 'b']);
  expect(hints.get('a')).not.toBe(hints.get('b'));
});
