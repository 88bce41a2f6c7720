// The order in which calls came, of a file that may have them in any order. Pure.

/** `at` in milliseconds since 1970. */
export interface Dated<T> {
  at: number;
  what: T;
}

/** The oldest first. Within one millisecond the order of the file holds, turned round where `isNewestFirst` says that the file has the newest in front. */
export function byTime<T>(list: readonly Dated<T>[], isNewestFirst: boolean): Dated<T>[] {
  const inTurn = isNewestFirst ? list.toReversed() : [...list];
  return inTurn.sort((a, b) => a.at - b.at);
}
