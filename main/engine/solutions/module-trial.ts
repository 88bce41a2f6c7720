// A module that is being edited, on real items: what it makes of one (preview), one step sent for real (try), and what it would have done
// for past items (dry run, which sends nothing).
import {
  type CallInput,
  type CallOutput,
  type DryRunItem,
  type ModuleInput,
  type PreparedRequest,
  ProblemError,
} from '#contract';
import type { TemplateContext } from '../actions/prepare-request.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { GiveWay } from '../give-way.ts';
import { createId } from '../ids.ts';
import { textOf } from '../items/item-values.ts';
import { type CallParts, connectionOf, partsOf, type Step, stepName } from './call-parts.ts';
import type { BodyReader } from './capture-body.ts';
import { compileModule } from './compiled-module.ts';
import { shown } from './conditions.ts';
import { itemChanged } from './item-subject.ts';
import type { Block } from './module-blocks.ts';
import { type ModuleValues, moduleValues } from './module-values.ts';
import type { RunItem, RunItemsTable } from './run-items-table.ts';
import type { SourceFactsTable } from './source-facts-table.ts';
import { contextFor, readsCaptureBody } from './template-context.ts';

const itemsLookedAt = 100;
const pageSize = 20;
const sliceMs = 4;
/** Of each body in a dry run; a preview shows more. */
const maxBodyChars = 8 * 1024;

interface Matter {
  context: TemplateContext;
  values: ModuleValues;
  /** Why the body of the call, which a template reads, is not there. */
  bodyProblem: string | undefined;
}

