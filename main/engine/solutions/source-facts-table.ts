// What modules must know of data sources: whether they are there, whether a mapping makes items, and the fields of these.
import type { FieldType, ItemField, Mapping } from '#contract';
import type { Database } from '../store/database.ts';

export interface SourceFacts {
  name: string;
  /** Whether a saved mapping is in use. */
  hasItems: boolean;
  fields: readonly ItemField[];
  typeOf(field: string): FieldType | undefined;
}

interface FactsRow {
  name: string;
  live_revision: number;
  mapping: string | null;
}

export function createSourceFactsTable(database: Database) {
  const get = database.prepare<[string], FactsRow>(
    `SELECT name, live_revision, (SELECT mapping FROM mapping_revisions
        WHERE data_source_id = data_sources.id AND revision = live_revision) AS mapping
      FROM data_sources WHERE id = ? AND deleted_at IS NULL`,
  );
  const answered = database.prepare<[string], { action_id: string }>(
    'SELECT DISTINCT action_id FROM module_uses WHERE data_source_id = ? AND action_id IS NOT NULL',
  );
  const read = new Map<string, { mapping: string | null; fields: ItemField[] }>();

  return {
    /** Undefined where the data source is deleted. */
    get(id: string): SourceFacts | undefined {
      const row = get.get(id);
      if (!row) {
        read.delete(id);
        return undefined;
      }
      let known = read.get(id);
      if (known?.mapping !== row.mapping || !known) {
        const mapping = row.mapping === null ? undefined : (JSON.parse(row.mapping) as Mapping);
        const fields = (mapping?.fields ?? []).map(({ name, type }) => ({ name, type }));
        known = { mapping: row.mapping, fields };
        read.set(id, known);
      }
      const types = new Map(known.fields.map(({ name, type }) => [`fields.${name}`, type]));
      return {
        name: row.name,
        hasItems: row.live_revision > 0,
        fields: known.fields,
        typeOf: (field) => builtIn.get(field) ?? types.get(field),
      };
    },
    /** Actions that modules use on a data source. */
    actionsUsed: (id: string) => answered.all(id).map(({ action_id }) => action_id),
  };
}

export type SourceFactsTable = ReturnType<typeof createSourceFactsTable>;

/** What every item has besides its fields. */
export const builtIn: ReadonlyMap<string, FieldType> = new Map([
  ['id', 'text'],
  ['title', 'text'],
  ['createdAt', 'date'],
  ['updatedAt', 'date'],
  ['version', 'number'],
]);
