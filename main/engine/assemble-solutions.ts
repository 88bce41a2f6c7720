// Puts together solutions, their access to data sources, modules and their runs.
import type { Sources } from './assemble-sources.ts';
import type { RecordAudit } from './audit/audit.ts';
import type { Changes } from './changes.ts';
import type { ModuleLookups } from './solutions/check-module.ts';
import type { BlockLookups } from './solutions/module-blocks.ts';
import { createModules } from './solutions/modules.ts';
import { createModulesTable } from './solutions/modules-table.ts';
import { createSolutions } from './solutions/solutions.ts';
import { createSolutionsHandlers } from './solutions/solutions-handlers.ts';
import { createSolutionsTable } from './solutions/solutions-table.ts';
import { createSourceFactsTable } from './solutions/source-facts-table.ts';
import type { Database } from './store/database.ts';

const defaultUndoMs = 10_000;

export function assembleSolutions(deps: {
  database: Database;
  changes: Changes;
  recordAudit: RecordAudit;
  undoMs: number | undefined;
  sources: Pick<Sources, 'dataSources' | 'inbound'>;
}) {
  const { database, changes, recordAudit, undoMs = defaultUndoMs } = deps;
  const { dataSources, inbound } = deps.sources;
  const solutionsTable = createSolutionsTable(database);
  const modulesTable = createModulesTable(database);
  const sourceFacts = createSourceFactsTable(database);
  const onChanged = () => {};
  const onDeleted = () => {};

  const solutions = createSolutions({
    database,
    table: solutionsTable,
    modulesTable,
    dataSources,
    changes,
    recordAudit,
    undoMs,
    onChanged,
    onDeleted,
  });
  const lookups: ModuleLookups & BlockLookups = {
    source: sourceFacts.get,
    mayUse: solutionsTable.mayUse,
    hasAction: () => false,
    hasConnection: (dataSourceId, id) => inbound.rows(dataSourceId).some((row) => row.id === id),
    connectionOf: (step) => step.connectionId ?? inbound.rows(step.dataSourceId)[0]?.id,
    connectionFault: () => undefined,
    moreFields: () => [],
    templateFault: () => undefined,
  };
  const modules = createModules({
    database,
    table: modulesTable,
    solutions,
    lookups,
    changes,
    recordAudit,
    undoMs,
    now: Date.now,
    onChanged,
    onDeleted,
  });

  return { solutions, modules, handlers: createSolutionsHandlers({ solutions, modules }) };
}

export type SolutionParts = ReturnType<typeof assembleSolutions>;
