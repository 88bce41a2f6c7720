// Who waits until a data source is indexed, and their end: settled, failed, cancelled or stopped.

interface Waiter {
  /** The last call that must be indexed. */
  goal: number;
  resolve(): void;
  reject(error: Error): void;
}

export function createIndexWaiters() {
  const waiters = new Map<string, Set<Waiter>>();

  return {
    /** Until calls up to `goal` are indexed. Rejects with the reason of `signal` when it fires. */
    wait(dataSourceId: string, goal: number, signal: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        const list = waiters.get(dataSourceId) ?? new Set();
        waiters.set(dataSourceId, list);
        const leave = () => {
          list.delete(waiter);
          if (list.size === 0 && waiters.get(dataSourceId) === list) waiters.delete(dataSourceId);
          signal.removeEventListener('abort', onAbort);
        };
        const waiter: Waiter = {
          goal,
          resolve() {
            leave();
            resolve();
          },
          reject(error) {
            leave();
            reject(error);
          },
        };
        const onAbort = () => waiter.reject(signal.reason as Error);
        if (signal.aborted) return onAbort();
        list.add(waiter);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    settle(dataSourceId: string, indexedTo: number): void {
      for (const waiter of [...(waiters.get(dataSourceId) ?? [])]) {
        if (waiter.goal <= indexedTo) waiter.resolve();
      }
    },
    fail(dataSourceId: string, reason: Error): void {
      for (const waiter of [...(waiters.get(dataSourceId) ?? [])]) waiter.reject(reason);
    },
  };
}
