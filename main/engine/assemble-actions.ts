// Puts together the actions of data sources: kept, previewed, tried, read from cURL.
import { createActions } from './actions/actions.ts';
import { createActionsHandlers } from './actions/actions-handlers.ts';
import { createActionsTable } from './actions/actions-table.ts';
import { createApplyAnswer } from './actions/apply-answer.ts';
import { createTryAction } from './actions/try-action.ts';
import type { ItemParts } from './assemble-items.ts';
import type { OutboundParts } from './assemble-outbound.ts';
import type { Sources } from './assemble-sources.ts';
import type { RecordAudit } from './audit/audit.ts';
import type { Changes } from './changes.ts';
import type { Database } from './store/database.ts';

const defaultUndoMs = 10_000;

export function assembleActions(deps: {
  database: Database;
  changes: Changes;
  recordAudit: RecordAudit;
  undoMs: number | undefined;
  sources: Pick<Sources, 'dataSources' | 'inbound'>;
  items: Pick<ItemParts, 'items' | 'itemsTable' | 'itemAnswers' | 'captures' | 'mappings'>;
  outbound: Pick<OutboundParts, 'outgoing' | 'callConnection' | 'baseUrlOf'>;
  /** Names of the modules that use an action. */
  usesOf(actionId: string): string[];
}) {
  const { dataSources, inbound } = deps.sources;
  const { outgoing, callConnection, baseUrlOf } = deps.outbound;
  const actions = createActions({
    database: deps.database,
    table: createActionsTable(deps.database),
    dataSources,
    changes: deps.changes,
    recordAudit: deps.recordAudit,
    undoMs: deps.undoMs ?? defaultUndoMs,
    usesOf: deps.usesOf,
  });
  const tryAction = createTryAction({
    ...deps.items,
    dataSources,
    opened: outgoing.opened,
    callConnection,
  });
  const handlers = createActionsHandlers({
    actions,
    tryAction,
    baseUrlOf(dataSourceId) {
      const [first] = inbound.rows(dataSourceId);
      return first && baseUrlOf(first.id);
    },
  });
  const applyAnswer = createApplyAnswer({
    actions,
    items: deps.items.items,
    itemsTable: deps.items.itemsTable,
    answers: deps.items.itemAnswers,
    changes: deps.changes,
  });
  return { actions, handlers, applyAnswer };
}

export type ActionParts = ReturnType<typeof assembleActions>;
