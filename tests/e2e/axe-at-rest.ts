// axe on a page that has come to rest: in the middle of a fade every text lacks contrast.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Waits for the animations that end, for two seconds at most (one that is held never does), then gives axe for the page. */
export async function axeAtRest(page: Page): Promise<AxeBuilder> {
  await page.evaluate(
    `Promise.race([
      new Promise((resolve) => setTimeout(resolve, 2_000)),
      Promise.allSettled(
        document.getAnimations()
          .filter((each) => each.effect.getComputedTiming().iterations !== Infinity)
          .map((each) => each.finished),
      ),
    ]).then(() => undefined)`,
  );
  // Violations are all that anybody reads, and without frames of other origins there is no need of a page to put results together in.
  return new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
}
