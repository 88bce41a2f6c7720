// Waiting for the next call: resolves with the first one that arrives after a place in the order and fits, or with nothing when
// the time is over. For scripts; holds no connection to the receiver.
import type { CaptureSummary, EventName, Outcome } from '#contract';
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

const pageSize = 200;

export function createWaitForCapture(deps: {
  captures: Captures;
  reader: PayloadReader;
  subscribe(listener: (event: EventName, data: unknown) => void): () => void;
}) {
  const { captures, reader } = deps;

  /** Calls after `after`, oldest first; the newest page is enough, for every arrival looks again. */
  function arrivedAfter(wanted: WaitFor, after: number): CaptureSummary[] {
    const { dataSourceId, outcome } = wanted;
    const page = captures.list({ dataSourceId, outcome, limit: pageSize });
    return page.captures.filter((capture) => capture.sequence > after).reverse();
  }

  async function fits(capture: CaptureSummary, wanted: WaitFor, signal: AbortSignal): Promise<boolean> {
    const match = wanted.match ?? [];
    if (match.length === 0) return true;
    const stored = await captures.forMapping(capture.dataSourceId, capture.id);
    const fields = match.map(({ path }, index) => ({ name: `match ${index}`, path, type: 'text' as const }));
    const mapping = { id: match[0]?.path ?? '', title: match[0]?.path ?? '', fields };
    const { rows } = await reader.preview(stored?.source, mapping, signal);
    return match.every(({ equals }, index) => {
      const row = rows.find((candidate) => candidate.row === `fields.${index}`);
      return row?.value?.text === equals;
    });
  }

  return async function waitForCapture(
    wanted: WaitFor,
    signal: AbortSignal,
  ): Promise<CaptureSummary | undefined> {
    let after = wanted.after ?? captures.list({ limit: 1 }).captures[0]?.sequence ?? 0;
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
        for (const capture of arrivedAfter(wanted, after)) {
          after = capture.sequence;
          if (await fits(capture, wanted, signal)) return capture;
        }
        if (ended.aborted) break;
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

export type WaitForCapture = ReturnType<typeof createWaitForCapture>;
