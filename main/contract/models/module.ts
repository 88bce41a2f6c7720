// Modules: a trigger, conditions, fields, and actions in order; and their runs.
import { z } from 'zod';
import { preparedRequest, requestParts } from './action.ts';
import { fieldType } from './mapping.ts';

/** A field of the item: `title`, `id`, or `fields.<name>`; of the module: `module.<name>`. */
const fieldName = z.string().min(1, 'Choose a field.').max(300);

export const conditionKind = z.enum([
  'equalTo',
  'notEqualTo',
  'contains',
  'notContains',
  'match',
  'greater',
  'less',
  'isEmpty',
  'isNotEmpty',
  'changed',
]);
export type ConditionKind = z.infer<typeof conditionKind>;

export const condition = z.object({
  field: fieldName,
  is: conditionKind,
  /** Not for `isEmpty`, `isNotEmpty`, `changed`. A regular expression for `match`. */
  value: z.string().max(10_000).optional(),
  /** Whether upper and lower case are told apart. */
  matchCase: z.boolean(),
});
export type Condition = z.infer<typeof condition>;

export const conditionSet = z.object({
  mode: z.enum(['all', 'atLeastOne']),
  conditions: z.array(condition).max(50),
});
export type ConditionSet = z.infer<typeof conditionSet>;

export const trigger = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('itemAdded') }),
  z.object({
    kind: z.literal('fieldChanged'),
    fields: z.array(fieldName).min(1, 'Choose a field.').max(100),
    alsoWhenNew: z.boolean(),
  }),
  /** Runs when an item that did not match comes to match. With `runOnce` never again for that item. */
  z.object({ kind: z.literal('matchConditions'), ...conditionSet.shape, runOnce: z.boolean() }),
  z.object({ kind: z.literal('buttonClicked'), label: z.string().trim().max(60).optional() }),
  z.object({
    kind: z.literal('onScheduled'),
    cron: z.string().trim().min(1, 'Type a schedule.').max(100),
    timeZone: z.string().max(60).optional(),
    /** eachItem: one run for each item that passes the conditions · once: one run without an item. */
    over: z.enum(['eachItem', 'once']),
  }),
]);
export type Trigger = z.infer<typeof trigger>;
export type TriggerKind = Trigger['kind'];

export const moduleField = z.object({
  name: z.string().trim().min(1, 'Type a name.').max(120),
  type: fieldType,
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('source'), field: fieldName }),
    z.object({ kind: z.literal('manual'), value: z.string().max(10_000) }),
    /** A Liquid template over the item and the fields above it. */
    z.object({ kind: z.literal('formula'), formula: z.string().max(10_000) }),
  ]),
});
export type ModuleField = z.infer<typeof moduleField>;

/** One data action of a module. Parts that are given replace those of the action. */
export const moduleStep = z.object({
  id: z.string().min(1).max(100),
  dataSourceId: z.string().min(1, 'Choose a data source.').max(100),
  connectionId: z.string().max(100).optional(),
  /** Left out: a call of its own, of which `method` and `path` are given here. */
  actionId: z.string().max(100).optional(),
  method: requestParts.method.optional(),
  path: requestParts.path.optional(),
  query: requestParts.query.optional(),
  headers: requestParts.headers.optional(),
  body: requestParts.body.optional(),
  /** Whether later steps are left out when this one fails for good. */
  stopOnFailure: z.boolean(),
});
export type ModuleStep = z.infer<typeof moduleStep>;

export const moduleInput = z.object({
  name: z.string().trim().min(1, 'Type a name.').max(120, 'Use at most 120 characters.'),
  /** Whose items it is about. */
  dataSourceId: z.string().min(1, 'Choose a data source.').max(100),
  trigger,
  /** All of these must hold besides the trigger. */
  conditions: conditionSet,
  fields: z.array(moduleField).max(100),
  steps: z.array(moduleStep).max(50),
});
export type ModuleInput = z.infer<typeof moduleInput>;

/** ready · disabled · blocked: enabled, but it cannot run; `blockedBecause` says why and what to do. */
export const moduleState = z.enum(['ready', 'disabled', 'blocked']);
export type ModuleState = z.infer<typeof moduleState>;

export const module = moduleInput.extend({
  id: z.string(),
  solutionId: z.string(),
  enabled: z.boolean(),
  state: moduleState,
  blockedBecause: z.string().optional(),
  /** What to mend, so that the screen can offer it. */
  blockedBy: z
    .object({
      kind: z.enum(['noAccess', 'sourceMissing', 'actionMissing', 'connection', 'invalid']),
      dataSourceId: z.string().optional(),
      connectionId: z.string().optional(),
    })
    .optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Of the runs that are kept; those whose conditions did not hold are not counted. */
  counts: z.object({
    runs: z.number().int(),
    failed: z.number().int(),
    blocked: z.number().int(),
    waiting: z.number().int(),
  }),
  lastRunAt: z.string().optional(),
  /** Of *On Scheduled*. `missed` counts times that passed while Hookbench was off or asleep. */
  schedule: z
    .object({ nextAt: z.string().optional(), missed: z.number().int(), lastMissedAt: z.string().optional() })
    .optional(),
});
export type Module = z.infer<typeof module>;

/**
 * running: a step is waiting or being sent · succeeded · failed: a step failed for good · notMatched: the trigger fired and a condition
 * did not hold · blocked: it had no access, or its set-up is broken · cancelled.
 */
export const runState = z.enum(['running', 'succeeded', 'failed', 'notMatched', 'blocked', 'cancelled']);
export type RunState = z.infer<typeof runState>;

export const runCause = z.object({
  kind: z.enum(['itemAdded', 'fieldChanged', 'matchConditions', 'buttonClicked', 'onScheduled', 'retried']),
  captureId: z.string().optional(),
  /** Fields that changed. */
  changed: z.array(z.string()).optional(),
  /** One sentence. */
  text: z.string(),
});

export const conditionResult = condition.extend({ held: z.boolean(), actual: z.string() });
export type ConditionResult = z.infer<typeof conditionResult>;

export const runSummary = z.object({
  id: z.string(),
  moduleId: z.string(),
  moduleName: z.string(),
  solutionId: z.string(),
  dataSourceId: z.string(),
  itemId: z.string().optional(),
  itemTitle: z.string().optional(),
  state: runState,
  cause: runCause,
  startedAt: z.string(),
  endedAt: z.string().optional(),
  steps: z.object({ done: z.number().int(), failed: z.number().int(), total: z.number().int() }),
  /** Why it failed or did not run, in one sentence. */
  reason: z.string().optional(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** A step of a run. `deliveryId` leads to requests and answers; skipped: an earlier step failed. */
export const runStep = z.object({
  stepId: z.string(),
  name: z.string(),
  state: z.enum(['notYet', 'waiting', 'sending', 'succeeded', 'failed', 'skipped', 'blocked', 'cancelled']),
  deliveryId: z.string().optional(),
  reason: z.string().optional(),
});
export type RunStep = z.infer<typeof runStep>;

export const run = runSummary.extend({
  conditions: z.array(conditionResult),
  stepList: z.array(runStep),
});
export type Run = z.infer<typeof run>;

/** One past item of a dry run: whether the module would have run, and what it would have sent. */
export const dryRunItem = z.object({
  itemId: z.string(),
  externalId: z.string(),
  title: z.string(),
  wouldRun: z.boolean(),
  /** Why, or why not. */
  text: z.string(),
  conditions: z.array(conditionResult),
  requests: z.array(z.object({ stepId: z.string(), name: z.string(), prepared: preparedRequest })),
});
export type DryRunItem = z.infer<typeof dryRunItem>;
