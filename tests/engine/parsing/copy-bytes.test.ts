// Bytes are copied whole, into memory of their own, in turns of the loop.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyBytes } from '../../../main/engine/parsing/copy-bytes.ts';
import { longestTurnMs } from '../../harness/longest-turn.ts';

it('gives the parts one behind the other, and touches none of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 }), async (parts) => {
      const copy = await copyBytes(parts);
      expect([...copy]).toEqual(parts.flatMap((part) => [...part]));
      copy.fill(7);
      expect(parts.every((part) => part.buffer !== copy.buffer)).toBe(true);
    }),
  );
});

it('copies 25 MB, in one part and in many, without holding the loop', { retry: 2 }, async () => {
  const whole = new Uint8Array(25 * 1024 * 1024 + 3).map((_, at) => at % 251);
  const parts = Array.from({ length: 400 }, (_, at) => whole.subarray(at * 65_536, (at + 1) * 65_536));
  const longest = await longestTurnMs(async () => {
    for (const source of [[whole], parts]) {
      const copy = await copyBytes(source);
      expect(Buffer.compare(copy.subarray(0, 400 * 65_536), whole.subarray(0, 400 * 65_536))).toBe(0);
    }
  });
  expect(longest).toBeLessThan(50);
});
