// The attempts of one job in the order in which they were sent, page by page. What is shown is fetched again when the job goes on.
import { useEffect, useMemo } from 'react';
import { createStore, useStore } from 'zustand';
import type { CallInput, Problem, ReplayAttempt } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import type { Client } from '../../api/client.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';

export type AttemptChoice = CallInput<'replays.attempts'>['only'];

interface AttemptsState {
  rows: readonly ReplayAttempt[] | undefined;
  next: string | undefined;
  problem: Problem | undefined;
}

const perPage = 200;

/** Pages are joined at their ends: rows change only from "sending" to what came of them, and new ones come in at the end. */
function createAttemptList(client: Client, jobId: string, only: AttemptChoice) {
  const store = createStore<AttemptsState>(() => ({ rows: undefined, next: undefined, problem: undefined }));
  const closing = new AbortController();
  let busy = false;
  let again = false;

  const fetchPage = (after: string | undefined) =>
    client.call(
      'replays.attempts',
      { id: jobId, limit: perPage, ...(only && { only }), ...(after !== undefined && { after }) },
      { signal: closing.signal },
    );

  function run(work: () => Promise<void>): void {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    work()
      .catch((error: unknown) => {
        if (!closing.signal.aborted) store.setState({ problem: asProblem(error) });
      })
      .finally(() => {
        busy = false;
        if (again && !closing.signal.aborted) {
          again = false;
          refresh();
        }
      });
  }

  /** Fetches anew from the first row that may still change. */
  function refresh(): void {
    run(async () => {
      const rows = store.getState().rows ?? [];
      const open = rows.findIndex(({ state }) => state === 'sending');
      const kept = rows.slice(0, open < 0 ? rows.length : open);
      const page = await fetchPage(kept.length === 0 ? undefined : String(kept.at(-1)?.number ?? 0));
      store.setState({ rows: [...kept, ...page.attempts], next: page.next, problem: undefined });
    });
  }

  function more(): void {
    const { next } = store.getState();
    if (next === undefined || busy) return;
    run(async () => {
      const page = await fetchPage(next);
      store.setState(({ rows = [] }) => ({
        rows: [...(rows ?? []), ...page.attempts],
        next: page.next,
        problem: undefined,
      }));
    });
  }

  return { store, refresh, more, close: () => closing.abort() };
}

export function useAttempts(jobId: string, only: AttemptChoice) {
  const client = useClient();
  const link = useLinkState();
  const list = useMemo(() => createAttemptList(client, jobId, only), [client, jobId, only]);
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('replays.changed', (event) => {
    // While more pages wait, new rows at the end are not on the screen.
    if (event.id === jobId && list.store.getState().next === undefined) list.refresh();
  });
  const { rows, problem } = useStore(list.store);
  return { rows, problem, more: list.more, refresh: list.refresh };
}
