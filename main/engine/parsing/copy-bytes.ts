// Copies bytes without holding the engine's loop: where memory is slow, 25 MB in one piece take 100 ms.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Of what is copied in one turn of the loop. */
const sliceBytes = 1024 * 1024;

/** The parts, one behind the other, in memory of their own. Up to a mebibyte is copied at once; the parts must not change meanwhile. */
export async function copyBytes(parts: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const copy = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  let inThisTurn = 0;
  for (const part of parts) {
    for (let from = 0; from < part.length; from += sliceBytes) {
      const slice = part.subarray(from, from + sliceBytes);
      if (inThisTurn + slice.length > sliceBytes) {
        await nextTurn();
        inThisTurn = 0;
      }
      copy.set(slice, at);
      at += slice.length;
      inThisTurn += slice.length;
    }
  }
  return copy;
}
