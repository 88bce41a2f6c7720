// The connection doctor: a diagnosis under way, its stages as they are told one by one, and its end. One at a time.
import { useRef, useState } from 'react';
import type { Diagnosis, DiagnosisStage, DiagnosisStageName, OutgoingInput, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';

export interface DoctorState {
  running: boolean;
  stages: ReadonlyMap<DiagnosisStageName, DiagnosisStage>;
  diagnosis: Diagnosis | undefined;
  problem: Problem | undefined;
  /** What is typed was changed since. */
  isOld: boolean;
}

const atRest: DoctorState = {
  running: false,
  stages: new Map(),
  diagnosis: undefined,
  problem: undefined,
  isOld: false,
};

export function useDoctor(connectionId: string) {
  const client = useClient();
  const [state, setState] = useState(atRest);
  const run = useRef<{ id: string; abort: AbortController }>(undefined);

  useEvent('connections.diagnosed', ({ id, runId, stage }) => {
    if (id !== connectionId || runId !== run.current?.id) return;
    setState((before) => ({ ...before, stages: new Map(before.stages).set(stage.stage, stage) }));
  });

  /** For a call that diagnoses on its way (Save): gives the id under which its stages come. */
  function begin(): string {
    run.current?.abort.abort();
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    run.current = { id, abort: new AbortController() };
    setState({ ...atRest, running: true });
    return id;
  }

  function end(diagnosis?: Diagnosis, problem?: Problem): void {
    setState(({ stages, isOld }) => ({
      running: false,
      isOld,
      stages: diagnosis ? new Map(diagnosis.stages.map((stage) => [stage.stage, stage])) : stages,
      diagnosis,
      problem,
    }));
  }

  async function test(outgoing: OutgoingInput): Promise<void> {
    const runId = begin();
    const { current } = run;
    try {
      const { diagnosis } = await client.call(
        'connections.testOutgoing',
        { id: connectionId, outgoing, runId },
        current ? { signal: current.abort.signal } : {},
      );
      if (run.current === current) end(diagnosis);
    } catch (error) {
      const problem = asProblem(error);
      if (run.current === current) end(undefined, problem.code === 'call.cancelled' ? undefined : problem);
    }
  }

  return {
    ...state,
    begin,
    end,
    test,
    cancel: () => run.current?.abort.abort(),
    clear: () => setState(atRest),
    age: () => setState((before) => ({ ...before, isOld: true })),
  };
}
export type Doctor = ReturnType<typeof useDoctor>;
