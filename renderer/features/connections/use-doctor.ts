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
  isCancelled: boolean;
  /** What is typed was changed since. */
  isOld: boolean;
}

const atRest: DoctorState = {
  running: false,
  stages: new Map(),
  diagnosis: undefined,
  problem: undefined,
  isCancelled: false,
  isOld: false,
};

export function useDoctor(connectionId: string) {
  const client = useClient();
  const [state, setState] = useState(atRest);
  const run = useRef<{ id: string; abort: AbortController }>(undefined);

  useEvent('connections.diagnosed', ({ id, runId, stage }) => {
    // What comes after a cancel is about the cancel.
    const current = run.current;
    if (!current || current.abort.signal.aborted || id !== connectionId || runId !== current.id) return;
    setState((before) => ({ ...before, stages: new Map(before.stages).set(stage.stage, stage) }));
  });

  /** For a call that diagnoses on its way (Save): gives the id under which its stages come, and what `cancel` aborts. */
  function begin(): { runId: string; signal: AbortSignal } {
    run.current?.abort.abort();
    const runId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const abort = new AbortController();
    run.current = { id: runId, abort };
    setState({ ...atRest, running: true });
    return { runId, signal: abort.signal };
  }

  function end(diagnosis?: Diagnosis, problem?: Problem): void {
    const isCancelled = diagnosis === undefined && run.current?.abort.signal.aborted === true;
    setState(({ stages, isOld }) => ({
      running: false,
      isCancelled,
      isOld,
      stages: diagnosis ? new Map(diagnosis.stages.map((stage) => [stage.stage, stage])) : stages,
      diagnosis,
      problem: isCancelled ? undefined : problem,
    }));
  }

  async function test(outgoing: OutgoingInput): Promise<void> {
    const { runId, signal } = begin();
    const { current } = run;
    try {
      const { diagnosis } = await client.call(
        'connections.testOutgoing',
        { id: connectionId, outgoing, runId },
        { signal },
      );
      if (run.current === current) end(diagnosis);
    } catch (error) {
      if (run.current === current) end(undefined, asProblem(error));
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
