// The catalog: lists, searches and looks up applications. Holds no facts of its own and knows nothing of data sources.
import { type Application, type ApplicationSummary, application, applicationSummary } from '#contract';
import type { ApplicationDefinition } from './application-definition.ts';
import { applicationList } from './application-list.ts';
import { rankApplication } from './rank-application.ts';

export interface Catalog {
  /** All by name without `search`; else only those that match, best first. */
  list(search?: string): ApplicationSummary[];
  /** What the screens may see. */
  get(id: string): Application | undefined;
  /** With handshake, signature schemes and evidence; for the engine only. */
  definition(id: string): ApplicationDefinition | undefined;
}

export function createCatalog(definitions: readonly ApplicationDefinition[] = applicationList): Catalog {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  const byName = [...definitions].sort((a, b) => a.name.localeCompare(b.name, 'en'));

  return {
    list(search = '') {
      const wanted = search.trim();
      if (wanted === '') return byName.map((definition) => applicationSummary.parse(definition));
      return byName
        .map((definition) => ({ definition, rank: rankApplication(definition, wanted) }))
        .filter((entry) => entry.rank !== undefined)
        .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
        .map((entry) => applicationSummary.parse(entry.definition));
    },
    get(id) {
      const definition = byId.get(id);
      return definition && application.parse(definition);
    },
    definition: (id) => byId.get(id),
  };
}
