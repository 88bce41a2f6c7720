// The stages of a run: judged (does it run?), then each step prepared and handed to the outbox. Called inside the run worker's
// transactions; sends nothing itself.
import type { ModuleInput, RunStep } from '#contract';
import type { TemplateContext } from '../actions/prepare-request.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type CallParts, connectionOf, partsOf, stepName } from './call-parts.ts';
import type { CaptureBody } from './capture-body.ts';
import { type CompiledModule, compileModule } from './compiled-module.ts';
import type { Block } from './module-blocks.ts';
import { type ModuleValues, moduleValues } from './module-values.ts';
import type { ModulesTable } from './modules-table.ts';
import { stepKeyOf } from './run-ids.ts';
import type { RunItem, RunItemsTable } from './run-items-table.ts';
import { endOf, leaveOut, nextStep } from './run-progress.ts';
import { type RunRow, type RunsTable, type StoredCause, stepsOf } from './runs-table.ts';
import type { SourceFacts, SourceFactsTable } from './source-facts-table.ts';
import type { SweepsTable } from './sweeps-table.ts';
import { contextFor, type RunContext } from './template-context.ts';

const modulesRemembered = 200;
const sliceMs = 4;

/** What a run is about, read once. */
interface Matter {
  item: RunItem | undefined;
  context: TemplateContext;
  values: ModuleValues;
  /** Why the body of the call, which a template reads, is not there. */
  bodyProblem: string | undefined;
}

