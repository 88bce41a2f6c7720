// Changes of one thing go one after another, so that each sees what the one before has made of it.

export function createOneAfterAnother() {
  const last = new Map<string, Promise<unknown>>();

  /** Resolves and rejects as `work` does, which begins when all earlier work on any of the keys has ended. */
  return async function inTurn<T>(keys: string | readonly string[], work: () => Promise<T>): Promise<T> {
    const all = [keys].flat();
    const before = all.flatMap((key) => last.get(key) ?? []);
    const own = before.length > 0 ? Promise.allSettled(before).then(work) : work();
    for (const key of all) last.set(key, own);
    try {
      return await own;
    } finally {
      for (const key of all) if (last.get(key) === own) last.delete(key);
    }
  };
}
