// A write that answers a click: under way or not, and its problem. It cannot be started twice at the same time.

import { useRef, useState } from 'react';
import type { CallInput, CallName, CallOutput, Problem } from '#contract';
import { asProblem } from './call-cache.ts';
import { useClient } from './use-client.tsx';

export interface Action<N extends CallName> {
  /** The output, or undefined when it failed (then `problem` says why) or when one is under way already. */
  run(input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N> | undefined>;
  running: boolean;
  problem: Problem | undefined;
  clear(): void;
}

export function useAction<N extends CallName>(name: N): Action<N> {
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const busy = useRef(false);

  async function run(input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N> | undefined> {
    if (busy.current) return undefined;
    busy.current = true;
    setRunning(true);
    setProblem(undefined);
    try {
      return await client.call(name, input, signal && { signal });
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    } finally {
      busy.current = false;
      setRunning(false);
    }
  }

  return { run, running, problem, clear: () => setProblem(undefined) };
}
