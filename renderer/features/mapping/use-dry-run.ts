// Trying a mapping on every call without saving it: its progress, its result, and how to stop it.
import { useEffect, useRef, useState } from 'react';
import type { CallOutput, Mapping, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';

export interface DryRunState {
  run(mapping: Mapping): void;
  stop(): void;
  running: boolean;
  progress: { done: number; total: number } | undefined;
  result: CallOutput<'mapping.dryRun'> | undefined;
  problem: Problem | undefined;
}

export function useDryRun(dataSourceId: string): DryRunState {
  const client = useClient();
  const [runId, setRunId] = useState<string>();
  const [progress, setProgress] = useState<DryRunState['progress']>();
  const [result, setResult] = useState<DryRunState['result']>();
  const [problem, setProblem] = useState<Problem>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  useEvent('mapping.dryRunProgressed', (event) => {
    if (event.runId === runId) setProgress({ done: event.done, total: event.total });
  });

  return {
    run(mapping) {
      abort.current?.abort();
      const current = new AbortController();
      abort.current = current;
      const id = crypto.randomUUID();
      setRunId(id);
      setProgress(undefined);
      setResult(undefined);
      setProblem(undefined);
      client.call('mapping.dryRun', { dataSourceId, mapping, runId: id }, { signal: current.signal }).then(
        (output) => {
          if (abort.current !== current) return;
          setResult(output);
          setRunId(undefined);
        },
        (error: unknown) => {
          if (abort.current !== current || current.signal.aborted) return;
          setProblem(asProblem(error));
          setRunId(undefined);
        },
      );
    },
    stop() {
      abort.current?.abort();
      setRunId(undefined);
    },
    running: runId !== undefined,
    progress,
    result,
    problem,
  };
}
