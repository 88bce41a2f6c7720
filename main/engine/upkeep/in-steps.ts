// Deletes by the thousand in statements that stay short: how many rows the next one takes follows from how long the last one took.
import type { GiveWay } from '../give-way.ts';

/** Rows may be large, so the first step takes few. */
const firstRows = 4;
const mostRows = 500;
const longMs = 6;
const shortMs = 2;

/** `step` takes up to so many rows and answers how many it took; fewer than it was given: none is left. Gives the rows of all steps. */
export async function inSteps(step: (rows: number) => number, giveWay: GiveWay): Promise<number> {
  let rows = firstRows;
  let sum = 0;
  for (;;) {
    const start = performance.now();
    const taken = step(rows);
    const tookMs = performance.now() - start;
    sum += taken;
    if (taken < rows) return sum;
    if (tookMs > longMs) rows = Math.max(1, Math.floor(rows / 2));
    else if (tookMs < shortMs) rows = Math.min(mostRows, rows * 2);
    await giveWay();
  }
}
