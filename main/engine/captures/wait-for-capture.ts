// Waiting for the next call: resolves with the first one that arrives after a place in the order and fits, or with nothing when
// the time is over. For scripts; holds no connection to the receiver.
import { setImmediate as turn } from 'node:timers/promises';
import { type CaptureSummary, type EventName, type Outcome, ProblemError } from '#contract';
import { compilePath } from '../mapping/compile-path.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import type { Captures } from './captures.ts';

export interface WaitFor {
  dataSourceId?: string | undefined;
  outcome?: Outcome | undefined;
  /** Only calls with a higher sequence; the present end of the list without it. */
  after?: number | undefined;
  /** Each path must yield this text. */
  match?: { path: string; equals: string }[] | undefined;
  timeoutMs: number;
}

/** So many sequences are looked at in one turn. */
const windowSize = 200;

export function createWaitForCapture(deps: {
  captures: Captures;
  reader: PayloadReader;
  subscribe(listener: (event: EventName, data: unknown) => void): () => void;
}) {
  const { captures, reader } = deps;

  const newest = () => captures.list({ limit: 1 }).captures[0]?.sequence ?? 0;

  /** Calls behind `after` up to `last`, oldest first. */
  async function* arrivedBetween({ dataSourceId, outcome }: WaitFor, after: number, last: number) {
    for (let from = after; from < last; from += windowSize) {
      if (from > after) await turn();
      const before = String(from + windowSize + 1);
      const page = captures.list({ dataSourceId, outcome, after: from, before, limit: windowSize });
      yield* page.captures.reverse();
    }
  }

  /** A call whose body cannot be read, or that was deleted meanwhile, fits no path. */
  async function fits(capture: CaptureSummary, wanted: WaitFor, signal: AbortSignal): Promise<boolean> {
    const match = wanted.match ?? [];
    if (match.length === 0) return true;
    const stored = await captures.forMapping(capture.dataSourceId, capture.id);
    if (!stored) return false;
    const fields = match.map(({ path }, index) => ({ name: `match ${index}`, path, type: 'text' as const }));
    const mapping = { id: match[0]?.path ?? '', title: match[0]?.path ?? '', fields };
    try {
      const { rows } = await reader.preview(stored.source, mapping, signal);
      return match.every(({ equals }, index) => {
        const row = rows.find((candidate) => candidate.row === `fields.${index}`);
        return row?.value?.text === equals;
      });
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'payload.unreadable') return false;
      throw error;
    }
  }

  return async function waitForCapture(
    wanted: WaitFor,
    signal: AbortSignal,
  ): Promise<CaptureSummary | undefined> {
    refuseWrongPaths(wanted);
    let after = wanted.after ?? newest();
    const timeout = AbortSignal.timeout(wanted.timeoutMs);
    const ended = AbortSignal.any([signal, timeout]);
    let arrived = Promise.withResolvers<void>();
    const unsubscribe = deps.subscribe((event) => {
      if (event === 'captures.received') arrived.resolve();
    });
    const onEnd = () => arrived.resolve();
    ended.addEventListener('abort', onEnd, { once: true });
    try {
      for (;;) {
        arrived = Promise.withResolvers<void>();
        const last = newest();
        for await (const capture of arrivedBetween(wanted, after, last)) {
          if (await fits(capture, wanted, signal)) return capture;
          // Without any time, what is there is looked at to its end.
          if (ended.aborted && wanted.timeoutMs > 0) break;
        }
        if (ended.aborted) break;
        // Of what came, nothing has to be looked at again, whosever it was.
        after = Math.max(after, last);
        await arrived.promise;
      }
      signal.throwIfAborted();
      return undefined;
    } finally {
      unsubscribe();
      ended.removeEventListener('abort', onEnd);
    }
  };
}

/** @throws ProblemError input.invalid */
function refuseWrongPaths({ match = [] }: WaitFor): void {
  for (const [i, { path }] of match.entries()) {
    const compiled = compilePath(path);
    if (compiled.ok) continue;
    throw new ProblemError('input.invalid', `"${path}" is no path: ${compiled.message}`, {
      path: `match.${i}.path`,
      at: { offset: compiled.position, length: 1 },
    });
  }
}

export type WaitForCapture = ReturnType<typeof createWaitForCapture>;
