// One upload: sends a file in pieces, each after the answer to the one before, lets it be checked, and applies it.
import { useEffect, useRef, useState } from 'react';
import type { ImportRecord, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { base64Of } from '../../host/base64-of.ts';

const pieceBytes = 512 * 1024;

export function useUpload(dataSourceId: string) {
  const client = useClient();
  const [record, setRecord] = useState<ImportRecord>();
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [problem, setProblem] = useState<Problem>();
  const current = useRef<string>(undefined);
  const isMounted = useRef(true);

  // A file that was only sent in part is of no use to anybody once this screen is left.
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  useEvent('imports.changed', (event) => {
    if (event.id !== current.current) return;
    setProgress(event.total > 0 ? { done: event.done, total: event.total } : undefined);
    setRecord((before) => before && { ...before, state: event.state });
  });

  async function attempt(act: () => Promise<{ import: ImportRecord }>): Promise<void> {
    setProblem(undefined);
    try {
      setRecord((await act()).import);
    } catch (error) {
      const told = asProblem(error);
      if (told.code !== 'call.cancelled') setProblem(told);
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
      setRecord(begun.import);
      for (let offset = 0; offset < file.size; offset += pieceBytes) {
        if (current.current !== id) return begun;
        if (!isMounted.current) return await client.call('imports.cancel', { id });
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
    send,
    finish: () => attempt(() => client.call('imports.finish', { id: current.current ?? '' })),
    /** Ends what is under way, and begins anew. */
    async cancel(): Promise<void> {
      const id = current.current;
      current.current = undefined;
      setRecord(undefined);
      setProgress(undefined);
      setProblem(undefined);
      if (id === undefined || record?.state === 'done') return;
      try {
        await client.call('imports.cancel', { id });
      } catch (error) {
        setProblem(asProblem(error));
      }
    },
  };
}

export type Upload = ReturnType<typeof useUpload>;
