// The tasks of the window's thread while something is done: from a trace of Chromium, with the time on the clock and the time of the processor.
// The second is what the window itself took; the first also holds the waiting for a processor that other programs had.
import type { Browser, Page } from '@playwright/test';

export interface Tasks {
  /** From the beginning of what was done until it was there to see, ms. */
  shownMs: number;
  /** Tasks above 50 ms on the clock. */
  long: number;
  longestMs: number;
  /** The longest by the time of the processor that it took. */
  longestCpuMs: number;
  /** Of all tasks together, until all was quiet. */
  cpuMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  /** Microseconds; `tdur` of the processor. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** So long nothing is done behind what was shown, so that its late tasks are seen as well. */
const restMs = 700;

/** `act` begins it, `until` waits for what is to be seen then. */
export async function watchTasks(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
  until: () => Promise<unknown>,
): Promise<Tasks> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  const started = performance.now();
  await act();
  await until();
  const shownMs = performance.now() - started;
  await page.waitForTimeout(restMs);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return { shownMs, ...figuresOf(trace.traceEvents) };
}

function figuresOf(events: readonly TraceEvent[]): Omit<Tasks, 'shownMs'> {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const windows = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = events
    .filter((each) => each.ph === 'X' && each.name.endsWith('RunTask') && windows.has(threadOf(each)))
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  // A task that lies within another is that one's part.
  const ends = new Map<string, number>();
  const outer = tasks.filter((each) => {
    const isInner = each.ts < (ends.get(threadOf(each)) ?? 0);
    if (!isInner) ends.set(threadOf(each), each.ts + (each.dur ?? 0));
    return !isInner;
  });
  const onClock = outer.map(({ dur }) => (dur ?? 0) / 1000);
  const ofProcessor = outer.map(({ tdur }) => (tdur ?? 0) / 1000);
  return {
    long: onClock.filter((ms) => ms > 50).length,
    longestMs: Math.max(0, ...onClock),
    longestCpuMs: Math.max(0, ...ofProcessor),
    cpuMs: ofProcessor.reduce((sum, ms) => sum + ms, 0),
  };
}
