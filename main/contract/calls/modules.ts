// Calls about modules and their runs.
import { z } from 'zod';
import { preparedRequest, templateValue } from '../models/action.ts';
import { exchange } from '../models/exchange.ts';
import { dryRunItem, module, moduleInput, run, runState, runSummary } from '../models/module.ts';
import { before, id, limit, nothing, read, write } from './define.ts';

/** Which runs: all filters together. */
const runChoice = {
  solutionId: id.optional(),
  moduleId: id.optional(),
  dataSourceId: id.optional(),
  itemId: id.optional(),
  captureId: id.optional(),
  state: runState.optional(),
};

export const modulesCalls = {
  'modules.list': read(
    'Modules by name: of a solution, or those that use a data source, or all.',
    z.object({ solutionId: id.optional(), dataSourceId: id.optional() }),
    z.object({ modules: z.array(module) }),
  ),
  'modules.get': read('One module.', z.object({ id }), z.object({ module })),
  'modules.create': write(
    'Creates a module, disabled unless `enabled`. Fails with `module.invalid` (what and where) and makes nothing.',
    z.object({ solutionId: id, module: moduleInput, enabled: z.boolean().optional() }),
    z.object({ module }),
  ),
  'modules.update': write(
    'Changes a module as a whole; runs under way go on as they began.',
    z.object({ id, module: moduleInput }),
    z.object({ module }),
  ),
  'modules.setEnabled': write(
    'Switches a module on or off. Items that came meanwhile are not made up for.',
    z.object({ id, enabled: z.boolean() }),
    z.object({ module }),
  ),
  'modules.delete': write(
    'Deletes a module; `modules.undoDelete` brings it back until `undoUntil`.',
    z.object({ id }),
    z.object({ undoUntil: z.string() }),
  ),
  'modules.undoDelete': write('Brings a deleted module back.', z.object({ id }), z.object({ module })),
  'modules.press': write(
    '*Button Clicked*: runs the module for an item. Fails with `module.blocked` or `module.notButton`.',
    z.object({ id, itemId: id }),
    z.object({ run: runSummary }),
  ),
  'modules.preview': read(
    'What a module that is being edited makes of one item (the newest one without `itemId`): field values, what templates can insert, the request of each step.',
    z.object({ solutionId: id, module: moduleInput, itemId: id.optional() }),
    z.object({
      item: z.object({ id, externalId: z.string(), title: z.string() }).optional(),
      fields: z.array(
        z.object({ name: z.string(), text: z.string().optional(), problem: z.string().optional() }),
      ),
      values: z.array(templateValue),
      steps: z.array(
        z.object({
          stepId: z.string(),
          prepared: preparedRequest.optional(),
          problem: z.string().optional(),
        }),
      ),
    }),
  ),
  'modules.tryStep': write(
    'Sends one step of a module that is being edited for an item, once, and answers with the exchange.',
    z.object({ solutionId: id, module: moduleInput, stepId: id, itemId: id.optional() }),
    z.object({ exchange }),
  ),
  'modules.dryRun': read(
    'What the module would have done for past items, newest first, as if each were added or changed as its last version says. Sends nothing; cancellable. `runId` comes back in `modules.dryRunProgressed`.',
    z.object({
      solutionId: id,
      module: moduleInput,
      last: z.number().int().min(1).max(500).optional(),
      runId: z.string().max(100).optional(),
    }),
    z.object({ items: z.array(dryRunItem), looked: z.number().int(), wouldRun: z.number().int() }),
  ),
  'modules.nextTimes': read(
    'The next five times of a schedule. Fails with `module.invalid` where it cannot be read.',
    z.object({ cron: z.string().max(100), timeZone: z.string().max(60).optional() }),
    z.object({ times: z.array(z.string()) }),
  ),

  'runs.list': read(
    'Runs, newest first.',
    z.object({ ...runChoice, limit, before }),
    z.object({ runs: z.array(runSummary), next: z.string().optional() }),
  ),
  'runs.get': read('One run with its conditions and steps.', z.object({ id }), z.object({ run })),
  'runs.retry': write(
    'Runs again what did not succeed in a run: a failed one goes on at its failed step, a blocked one starts anew.',
    z.object({ id }),
    z.object({ run: runSummary }),
  ),
  'runs.retryMany': write(
    'The same for all failed and blocked runs that fit, since a time.',
    z.object({ ...runChoice, since: z.string().datetime().optional() }),
    z.object({ retried: z.number().int() }),
  ),
  'runs.countRetryable': read(
    'How many runs `runs.retryMany` would run again.',
    z.object({ ...runChoice, since: z.string().datetime().optional() }),
    z.object({ count: z.number().int() }),
  ),
  'runs.cancel': write(
    'Ends a run that is under way: its waiting delivery is cancelled, later steps are left out.',
    z.object({ id }),
    nothing,
  ),
};
