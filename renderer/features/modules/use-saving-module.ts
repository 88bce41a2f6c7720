// Saving a module: what the contract says at once, what the engine says of templates, schedules and patterns, each at its place.
import { useState } from 'react';
import type { Module, Problem } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { type Faults, faultsOf, moduleInputOf } from './module-input.ts';
import type { ModuleDraftState } from './use-module-draft.ts';

/** Undefined where the problem has no place in the module. */
function faultOf(problem: Problem | undefined): Faults {
  if (!problem?.path || (problem.code !== 'module.invalid' && problem.code !== 'input.invalid')) return {};
  return { [problem.path.replace(/^module\./, '')]: problem.message };
}

export function useSavingModule(
  state: ModuleDraftState,
  target: { moduleId: string } | { solutionId: string; enabled: boolean },
) {
  const create = useAction('modules.create');
  const update = useAction('modules.update');
  const [isAsked, setAsked] = useState(false);
  // What the engine said holds for what it was given; the next edit makes it old.
  const [refused, setRefused] = useState<unknown>();
  const problem = create.problem ?? update.problem;
  const isCurrent = refused === state.draft;
  const engineFaults = isCurrent ? faultOf(problem) : {};
  const faults: Faults = isAsked ? { ...engineFaults, ...faultsOf(state.draft) } : {};
  const hasPlace = Object.keys(engineFaults).length > 0;

  async function save(): Promise<Module | undefined> {
    setAsked(true);
    if (Object.keys(faultsOf(state.draft)).length > 0) return undefined;
    const module = moduleInputOf(state.draft);
    const answer =
      'moduleId' in target
        ? await update.run({ id: target.moduleId, module })
        : await create.run({ solutionId: target.solutionId, module, enabled: target.enabled });
    if (!answer) {
      setRefused(state.draft);
      return undefined;
    }
    state.settled();
    setAsked(false);
    return answer.module;
  }

  return {
    save,
    faults,
    /** A refusal that stands at no field, or at one that is not seen. */
    problem: isCurrent && !hasPlace ? problem : undefined,
    running: create.running || update.running,
    forget: () => setAsked(false),
  };
}
