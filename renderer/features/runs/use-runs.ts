// The runs that fit a choice, newest first, live.
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { CallInput, RunSummary } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';

export type RunChoice = Omit<CallInput<'runs.list'>, 'limit' | 'before'>;

const runsPerPage = 100;
/** What was read stays fresh up to here; the engine gives no larger pages. */
const freshRows = 500;

export function useRuns(choice: RunChoice) {
  const client = useClient();
  const link = useLinkState();
  const chosen = JSON.stringify(choice);
  const shown = useRef(0);
  const list = useMemo(
    () =>
      createPagedList<RunSummary>(
        async (before, signal) => {
          const limit =
            before === undefined ? Math.min(freshRows, Math.max(runsPerPage, shown.current)) : runsPerPage;
          const page = await client.call(
            'runs.list',
            { ...(JSON.parse(chosen) as RunChoice), limit, ...(before !== undefined && { before }) },
            { signal },
          );
          return { rows: page.runs, next: page.next };
        },
        (run) => run.id,
      ),
    [client, chosen],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('runs.changed', (event) => {
    if (choice.moduleId === undefined || event.moduleId === choice.moduleId) list.refresh();
  });
  const { rows, problem } = useStore(list.store);
  useEffect(() => {
    shown.current = rows?.length ?? 0;
  }, [rows]);
  return { rows, problem, more: list.more, refresh: list.refresh };
}