export function createModuleTrial(deps: {
  runItems: RunItemsTable;
  sourceFacts: SourceFactsTable;
  parts: CallParts;
  capture(id: string): CaptureRow | undefined;
  bodyOf: BodyReader;
  requireSolution(id: string): void;
  requireSound(module: ModuleInput): void;
  blockFor(solutionId: string, module: ModuleInput): Block | undefined;
  giveWay: GiveWay;
}) {
  const { runItems, sourceFacts, parts, blockFor, giveWay } = deps;

  function itemOf(module: ModuleInput, itemId: string | undefined): RunItem | undefined {
    if (!sourceFacts.get(module.dataSourceId)) {
      throw new ProblemError('dataSource.missing', 'This data source does not exist. Choose another.', {
        path: 'module.dataSourceId',
      });
    }
    if (itemId === undefined) return runItems.newest(module.dataSourceId);
    const item = runItems.current(itemId);
    if (item?.dataSourceId === module.dataSourceId) return item;
    throw new ProblemError('item.missing', 'The data source of the module has no such item.', {
      path: 'itemId',
    });
  }

  async function matterOf(
    module: ModuleInput,
    item: RunItem | undefined,
    signal: AbortSignal,
  ): Promise<Matter> {
    const capture = item?.captureId === undefined ? undefined : deps.capture(item.captureId);
    const body =
      item?.captureId !== undefined && readsCaptureBody(module, parts.action)
        ? await deps.bodyOf(item.captureId, signal)
        : undefined;
    const context = contextFor(item?.item, sourceFacts.get(module.dataSourceId), capture, body, undefined);
    const values = moduleValues(module, item?.item, context, parts);
    return {
      context: withModule(context, values),
      values,
      bodyProblem: body && 'problem' in body ? body.problem : undefined,
    };
  }

  function withModule(context: TemplateContext, { values, types }: ModuleValues): TemplateContext {
    return { ...context, module: Object.fromEntries(values), moduleTypes: types };
  }

  function actionOf(step: Step) {
    return step.actionId === undefined ? undefined : parts.action(step.actionId);
  }

  function prepare(step: Step, context: TemplateContext) {
    const connectionId = connectionOf(step, parts);
    return parts.prepareRequest({
      parts: partsOf(step, actionOf(step)),
      baseUrl: connectionId === undefined ? '' : parts.baseUrlOf(connectionId),
      context,
    });
  }

  /** What each step makes, with ways given in between: a slow template takes all the time that a turn has. */
  async function eachStep<T>(module: ModuleInput, make: (step: Step) => T): Promise<T[]> {
    const made: T[] = [];
    for (const step of module.steps) {
      const start = performance.now();
      made.push(make(step));
      if (performance.now() - start > sliceMs) await giveWay();
    }
    return made;
  }

  /** Why a step could not be sent now, the module's other steps aside. */
  function stepBlock(solutionId: string, module: ModuleInput, step: Step): Block | undefined {
    return blockFor(solutionId, { ...module, steps: [step] });
  }

  return {
    async preview(
      { solutionId, module, itemId }: CallInput<'modules.preview'>,
      signal: AbortSignal,
    ): Promise<CallOutput<'modules.preview'>> {
      deps.requireSolution(solutionId);
      const item = itemOf(module, itemId);
      const { context, values, bodyProblem } = await matterOf(module, item, signal);
      const hasNoItem = module.trigger.kind === 'onScheduled' && module.trigger.over === 'once';
      return {
        ...(item && {
          item: { id: item.item.id, externalId: item.item.externalId, title: item.item.title },
        }),
        fields: module.fields.map(({ name }) => {
          const problem = values.problems.get(name);
          const value = values.values.get(name);
          return {
            name,
            ...(value === undefined || value === null ? {} : { text: shown(value) }),
            ...(problem === undefined ? {} : { problem }),
          };
        }),
        values: parts.insertable(context),
        steps: await eachStep(module, (step) => {
          const block = stepBlock(solutionId, module, step);
          if (!item && !hasNoItem) {
            const nothing = 'There is no item yet to fill the templates with.';
            return { stepId: step.id, problem: block?.because ?? nothing };
          }
          const { prepared } = prepare(step, context);
          const problem = block?.because ?? bodyProblem;
          return { stepId: step.id, prepared, ...(problem === undefined ? {} : { problem }) };
        }),
      };
    },

    async tryStep(
      { solutionId, module, stepId, itemId }: CallInput<'modules.tryStep'>,
      signal: AbortSignal,
    ): Promise<CallOutput<'modules.tryStep'>> {
      deps.requireSolution(solutionId);
      const at = module.steps.findIndex(({ id }) => id === stepId);
      const step = module.steps[at];
      if (!step) {
        throw new ProblemError('module.invalid', 'The module has no such step.', { path: 'stepId' });
      }
      const block = stepBlock(solutionId, module, step);
      if (block) throw new ProblemError('module.blocked', block.because, { path: `module.steps.${at}` });
      const item = itemOf(module, itemId);
      const { context, values, bodyProblem } = await matterOf(module, item, signal);
      if (bodyProblem !== undefined) {
        throw new ProblemError('module.invalid', bodyProblem, { path: `module.steps.${at}` });
      }
      const [problem] = values.problems;
      if (problem) {
        const field = module.fields.findIndex(({ name }) => name === problem[0]);
        throw new ProblemError('module.invalid', problem[1], { path: `module.fields.${field}` });
      }
      const { prepared, request } = prepare(step, context);
      const connectionId = connectionOf(step, parts);
      if (!request || connectionId === undefined) {
        const [fault] = prepared.faults;
        throw new ProblemError('module.invalid', fault?.message ?? 'The request cannot be made.', {
          path: `module.steps.${at}${fault ? `.${fault.where}` : ''}`,
        });
      }
      const { exchange } = await parts.callConnection({
        connectionId,
        ...request,
        idempotencyKey: createId('try'),
        hops: context.capture && parts.hopsOf(context.capture.headers),
        signal,
      });
      return { exchange };
    },

    /** Cancellable, and gives way to answers between two slices. */
    async dryRun(
      { solutionId, module, last = itemsLookedAt }: CallInput<'modules.dryRun'>,
      signal: AbortSignal,
    ): Promise<CallOutput<'modules.dryRun'>> {
      deps.requireSolution(solutionId);
      deps.requireSound(module);
      const compiled = compileModule(module, sourceFacts.get(module.dataSourceId));
      const items: DryRunItem[] = [];
      let before = Number.MAX_SAFE_INTEGER;
      let sliceStart = performance.now();
      while (items.length < last) {
        const page = runItems.page(module.dataSourceId, before, Math.min(pageSize, last - items.length));
        before = page.next;
        for (const item of page.items) {
          items.push(await look(module, compiled, item, signal));
          if (performance.now() - sliceStart < sliceMs) continue;
          await giveWay();
          signal.throwIfAborted();
          sliceStart = performance.now();
        }
        if (page.items.length < pageSize) break;
      }
      return {
        items,
        looked: items.length,
        wouldRun: items.filter(({ wouldRun }) => wouldRun).length,
      };
    },
  };

  async function look(
    module: ModuleInput,
    compiled: ReturnType<typeof compileModule>,
    found: RunItem,
    signal: AbortSignal,
  ): Promise<DryRunItem> {
    const { item, before } = found;
    const { context, values, bodyProblem } = await matterOf(module, found, signal);
    const facts = { itemId: item.id, externalId: item.externalId, title: item.title };
    const fired = firing(module, compiled, found, values);
    const { held, results } = compiled.judge(item, before, values.values);
    if (!fired.fires || !held) {
      const text = fired.fires ? `${fired.text} A condition did not hold.` : fired.text;
      return { ...facts, wouldRun: false, text, conditions: results, requests: [] };
    }
    return {
      ...facts,
      wouldRun: true,
      text: bodyProblem === undefined ? fired.text : `${fired.text} It would fail: ${bodyProblem}`,
      conditions: results,
      requests: await eachStep(module, (step) => {
        const { prepared, request } = prepare(step, context);
        return {
          stepId: step.id,
          name: stepName(step, actionOf(step), request),
          prepared: cutBody(prepared),
        };
      }),
    };
  }
}

