// One dry run at a time: its progress, its result, and how to stop it.
import { useEffect, useRef, useState } from 'react';
import type { CallInput, CallOutput, ModuleInput, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';

interface State {
  isRunning: boolean;
  isCancelled: boolean;
  /** What the result is about. */
  module: ModuleInput | undefined;
  result: CallOutput<'modules.dryRun'> | undefined;
  problem: Problem | undefined;
  progress: { done: number; total: number } | undefined;
}

const atRest: State = {
  isRunning: false,
  isCancelled: false,
  module: undefined,
  result: undefined,
  problem: undefined,
  progress: undefined,
};

export function useDryRun() {
  const client = useClient();
  const [state, setState] = useState<State>(atRest);
  const running = useRef<{ runId: string; stop: AbortController }>(undefined);
  useEffect(() => () => running.current?.stop.abort(), []);
  useEvent('modules.dryRunProgressed', ({ runId, done, total }) => {
    if (runId === running.current?.runId) setState((before) => ({ ...before, progress: { done, total } }));
  });

  function start(input: Omit<CallInput<'modules.dryRun'>, 'runId'>) {
    const own = { runId: crypto.randomUUID(), stop: new AbortController() };
    running.current?.stop.abort();
    running.current = own;
    setState({ ...atRest, isRunning: true, module: input.module });
    client.call('modules.dryRun', { ...input, runId: own.runId }, { signal: own.stop.signal }).then(
      (result) => {
        if (running.current === own) setState({ ...atRest, module: input.module, result });
      },
      (error: unknown) => {
        if (running.current !== own) return;
        setState(
          own.stop.signal.aborted
            ? { ...atRest, isCancelled: true }
            : { ...atRest, problem: asProblem(error) },
        );
      },
    );
  }

  return { ...state, start, cancel: () => running.current?.stop.abort() };
}
