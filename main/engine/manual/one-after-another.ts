// Changes of one thing go one after another, so that each sees what the one before has made of it.

export function createOneAfterAnother() {
  const last = new Map<string, Promise<unknown>>();

  /** Resolves and rejects as `work` does, which begins when all earlier work on `key` has ended. */
  return async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(key);
    const own = before ? before.then(work, work) : work();
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
