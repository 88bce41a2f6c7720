// How a run stands by its steps: which comes next, which are left out, how it ends. Pure.
import type { ModuleInput, RunState, RunStep } from '#contract';

/** Steps behind one that did not succeed are left out where that one stops the run. Changes `steps`. */
export function leaveOut(steps: RunStep[], { steps: defined }: Pick<ModuleInput, 'steps'>): void {
  const stop = steps.findIndex(
    ({ state, stepId }) =>
      state === 'cancelled' ||
      state === 'blocked' ||
      (state === 'failed' && defined.find(({ id }) => id === stepId)?.stopOnFailure !== false),
  );
  if (stop < 0) return;
  for (const step of steps.slice(stop + 1)) {
    if (step.state === 'notYet') step.state = 'skipped';
  }
}

/** The step that is to be prepared; undefined while one is under way, and at the end. */
export function nextStep(steps: readonly RunStep[]): RunStep | undefined {
  if (steps.some(isUnderWay)) return undefined;
  return steps.find(({ state }) => state === 'notYet');
}

/** How a run has ended; undefined while it goes on. */
export function endOf(steps: readonly RunStep[]): { state: RunState; reason?: string } | undefined {
  if (steps.some((step) => isUnderWay(step) || step.state === 'notYet')) return undefined;
  for (const state of ['cancelled', 'blocked', 'failed'] as const) {
    const step = steps.find((each) => each.state === state);
    if (step) return { state, ...(step.reason === undefined ? {} : { reason: step.reason }) };
  }
  return { state: 'succeeded' };
}

export function isUnderWay({ state }: RunStep): boolean {
  return state === 'waiting' || state === 'sending';
}

/** Steps that did not succeed and have no delivery to try again are prepared anew, with all that was left out behind. Changes `steps`. */
export function reopen(steps: RunStep[]): void {
  for (const step of steps) {
    if (step.state === 'succeeded' || isUnderWay(step)) continue;
    step.state = 'notYet';
    delete step.reason;
    delete step.deliveryId;
  }
}
