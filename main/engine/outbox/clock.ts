// Time and chance as the outbox sees them, so that a schedule of days can be tested in a moment.
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `act` later, once; the answer takes it back. Holds no process open. */
  after(ms: number, act: () => void): () => void;
  /** From 0 to below 1, for jitter. */
  random(): number;
}

/** The longest wait that a timer of Node can hold. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, Math.min(Math.max(ms, 0), maxTimerMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
