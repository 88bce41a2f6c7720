// The mapping of a data source: read, drafted, previewed on a call, saved. Computed here, shown by the screens.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Caller, type CallOutput, type ItemField, type Mapping, ProblemError } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import { mappingDifference } from '../audit/mapping-difference.ts';
import type { Captures } from '../captures/captures.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { type Database, transact } from '../store/database.ts';
import type { Indexer } from './indexer.ts';
import type { RevisionsTable } from './revisions-table.ts';

const callsAtOnce = 5_000;
const initial: Mapping = { id: 'id', title: '' };

export function createMappings(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  captures: Captures;
  reader: PayloadReader;
  revisions: RevisionsTable;
  indexer: Indexer;
  database: Database;
  recordAudit: RecordAudit;
}) {
  const { dataSources, catalog, captures, reader, revisions, indexer, database, recordAudit } = deps;
  const splits = new Map<string, string | undefined>();

  function saved(dataSourceId: string): Mapping | undefined {
    const row = revisions.newest(dataSourceId);
    return row && (JSON.parse(row.mapping) as Mapping);
  }

  function suggestedFor(applicationId: string | undefined): Mapping | undefined {
    const known = applicationId === undefined ? undefined : catalog.get(applicationId)?.mapping;
    if (!known || (known.id === undefined && known.title === undefined)) return undefined;
    return {
      id: known.id ?? initial.id,
      title: known.title ?? '',
      ...(known.split ? { split: known.split } : {}),
    };
  }

  /** Counts in pages, so that a long history does not hold up the loop. */
  async function countYielding(dataSourceId: string): Promise<number> {
    let sum = 0;
    let after: number | undefined = 0;
    while (after !== undefined) {
      const page: { count: number; last?: number } = revisions.yielding(dataSourceId, after, callsAtOnce);
      sum += page.count;
      after = page.last;
      await nextTurn();
    }
    return sum;
  }

  return {
    get(dataSourceId: string): CallOutput<'mapping.get'> {
      const source = dataSources.get(dataSourceId);
      return {
        mapping: saved(dataSourceId),
        draft: revisions.draft(dataSourceId),
        initial,
        suggested: suggestedFor(source.applicationId),
        waiting: revisions.waiting(dataSourceId),
      };
    },

    keepDraft(dataSourceId: string, mapping: Mapping | undefined): void {
      dataSources.require(dataSourceId);
      if (mapping) revisions.putDraft(dataSourceId, mapping, Date.now());
      else revisions.dropDraft(dataSourceId);
    },

    async preview(
      input: { dataSourceId: string; captureId?: string | undefined; mapping: Mapping },
      signal: AbortSignal,
    ): Promise<CallOutput<'mapping.preview'>> {
      dataSources.require(input.dataSourceId);
      const stored = await captures.forMapping(input.dataSourceId, input.captureId);
      const preview = await reader.preview(stored?.source, input.mapping, signal);
      return { ...preview, captureId: stored?.row.id };
    },

    /** Throws `mapping.invalid` and changes nothing when a path cannot be used; resolves when the history is indexed. */
    async save(
      dataSourceId: string,
      mapping: Mapping,
      signal: AbortSignal,
      via: Caller,
    ): Promise<{ indexed: number }> {
      dataSources.require(dataSourceId);
      const compiled = compileMapping(mapping);
      if (!compiled.ok) {
        const faults = compiled.rows.flatMap(({ row, problem }) =>
          problem ? [`${row}: ${problem.message}`] : [],
        );
        const [first] = compiled.rows;
        throw new ProblemError(
          'mapping.invalid',
          `The mapping cannot be used: ${faults.join(' ')}`,
          first ? { path: `mapping.${first.row}` } : {},
        );
      }
      const changes = mappingDifference(saved(dataSourceId), mapping);
      transact(database, () => {
        revisions.add(dataSourceId, mapping, Date.now());
        recordAudit({ dataSourceId, action: 'mappingSaved', via, changes });
      });
      splits.delete(dataSourceId);
      await indexer.settled(dataSourceId, signal);
      return { indexed: await countYielding(dataSourceId) };
    },

    /** The fields of the saved mapping, in its order. */
    fieldsOf: (dataSourceId: string): ItemField[] =>
      (saved(dataSourceId)?.fields ?? []).map(({ name, type }) => ({ name, type })),

    /** The split path of the saved mapping; remembered, because the receiver asks for every call. */
    splitOf(dataSourceId: string): string | undefined {
      if (!splits.has(dataSourceId)) splits.set(dataSourceId, saved(dataSourceId)?.split);
      return splits.get(dataSourceId);
    },
  };
}

export type Mappings = ReturnType<typeof createMappings>;
