// The URL that a user types for a replay or a rule: what is wrong with it, and what to do.
import { expect, test } from 'vitest';
import { targetFault } from '../../../main/engine/replay/target-url.ts';

test.each([
  ['http://localhost:3000/a', undefined],
  ['https://example.com', undefined],
  ['localhost:3000/a', /^Put http:\/\/ or https:\/\/ in front of "localhost:3000\/a"\.$/],
  ['example.com', /is no URL/],
  ['ftp://example.com', /cannot be sent to ftp:\/\/ addresses/],
  ['http://ada:secret@example.com', /Leave user name and password out/],
])('%s', (typed, fault) => {
  if (fault === undefined) expect(targetFault(typed)).toBeUndefined();
  else expect(targetFault(typed)).toMatch(fault);
});
