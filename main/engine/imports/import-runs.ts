// The work under way on imports: one piece at a time for each, ended by a cancel or by the stop of the engine.
import { ProblemError } from '#contract';

interface Running {
  stopper: AbortController;
  /** Settles when the work of this import rests. */
  done: Promise<void>;
}

export function createImportRuns() {
  const running = new Map<string, Running>();
  const stopping = new AbortController();

  return {
    stopping: stopping.signal,

    async work(id: string, act: (signal: AbortSignal) => Promise<void>): Promise<void> {
      if (running.has(id)) {
        throw new ProblemError('import.notNow', 'This import is being worked on. Wait for it, or cancel it.');
      }
      const stopper = new AbortController();
      const done = act(AbortSignal.any([stopper.signal, stopping.signal]));
      running.set(id, { stopper, done: done.then(undefined, () => undefined) });
      try {
        await done;
      } catch (error) {
        if (stopping.signal.aborted) {
          throw new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true });
        }
        if (stopper.signal.aborted) throw new ProblemError('call.cancelled', 'The import was cancelled.');
        throw error;
      } finally {
        running.delete(id);
      }
    },

    /** Resolves when nothing works on it any more. */
    async end(id: string): Promise<void> {
      const entry = running.get(id);
      entry?.stopper.abort(new Error('cancelled'));
      await entry?.done;
    },

    async stop(): Promise<void> {
      stopping.abort(new Error('the engine stops'));
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