export type ModuleTrial = ReturnType<typeof createModuleTrial>;

/** Whether the trigger would have fired for the last version of an item, and why in one sentence. */
function firing(
  { trigger }: ModuleInput,
  compiled: ReturnType<typeof compileModule>,
  { item, before }: RunItem,
  values: ModuleValues,
): { fires: boolean; text: string } {
  switch (trigger.kind) {
    case 'itemAdded':
      return { fires: true, text: 'As if it were added.' };
    case 'fieldChanged': {
      const changed = trigger.fields.filter((field) => itemChanged(item, before, field));
      if (!before) {
        return trigger.alsoWhenNew
          ? { fires: changed.length > 0, text: 'It is new.' }
          : { fires: false, text: 'It is new, and new items do not run this module.' };
      }
      return changed.length > 0
        ? { fires: true, text: `${changed.map(fieldName).join(', ')} changed in its last version.` }
        : { fires: false, text: 'None of the fields changed in its last version.' };
    }
    case 'matchConditions':
      if (compiled.matches(item, before, values.values)) {
        return { fires: true, text: before ? 'It came to match with its last version.' : 'It matches.' };
      }
      return compiled.matches(item, undefined, values.values)
        ? { fires: false, text: 'It matched before its last version, too.' }
        : { fires: false, text: 'It does not match.' };
    case 'buttonClicked':
      return { fires: true, text: 'If its button were clicked.' };
    case 'onScheduled':
      return trigger.over === 'eachItem'
        ? { fires: true, text: 'At each of its times.' }
        : { fires: false, text: 'The module runs once for all, without an item.' };
  }
}

function fieldName(field: string): string {
  return field.replace(/^fields\./, '');
}

function cutBody(prepared: PreparedRequest): PreparedRequest {
  const text = textOf(prepared.body?.text);
  if (!prepared.body || text.length <= maxBodyChars) return prepared;
  return { ...prepared, body: { ...prepared.body, text: text.slice(0, maxBodyChars), cut: true } };
}
