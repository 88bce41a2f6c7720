// How long the loop was kept busy in one turn while some work ran: the processor time that this thread used, not the time on the
// wall, so that other work on a shared machine does not count.

/** Milliseconds of processor time of the longest turn. The work must not sleep on the processor itself. */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = usedMs();
  let watching = true;
  const watch = (): void => {
    const now = usedMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) setImmediate(watch);
  };
  watch();
  try {
    await work();
  } finally {
    watching = false;
  }
  return longest;
}

/** Processor milliseconds of some synchronous work; the least of a few runs. */
export function leastMs(work: () => void): number {
  const runs = Array.from({ length: 3 }, () => {
    const start = usedMs();
    work();
    return usedMs() - start;
  });
  return Math.min(...runs);
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
