// Rules that live as long as their caller does: a program that is killed, or whose computer is gone, leaves none behind. Owns who holds which
// rule; what such a rule does is no business of this file.

/** Between the making of a rule and the call that holds it, and before it is tried again to give one up. */
const unheldMs = 10_000;

export function createHeldRules(deps: {
  giveUp(id: string): void;
  /** A rule could not be given up; it is tried again. */
  onFault(error: unknown): void;
}) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const holders = new Map<string, Set<() => void>>();

  function begin(id: string): void {
    clearTimeout(waiting.get(id));
    const timer = setTimeout(() => {
      waiting.delete(id);
      giveUp(id);
    }, unheldMs).unref();
    waiting.set(id, timer);
  }

  function giveUp(id: string): void {
    try {
      deps.giveUp(id);
    } catch (error) {
      deps.onFault(error);
      begin(id);
    }
  }

  return {
    begin,

    /** Until the caller is gone; then the rule goes, too, unless another caller holds it. */
    async hold(id: string, signal: AbortSignal): Promise<void> {
      clearTimeout(waiting.get(id));
      waiting.delete(id);
      const end = Promise.withResolvers<void>();
      const onEnd = () => end.resolve();
      const all = holders.get(id) ?? new Set();
      holders.set(id, all.add(onEnd));
      signal.addEventListener('abort', onEnd, { once: true });
      if (signal.aborted) onEnd();
      await end.promise;
      signal.removeEventListener('abort', onEnd);
      all.delete(onEnd);
      if (all.size > 0 || holders.get(id) !== all) return;
      holders.delete(id);
      giveUp(id);
    },

    /** The rule is deleted: nobody needs to hold it any more. */
    ended(id: string): void {
      clearTimeout(waiting.get(id));
      waiting.delete(id);
      const all = holders.get(id);
      holders.delete(id);
      for (const end of all ?? []) end();
    },

    stop(): void {
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const all of holders.values()) for (const end of all) end();
      holders.clear();
    },
  };
}
