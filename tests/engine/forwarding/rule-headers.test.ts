// Secrets of a rule that an answer repeats are taken out of it before it is stored.
import { expect, it } from 'vitest';
import { createRuleHeaders } from '../../../main/engine/forwarding/rule-headers.ts';
import { createVault } from '../../../main/engine/secrets/vault.ts';
import { testVaultKey } from '../../harness/test-engine.ts';

it('conceals the longer secret first, so that none leaves its tail', () => {
  const headers = createRuleHeaders(createVault(testVaultKey));
  const stored = headers.stored(
    headers.toStored(
      'fwd_1',
      {
        mode: 'kept',
        keepHost: false,
        set: [
          { name: 'X-Token', value: 'correct-horse', secret: true },
          { name: 'X-Key', value: 'correct-horse-battery', secret: true },
        ],
      },
      undefined,
    ),
  );
  const conceal = headers.concealer('fwd_1', stored);
  const answer = Buffer.from('you sent correct-horse-battery and correct-horse');
  expect(Buffer.from(conceal(answer)).toString()).toBe('you sent ******** and ********');
});
