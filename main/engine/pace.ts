// How much a step of long work takes on: statements are short or long by what the rows hold, so it follows from how long the step before took.

export interface Pace {
  /** How many the next step takes. */
  count(): number;
  /** So long took a step that took as many as it was given. */
  took(ms: number): void;
}

/** Halves above `longMs`, doubles below `shortMs`, between 1 and `most`. */
export function createPace(of: { first: number; most: number; longMs: number; shortMs: number }): Pace {
  let count = of.first;
  return {
    count: () => count,
    took(ms) {
      if (ms > of.longMs) count = Math.max(1, Math.floor(count / 2));
      else if (ms < of.shortMs) count = Math.min(of.most, count * 2);
    },
  };
}
