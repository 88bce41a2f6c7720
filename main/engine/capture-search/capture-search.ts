// Searching captures: reads the query, lets the worker look, and keeps its index of words up to date behind the answers to senders.
import { dirname, join } from 'node:path';
import {
  type ComparedSide,
  type Comparison,
  ProblemError,
  type QueryFault,
  type QueryTerm,
  readQuery,
} from '#contract';
import type { ListedCapture } from '../captures/captures-table.ts';
import type { GiveWay } from '../give-way.ts';
import { createCaptureWorkerLink, TaskRefused } from './capture-worker-link.ts';

export interface FoundCalls {
  rows: ListedCapture[];
  /** Sequence at which the next page begins. */
  next?: number;
  looked: number;
  upTo?: number;
}

const wordsFile = 'hookbench-words.db';
const sliceMs = 25;
const retryMs = 2_000;
/** Calls are deleted in slices over some time; their words go after that. */
const sweepDelayMs = 5_000;
/** How long one page may look through calls. */
const pageMs = 1_000;

export function createCaptureSearch(deps: {
  /** Of the store. */
  file: string;
  giveWay: GiveWay;
  onFault(error: unknown): void;
}) {
  const { giveWay } = deps;
  const link = createCaptureWorkerLink({ file: deps.file, wordsFile: join(dirname(deps.file), wordsFile) });
  /** Of its own, so that no search waits behind two large bodies. */
  const comparing = createCaptureWorkerLink({ file: deps.file, wordsFile: '', idleMs: 30_000 });
  let woken = false;
  let running: Promise<void> | undefined;
  let sweepTimer: NodeJS.Timeout | undefined;
  let sweepWanted = false;
  let retryTimer: NodeJS.Timeout | undefined;
  let stopped = false;

  function wake(): void {
    woken = true;
    if (!running && !stopped) running = drive();
  }

  async function drive(): Promise<void> {
    try {
      while (!stopped && (woken || sweepWanted)) {
        await giveWay();
        if (woken) {
          woken = false;
          const { more } = await link.run({ kind: 'index', sliceMs });
          if (more) woken = true;
          continue;
        }
        sweepWanted = false;
        for (let after: number | undefined = 0; after !== undefined && !stopped; ) {
          await giveWay();
          after = (await link.run({ kind: 'sweep', after })).next;
        }
      }
    } catch (error) {
      if (!stopped) {
        deps.onFault(error);
        clearTimeout(retryTimer);
        retryTimer = setTimeout(wake, retryMs);
        retryTimer.unref();
      }
    } finally {
      running = undefined;
    }
  }

  return {
    /** @throws ProblemError query.invalid with the place of the fault, call.cancelled, engine.stopping */
    async page(
      input: {
        query: string;
        dataSourceId?: string | undefined;
        limit: number;
        before?: number | undefined;
        after?: number | undefined;
      },
      signal: AbortSignal,
    ): Promise<FoundCalls> {
      const { query, dataSourceId, limit, before, after } = input;
      const terms = readTerms(query);
      try {
        return await link.run(
          { kind: 'search', request: { terms, dataSourceId, limit, before, after, timeMs: pageMs } },
          signal,
        );
      } catch (error) {
        if (!(error instanceof TaskRefused)) throw error;
        throw queryProblem({
          message: error.message,
          hint: 'A path is dotted ($.data.email) or JSONPath ($..email).',
          position: error.position ?? 0,
          length: 1,
        });
      }
    },
    /** @throws ProblemError capture.missing, payload.unreadable where the two are too large, call.cancelled, engine.stopping */
    async compare(
      left: ComparedSide,
      right: ComparedSide,
      ignore: string[],
      signal: AbortSignal,
    ): Promise<Comparison> {
      try {
        return await comparing.run({ kind: 'compare', left, right, ignore }, signal);
      } catch (error) {
        if (!(error instanceof TaskRefused)) throw error;
        throw new ProblemError(error.isMissing ? 'capture.missing' : 'payload.unreadable', error.message);
      }
    },
    /** Calls arrived: their words are indexed as soon as no sender waits. */
    wake,
    /** Calls were deleted: their words go, too. */
    sweep(): void {
      clearTimeout(sweepTimer);
      sweepTimer = setTimeout(() => {
        sweepWanted = true;
        if (!running && !stopped) running = drive();
      }, sweepDelayMs);
      sweepTimer.unref();
    },
    /** Resolves when everything that was stored is in the index. */
    async settled(): Promise<void> {
      while (running) await running;
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(sweepTimer);
      clearTimeout(retryTimer);
      await Promise.all([link.stop(), comparing.stop()]);
      await running;
    },
  };
}

export type CaptureSearch = ReturnType<typeof createCaptureSearch>;

/** @throws ProblemError query.invalid */
export function readTerms(query: string): QueryTerm[] {
  const result = readQuery(query);
  if (!result.ok) throw queryProblem(result.fault);
  return result.terms;
}

function queryProblem({ message, hint, position, length }: QueryFault): ProblemError {
  return new ProblemError('query.invalid', `${message} ${hint}`, {
    path: 'query',
    at: { offset: position, length },
  });
}
