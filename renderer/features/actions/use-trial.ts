// Try it: sends the action as it stands in the form, once, and can be cancelled.
import { useEffect, useRef, useState } from 'react';
import type { CallInput, CallOutput, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useClient } from '../../api/use-client.tsx';

export interface Trial {
  running: boolean;
  result: CallOutput<'actions.try'> | undefined;
  problem: Problem | undefined;
  run(input: CallInput<'actions.try'>): Promise<void>;
  cancel(): void;
}

export function useTrial(): Trial {
  const client = useClient();
  const [state, setState] = useState<Pick<Trial, 'running' | 'result' | 'problem'>>({
    running: false,
    result: undefined,
    problem: undefined,
  });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  async function run(input: CallInput<'actions.try'>) {
    if (state.running) return;
    const abort = new AbortController();
    current.current = abort;
    setState({ running: true, result: undefined, problem: undefined });
    try {
      const result = await client.call('actions.try', input, { signal: abort.signal });
      setState({ running: false, result, problem: undefined });
    } catch (error) {
      setState({ running: false, result: undefined, problem: asProblem(error) });
    }
  }

  return { ...state, run, cancel: () => current.current?.abort() };
}
