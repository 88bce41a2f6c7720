// Why an enabled module cannot run, and what to do: no access, a data source or an action that is gone, a connection that is not set up.
import type { Module, ModuleInput } from '#contract';
import type { SourceFacts } from './source-facts-table.ts';

export interface Block {
  because: string;
  by: NonNullable<Module['blockedBy']>;
}

export interface BlockLookups {
  source(id: string): SourceFacts | undefined;
  mayUse(solutionId: string, dataSourceId: string): boolean;
  hasAction(dataSourceId: string, actionId: string): boolean;
  /** The connection that a step calls. */
  connectionOf(step: ModuleInput['steps'][number]): string | undefined;
  /** Why a connection cannot be called; undefined where it can. */
  connectionFault(connectionId: string): string | undefined;
}

/** The first thing that blocks a module; undefined where it can run. */
export function blockOf(
  solution: { id: string; name: string },
  module: ModuleInput,
  lookups: BlockLookups,
): Block | undefined {
  const own = sourceBlock(solution, module.dataSourceId, lookups);
  if (own) return own;
  const source = lookups.source(module.dataSourceId);
  if (source && !source.hasItems && module.trigger.kind !== 'onScheduled') {
    return {
      because: `${source.name} has no mapping in use, so there are no items yet. Save one under Inbound Webhook.`,
      by: { kind: 'invalid', dataSourceId: module.dataSourceId },
    };
  }
  if (module.steps.length === 0) {
    return {
      because: 'The module has no action, so a run would do nothing. Add one.',
      by: { kind: 'invalid' },
    };
  }
  for (const [i, step] of module.steps.entries()) {
    const { dataSourceId, actionId } = step;
    const name = `Action ${i + 1}`;
    const block = sourceBlock(solution, dataSourceId, lookups);
    if (block) return block;
    if (actionId !== undefined && !lookups.hasAction(dataSourceId, actionId)) {
      return {
        because: `${name} was deleted from ${lookups.source(dataSourceId)?.name}. Choose another action.`,
        by: { kind: 'actionMissing', dataSourceId },
      };
    }
    const connectionId = lookups.connectionOf(step);
    const fault =
      connectionId === undefined
        ? 'Its connection does not exist any more. Choose another.'
        : lookups.connectionFault(connectionId);
    if (fault !== undefined) {
      return {
        because: `${name}: ${fault}`,
        by: { kind: 'connection', dataSourceId, ...(connectionId === undefined ? {} : { connectionId }) },
      };
    }
  }
  return undefined;
}

function sourceBlock(
  solution: { id: string; name: string },
  dataSourceId: string,
  lookups: BlockLookups,
): Block | undefined {
  const source = lookups.source(dataSourceId);
  if (!source) {
    return {
      because: 'A data source that it uses was deleted. Choose another one in the module.',
      by: { kind: 'sourceMissing', dataSourceId },
    };
  }
  if (lookups.mayUse(solution.id, dataSourceId)) return undefined;
  return {
    because: `The solution ${solution.name} has no access to ${source.name}. Switch it on under ${source.name} → Solutions Access.`,
    by: { kind: 'noAccess', dataSourceId },
  };
}
