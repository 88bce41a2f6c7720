// One upload: sends a file in pieces, each after the answer to the one before, lets it be checked with the options that were chosen, and
// applies it. Takes up what a reload left: the engine goes on with it. Leaving before the check is done takes it back.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ImportOptions, ImportRecord, ImportState, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { base64Of } from '../../host/base64-of.ts';

const pieceBytes = 512 * 1024;
/** Steps that leaving the screen ends. What is checked waits for a day; what is being applied goes on. */
const endedByLeaving: readonly ImportState[] = ['receiving', 'checking'];
const takenUp: readonly ImportState[] = ['checking', 'ready', 'refused', 'applying', 'adding'];
const underWay: readonly ImportState[] = ['receiving', 'checking', 'applying', 'adding'];

export const isUnderWay = (state: ImportState): boolean => underWay.includes(state);

export function useUpload(dataSourceId: string) {
  const client = useClient();
  const history = useCall('imports.list', { dataSourceId });
  const [record, setRecord] = useState<ImportRecord>();
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [problem, setProblem] = useState<Problem>();
  const current = useRef<string>(undefined);
  const state = useRef<ImportState>(undefined);
  const isLeft = useRef(false);
  const hasLooked = useRef(false);

  function show(next: ImportRecord | undefined): void {
    if (next && next.id !== current.current) return;
    state.current = next?.state;
    setRecord(next);
    setProgress(next?.progress);
  }

  function takeUp(next: ImportRecord): void {
    current.current = next.id;
    setProblem(undefined);
    show(next);
  }

  const lookOnce = useEffectEvent((imports: readonly ImportRecord[]) => {
    if (hasLooked.current) return;
    hasLooked.current = true;
    const left = imports.find((each) => takenUp.includes(each.state));
    if (left && current.current === undefined) takeUp(left);
  });
  useEffect(() => {
    if (history.data) lookOnce(history.data.imports);
  }, [history.data]);

  const leave = useEffectEvent(() => {
    const id = current.current;
    if (id === undefined || !state.current || !endedByLeaving.includes(state.current)) return;
    // Nobody is here to be told; what could not be cancelled ends by itself within a day.
    client.call('imports.cancel', { id }).catch(() => undefined);
  });
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      leave();
    };
  }, []);

  const refresh = useEffectEvent(async (id: string) => {
    try {
      show((await client.call('imports.get', { id })).import);
    } catch (error) {
      setProblem(asProblem(error));
    }
  });
  useEvent('imports.changed', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    const isNews = history.data?.imports.find(({ id }) => id === event.id)?.state !== event.state;
    if (isNews) history.refetch();
    if (event.id !== current.current) return;
    setProgress(event.total > 0 ? { done: event.done, total: event.total } : undefined);
    if (state.current === event.state) return;
    state.current = event.state;
    setRecord((before) => before && { ...before, state: event.state });
    if (!isUnderWay(event.state)) void refresh(event.id);
  });

  async function attempt(act: () => Promise<{ import: ImportRecord }>): Promise<void> {
    setProblem(undefined);
    try {
      show((await act()).import);
    } catch (error) {
      const told = asProblem(error);
      // A refusal of the content stands in the record, with what was found out.
      if (told.code === 'import.refused' && current.current !== undefined) await refresh(current.current);
      else if (told.code !== 'call.cancelled') setProblem(told);
    }
  }

  async function send(file: File): Promise<void> {
    await attempt(async () => {
      const begun = await client.call('imports.begin', {
        dataSourceId,
        fileName: file.name,
        size: file.size,
      });
      const { id } = begun.import;
      current.current = id;
      show(begun.import);
      for (let offset = 0; offset < file.size; offset += pieceBytes) {
        if (current.current !== id) return begun;
        if (isLeft.current) return await client.call('imports.cancel', { id });
        const base64 = await base64Of(file.slice(offset, offset + pieceBytes));
        await client.call('imports.append', { id, offset, base64 });
      }
      return await client.call('imports.check', { id });
    });
  }

  return {
    record,
    progress,
    problem,
    history,
    send,
    takeUp,
    /** Reads the file again, in another way. */
    recheck(options: ImportOptions) {
      // Shown as chosen at once; the file is read anew meanwhile.
      setRecord((before) => before && { ...before, options });
      return attempt(() => client.call('imports.check', { id: current.current ?? '', options }));
    },
    finish: () => attempt(() => client.call('imports.finish', { id: current.current ?? '' })),
    /** Ends one of the list. */
    async end(id: string): Promise<void> {
      try {
        await client.call('imports.cancel', { id });
      } catch (error) {
        setProblem(asProblem(error));
      }
    },
    /** Ends what is under way, and begins anew. */
    async cancel(): Promise<void> {
      const id = current.current;
      const before = state.current;
      current.current = undefined;
      show(undefined);
      setProblem(undefined);
      if (id === undefined || before === 'done' || before === 'failed' || before === 'cancelled') return;
      try {
        await client.call('imports.cancel', { id });
      } catch (error) {
        setProblem(asProblem(error));
      }
    },
  };
}

export type Upload = ReturnType<typeof useUpload>;
