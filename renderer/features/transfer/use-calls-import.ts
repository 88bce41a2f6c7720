// One import of calls: sends the file in pieces, has it checked, takes its calls in; each step can be cancelled.
import { useRef, useState } from 'react';
import type { CallOutput, CaptureFile, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { base64Of } from '../../host/base64-of.ts';

const pieceBytes = 512 * 1024;

export type ImportPhase = 'choose' | 'sending' | 'checking' | 'ready' | 'taking' | 'taken';

export function useCallsImport() {
  const client = useClient();
  const [phase, setPhase] = useState<ImportPhase>('choose');
  const [file, setFile] = useState<CaptureFile>();
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [taken, setTaken] = useState<CallOutput<'captureFiles.apply'>>();
  const [problem, setProblem] = useState<Problem>();
  const running = useRef<AbortController>(undefined);

  useEvent('captureFiles.progressed', ({ id, done, total }) => {
    if (id === file?.id) setProgress({ done, total });
  });

  function reset() {
    running.current?.abort();
    running.current = undefined;
    setPhase('choose');
    setFile(undefined);
    setProgress(undefined);
    setTaken(undefined);
  }

  async function attempt(fallBack: ImportPhase, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setProblem(undefined);
    try {
      await work(controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return;
      setProblem(asProblem(error));
      setPhase(fallBack);
    }
  }

  return {
    phase,
    file,
    progress,
    taken,
    problem,
    send: (chosen: File) =>
      attempt('choose', async (signal) => {
        setPhase('sending');
        setProgress({ done: 0, total: chosen.size });
        const begun = await client.call('captureFiles.begin', { fileName: chosen.name, size: chosen.size });
        const { id } = begun.file;
        setFile(begun.file);
        for (let offset = 0; offset < chosen.size; offset += pieceBytes) {
          signal.throwIfAborted();
          const base64 = await base64Of(chosen.slice(offset, offset + pieceBytes));
          await client.call('captureFiles.append', { id, offset, base64 }, { signal });
          setProgress({ done: Math.min(chosen.size, offset + pieceBytes), total: chosen.size });
        }
        setPhase('checking');
        setProgress(undefined);
        const checked = await client.call('captureFiles.check', { id }, { signal });
        setFile(checked.file);
        setPhase('ready');
      }),
    take: (dataSourceId: string | undefined) =>
      attempt('ready', async (signal) => {
        if (!file) return;
        setPhase('taking');
        setProgress({ done: 0, total: file.content?.calls ?? 0 });
        const input = { id: file.id, ...(dataSourceId === undefined ? {} : { dataSourceId }) };
        setTaken(await client.call('captureFiles.apply', input, { signal }));
        setPhase('taken');
      }),
    /** Back to the choice of a file; what was uploaded is removed. */
    again(): void {
      const id = file?.id;
      reset();
      setProblem(undefined);
      if (id === undefined || taken) return;
      client.call('captureFiles.drop', { id }).catch((error: unknown) => setProblem(asProblem(error)));
    },
  };
}
