// What the end of a delivery means for its run, inside the transaction that settles it: the step is done, its answer is kept for the
// steps behind it, and the run goes on or ends.
import type { JsonValue, RunStep } from '#contract';
import type { ApplyAnswer } from '../actions/apply-answer.ts';
import type { Changes } from '../changes.ts';
import type { Outbox, Settled } from '../outbox/outbox.ts';
import { failureText } from './call-parts.ts';
import type { ModulesTable } from './modules-table.ts';
import { endOf, leaveOut } from './run-progress.ts';
import { type RunRow, type RunsTable, stepsOf } from './runs-table.ts';
import type { RunContext } from './template-context.ts';

const maxAnswerChars = 64 * 1024;

export function listenForSettled(deps: {
  outbox: Pick<Outbox, 'onSettled' | 'onReopened'>;
  runsTable: RunsTable;
  modulesTable: ModulesTable;
  changes: Changes;
  now(): number;
  /** Writes what an action takes from its answer into the item; gives the fields. Inside the transaction. */
  applyAnswer: ApplyAnswer;
  /** A run waits for the worker. */
  onDue(): void;
}): void {
  const { outbox, runsTable, modulesTable, changes, now } = deps;

  function settle(settled: Settled): void {
    const { runId, stepId } = settled;
    const row = runId === undefined ? undefined : runsTable.get(runId);
    if (!row) return;
    const steps = stepsOf(row);
    const step = steps.find((each) => each.stepId === stepId);
    if (!step) return;
    step.state = settled.state;
    step.deliveryId = settled.deliveryId;
    if (settled.state === 'succeeded') delete step.reason;
    else
      step.reason =
        settled.state === 'cancelled'
          ? 'The delivery was cancelled.'
          : failureText(settled.exchange?.failure);
    const module = modulesTable.definitionOf(row.module_id, row.module_version);
    leaveOut(steps, { steps: module?.steps ?? [] });
    const fields =
      settled.state === 'succeeded'
        ? deps.applyAnswer(settled, {
            actionId: module?.steps.find(({ id }) => id === stepId)?.actionId,
            itemId: row.item_id ?? undefined,
            captureId: row.capture_id ?? undefined,
          })
        : {};
    const ended = endOf(steps);
    runsTable.update({
      ...row,
      steps: JSON.stringify(steps),
      context: ended ? row.context : withAnswer(row, step, settled, fields),
      state: ended?.state ?? 'running',
      reason: ended?.reason ?? null,
      ended_at: ended ? now() : null,
      due: ended ? 0 : 1,
    });
    changes.tell('runs.changed', { moduleId: row.module_id });
    if (!ended) deps.onDue();
  }

  outbox.onSettled(settle);
  outbox.onReopened(({ runId, stepId, deliveryId }) => {
    const row = runId === undefined ? undefined : runsTable.get(runId);
    if (!row) return;
    const steps = stepsOf(row);
    const at = steps.findIndex((each) => each.stepId === stepId);
    const step = steps[at];
    if (!step) return;
    step.state = 'waiting';
    step.deliveryId = deliveryId;
    delete step.reason;
    for (const later of steps.slice(at + 1)) if (later.state === 'skipped') later.state = 'notYet';
    runsTable.update({
      ...row,
      steps: JSON.stringify(steps),
      state: 'running',
      reason: null,
      ended_at: null,
      due: 0,
    });
    changes.tell('runs.changed', { moduleId: row.module_id });
  });
}

/** What later steps can insert: `steps.<id>.status` and `steps.<id>.answer`. */
function withAnswer(
  row: RunRow,
  step: RunStep,
  { exchange }: Settled,
  fields: Record<string, JsonValue>,
): string {
  const context: RunContext =
    row.context === null ? { answers: {}, fields: {} } : (JSON.parse(row.context) as RunContext);
  const answer = exchange?.answer;
  if (answer) {
    const { text, cut } = answer.body ?? { cut: false };
    const isKept = text !== undefined && !cut && text.length <= maxAnswerChars;
    context.answers[step.stepId] = { status: answer.status, ...(isKept ? { text } : {}) };
  }
  Object.assign(context.fields, fields);
  return JSON.stringify(context);
}
