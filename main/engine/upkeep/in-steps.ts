// Deletes by the thousand in statements that stay short.
import type { GiveWay } from '../give-way.ts';
import { createPace } from '../pace.ts';

/** `step` takes up to so many rows and answers how many it took; fewer than it was given: none is left. Gives the rows of all steps. */
export async function inSteps(step: (rows: number) => number, giveWay: GiveWay): Promise<number> {
  // Rows may be large, so the first step takes few.
  const pace = createPace({ first: 4, most: 500, longMs: 6, shortMs: 2 });
  let sum = 0;
  for (;;) {
    const rows = pace.count();
    const start = performance.now();
    const taken = step(rows);
    sum += taken;
    if (taken < rows) return sum;
    pace.took(performance.now() - start);
    await giveWay();
  }
}