export function createRunStages(deps: {
  modulesTable: ModulesTable;
  runsTable: RunsTable;
  runItems: RunItemsTable;
  sourceFacts: SourceFactsTable;
  parts: CallParts;
  outbox: Pick<Outbox, 'enqueue'>;
  sweeps: SweepsTable;
  blockFor(solutionId: string, module: ModuleInput): Block | undefined;
  now(): number;
  /** A module begins to go through its items. */
  onSweep(): void;
}) {
  const { modulesTable, runsTable, runItems, sourceFacts, parts, outbox, sweeps, blockFor, now } = deps;
  const compiled = new Map<string, { fields: SourceFacts['fields'] | undefined; module: CompiledModule }>();

  function matterOf(
    row: RunRow,
    module: ModuleInput,
    capture: CaptureRow | undefined,
    body: CaptureBody | undefined,
  ): Matter {
    const item =
      row.item_id === null ? undefined : runItems.at(row.item_id, row.item_revision, row.item_version);
    const so = row.context === null ? undefined : (JSON.parse(row.context) as RunContext);
    const context = contextFor(item?.item, sourceFacts.get(row.data_source_id), capture, body, so);
    return {
      item,
      context,
      values: moduleValues(module, item?.item, context, parts),
      bodyProblem: body && 'problem' in body ? body.problem : undefined,
    };
  }

  function put(row: RunRow, change: Partial<RunRow>): RunRow {
    const next = { ...row, ...change };
    runsTable.update(next);
    return next;
  }

  function end(row: RunRow, steps: RunStep[]): RunRow {
    const ended = endOf(steps);
    return put(row, {
      steps: JSON.stringify(steps),
      due: 0,
      ...(ended
        ? { state: ended.state, reason: ended.reason ?? null, ended_at: now() }
        : { state: 'running', reason: null, ended_at: null }),
    });
  }

  /** Compiled once a version of the module and a mapping. */
  function compiledOf(row: RunRow, module: ModuleInput): CompiledModule {
    const key = `${row.module_id}.${row.module_version}`;
    const source = sourceFacts.get(row.data_source_id);
    const known = compiled.get(key);
    if (known && known.fields === source?.fields) return known.module;
    if (compiled.size >= modulesRemembered) compiled.clear();
    const made = compileModule(module, source);
    compiled.set(key, { fields: source?.fields, module: made });
    return made;
  }

  /** A trigger has fired: whether the module runs, is blocked, or its conditions do not hold. Undefined where nothing is left of it. */
  function judge(row: RunRow, module: ModuleInput, matter: Matter): RunRow | undefined {
    const { item, values } = matter;
    if (row.item_id !== null && !item) {
      runsTable.drop(row.id);
      return undefined;
    }
    const ready = compiledOf(row, module);
    const { trigger } = module;
    if (!ready.matches(item?.item, item?.before, values.values)) {
      runsTable.drop(row.id);
      return undefined;
    }
    const { held, results } = ready.judge(item?.item, item?.before, values.values);
    const conditions = JSON.stringify(results);
    const goesThroughItems = trigger.kind === 'onScheduled' && trigger.over === 'eachItem';
    if (!held && goesThroughItems && item) {
      // Of a schedule only the items that pass have a run; all others would bury them.
      runsTable.drop(row.id);
      return undefined;
    }
    if (!held && !(goesThroughItems && !item)) {
      return put(row, {
        state: 'notMatched',
        conditions,
        reason: 'A condition did not hold.',
        ended_at: now(),
        due: 0,
      });
    }
    const isOnce = trigger.kind === 'matchConditions' && trigger.runOnce;
    if (isOnce && item && !runsTable.mark(row.module_id, row.data_source_id, item.item.id)) {
      runsTable.drop(row.id);
      return undefined;
    }
    const block = blockFor(row.solution_id, module);
    if (block) {
      return put(row, { state: 'blocked', conditions, reason: block.because, ended_at: now(), due: 0 });
    }
    if (goesThroughItems && !item) {
      sweeps.start(row.module_id, row.data_source_id, (JSON.parse(row.cause) as StoredCause).at ?? now());
      runsTable.drop(row.id);
      deps.onSweep();
      return undefined;
    }
    const steps = module.steps.map(
      (step): RunStep => ({
        stepId: step.id,
        name: stepName(step, step.actionId === undefined ? undefined : parts.action(step.actionId)),
        state: 'notYet',
      }),
    );
    return put(row, { state: 'running', conditions, steps: JSON.stringify(steps) });
  }

  /** Makes the job of the next step; one that cannot be made is told, and the run goes on or ends as its steps say. */
  function prepare(
    row: RunRow,
    module: ModuleInput,
    matter: Matter,
    capture: CaptureRow | undefined,
  ): RunRow {
    const steps = stepsOf(row);
    const block = blockFor(row.solution_id, module);
    const start = performance.now();
    for (;;) {
      leaveOut(steps, module);
      const next = nextStep(steps);
      if (!next) return end(row, steps);
      const step = module.steps.find(({ id }) => id === next.stepId);
      if (!step) {
        Object.assign(next, { state: 'failed', reason: 'This step is not in the module any more.' });
      } else if (block) {
        Object.assign(next, { state: 'blocked', reason: block.because });
      } else {
        Object.assign(next, makeJob(row, step, matter, capture));
      }
      // A slow template has used the time of this turn: the run goes on in the next one.
      if (performance.now() - start > sliceMs && nextStep(steps)) {
        return put(row, { steps: JSON.stringify(steps) });
      }
    }
  }

  function makeJob(
    row: RunRow,
    step: ModuleInput['steps'][number],
    { item, context, values, bodyProblem }: Matter,
    capture: CaptureRow | undefined,
  ): Pick<RunStep, 'state' | 'reason' | 'deliveryId'> & { name?: string } {
    if (row.item_id !== null && !item) {
      return { state: 'failed', reason: 'The item does not exist any more.' };
    }
    if (bodyProblem !== undefined) return { state: 'failed', reason: bodyProblem };
    const [problem] = values.problems;
    if (problem) return { state: 'failed', reason: `The field ${problem[0]} of the module: ${problem[1]}` };
    const action = step.actionId === undefined ? undefined : parts.action(step.actionId);
    const connectionId = connectionOf(step, parts);
    if (connectionId === undefined)
      return { state: 'failed', reason: 'Its connection does not exist any more.' };
    const { prepared, request } = parts.prepareRequest({
      parts: partsOf(step, action),
      baseUrl: parts.baseUrlOf(connectionId),
      context: { ...context, module: Object.fromEntries(values.values), moduleTypes: values.types },
    });
    if (!request) {
      const [fault] = prepared.faults;
      return {
        state: 'failed',
        reason: fault ? `${fault.where}: ${fault.message}` : 'The request cannot be made.',
      };
    }
    const name = stepName(step, action, request);
    const deliveryId = outbox.enqueue({
      idempotencyKey: stepKeyOf(row.id, step.id),
      dataSourceId: step.dataSourceId,
      connectionId,
      actionId: step.actionId,
      name,
      moduleId: row.module_id,
      runId: row.id,
      stepId: step.id,
      itemId: row.item_id ?? undefined,
      itemTitle: row.item_title ?? undefined,
      ...request,
      hops: capture && parts.hopsOf(JSON.parse(capture.headers) as [string, string][]),
    });
    return { state: 'waiting', deliveryId, name };
  }

  return {
    /** Brings a due run as far as it goes by itself. */
    advance(row: RunRow, capture: CaptureRow | undefined, body: CaptureBody | undefined): RunRow | undefined {
      const module = modulesTable.definitionOf(row.module_id, row.module_version);
      if (!module) {
        return put(row, {
          state: 'failed',
          reason: 'The module as it was then is not kept any more.',
          ended_at: now(),
          due: 0,
        });
      }
      const matter = matterOf(row, module, capture, body);
      const judged = row.state === 'fired' ? judge(row, module, matter) : row;
      return judged?.state === 'running' ? prepare(judged, module, matter, capture) : judged;
    },
  };
}

export type RunStages = ReturnType<typeof createRunStages>;
