// The mapping of a data source: read, drafted, previewed on a call, saved. Computed here, shown by the screens.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Caller,
  type CallOutput,
  type EventMapping,
  type ItemField,
  type Mapping,
  ProblemError,
} from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import { mappingDifference } from '../audit/mapping-difference.ts';
import type { Captures } from '../captures/captures.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import type { PayloadReader, Splitting } from '../payloads/payload-reader.ts';
import { type Database, transact } from '../store/database.ts';
import type { Indexer } from './indexer.ts';
import { mappingFaults } from './mapping-faults.ts';
import type { RecentCalls } from './recent-calls.ts';
import type { RevisionsTable } from './revisions-table.ts';

const callsAtOnce = 5_000;
const callsForEvents = 200;
const initial: Mapping = { id: 'id', title: '' };

/** What is written with a mapping, in its transaction or not at all; `written` is called once both are durable. */
export interface Alongside {
  write(): void;
  written(): void;
}

export function createMappings(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  captures: Captures;
  reader: PayloadReader;
  revisions: RevisionsTable;
  indexer: Indexer;
  capturesTable: CapturesTable;
  itemsTable: ItemsTable;
  database: Database;
  recordAudit: RecordAudit;
  recentCalls: RecentCalls;
  changes: Changes;
}) {
  const { dataSources, catalog, captures, capturesTable, itemsTable, reader, revisions, indexer } = deps;
  const { database, recordAudit } = deps;
  const splittings = new Map<string, Splitting | undefined>();

  function saved(dataSourceId: string): Mapping | undefined {
    const row = revisions.newest(dataSourceId);
    return row && (JSON.parse(row.mapping) as Mapping);
  }

  /** The paths of single events go along where they differ from the general ones. */
  function suggestedFor(applicationId: string | undefined): Mapping | undefined {
    const application = applicationId === undefined ? undefined : catalog.get(applicationId);
    const known = application?.mapping;
    if (!known || (known.id === undefined && known.title === undefined)) return undefined;
    const byEvent: Record<string, EventMapping> = {};
    for (const { name, mapping } of application?.events ?? []) {
      const own: EventMapping = {};
      for (const row of ['id', 'title', 'split'] as const) {
        if (mapping?.[row] !== undefined && mapping[row] !== known[row]) own[row] = mapping[row];
      }
      if (Object.keys(own).length > 0) byEvent[name] = own;
    }
    return {
      id: known.id ?? initial.id,
      title: known.title ?? '',
      ...(known.split ? { split: known.split } : {}),
      ...(application?.eventType && Object.keys(byEvent).length > 0 ? { byEvent } : {}),
    };
  }

  /** The same for the same saved mapping and draft. */
  function stampOf(dataSourceId: string): string {
    const draft = revisions.draft(dataSourceId);
    const revision = revisions.newest(dataSourceId)?.revision ?? 0;
    const hash = createHash('sha256').update(JSON.stringify(draft ?? null));
    return `${revision}.${hash.digest('hex').slice(0, 16)}`;
  }

  function tellStamp(dataSourceId: string): string {
    const stamp = stampOf(dataSourceId);
    deps.changes.tell('mapping.changed', { dataSourceId, stamp });
    return stamp;
  }

  function requireUnchanged(dataSourceId: string, basedOn: string | undefined): void {
    if (basedOn === undefined || basedOn === stampOf(dataSourceId)) return;
    throw new ProblemError(
      'mapping.conflict',
      'The mapping was changed in another window since it was read here. Nothing was overwritten.',
      { path: 'basedOn' },
    );
  }

  /** What is there must not vanish by a slip of the pen. */
  async function requireItems(dataSourceId: string, mapping: Mapping, signal: AbortSignal): Promise<void> {
    if (dataSources.get(dataSourceId).counts.items === 0) return;
    const empty = await deps.recentCalls.nothingYielded(dataSourceId, mapping, signal);
    if (!empty) return;
    const { calls, row, reason } = empty;
    const of =
      calls === 1 ? 'The newest call yields' : `The newest ${calls.toLocaleString('en')} calls yield`;
    throw new ProblemError(
      'mapping.yieldsNothing',
      `${of} no item under this mapping, so that the items would vanish. ${reason} Nothing was saved; correct the ${row}, or save it all the same.`,
      { path: `mapping.${row}` },
    );
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

  /** Those of recent calls first, most frequent first; then those that the application is known to send. */
  function eventsOf(dataSourceId: string, applicationId: string | undefined) {
    const seen = capturesTable.recentEventTypes(dataSourceId, callsForEvents);
    const application = applicationId === undefined ? undefined : catalog.get(applicationId);
    const known = application?.eventType ? application.events : [];
    const others = known.filter(({ name }) => seen.every((event) => event.name !== name));
    return [...seen, ...others.map(({ name }) => ({ name, calls: 0 }))];
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
        events: eventsOf(dataSourceId, source.applicationId),
        stamp: stampOf(dataSourceId),
        indexing: indexer.progress(dataSourceId),
      };
    },

    /** @throws mapping.conflict where somebody has changed it since `basedOn` */
    keepDraft(
      dataSourceId: string,
      mapping: Mapping | undefined,
      basedOn: string | undefined,
    ): { stamp: string } {
      dataSources.require(dataSourceId);
      requireUnchanged(dataSourceId, basedOn);
      if (mapping) revisions.putDraft(dataSourceId, mapping, Date.now());
      else revisions.dropDraft(dataSourceId);
      return { stamp: tellStamp(dataSourceId) };
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

    /** Throws `mapping.invalid`, `mapping.conflict`, `mapping.yieldsNothing` and changes nothing then; resolves when the history is indexed. */
    async save(
      input: {
        dataSourceId: string;
        mapping: Mapping;
        basedOn?: string | undefined;
        evenIfEmpty?: boolean | undefined;
      },
      signal: AbortSignal,
      via: Caller,
      alongside?: Alongside,
    ): Promise<{ indexed: number; stamp?: string }> {
      const { dataSourceId, mapping } = input;
      dataSources.require(dataSourceId);
      requireUnchanged(dataSourceId, input.basedOn);
      const compiled = compileMapping(mapping);
      if (!compiled.ok) throw mappingFaults(compiled.rows);
      if (!input.evenIfEmpty) {
        await requireItems(dataSourceId, mapping, signal);
        requireUnchanged(dataSourceId, input.basedOn);
      }
      const changes = mappingDifference(saved(dataSourceId), mapping);
      transact(database, () => {
        revisions.add(dataSourceId, mapping, Date.now(), itemsTable.newestRevision(dataSourceId));
        recordAudit({ dataSourceId, action: 'mappingSaved', via, changes });
        alongside?.write();
      });
      alongside?.written();
      splittings.delete(dataSourceId);
      const stamp = tellStamp(dataSourceId);
      await indexer.settled(dataSourceId, signal);
      return {
        indexed: await countYielding(dataSourceId),
        ...(input.basedOn !== undefined && { stamp }),
      };
    },

    /** The fields of the saved mapping, in its order. */
    fieldsOf: (dataSourceId: string): ItemField[] =>
      (saved(dataSourceId)?.fields ?? []).map(({ name, type }) => ({ name, type })),

    /** Nothing is cancelled where no mapping is being indexed that could be taken back. */
    cancelIndexing(dataSourceId: string): CallOutput<'mapping.cancelIndexing'> {
      dataSources.require(dataSourceId);
      splittings.delete(dataSourceId);
      const cancelled = indexer.cancel(dataSourceId);
      return { cancelled, ...(cancelled && { stamp: tellStamp(dataSourceId) }) };
    },

    /** How the saved mapping splits a call; remembered, because the receiver asks for every call. */
    splittingOf(dataSourceId: string): Splitting | undefined {
      if (!splittings.has(dataSourceId)) splittings.set(dataSourceId, splittingOf(saved(dataSourceId)));
      return splittings.get(dataSourceId);
    },
  };
}

export type Mappings = ReturnType<typeof createMappings>;

function splittingOf(mapping: Mapping | undefined): Splitting | undefined {
  if (!mapping) return undefined;
  const { split, unwrap, byEvent } = mapping;
  const splitsByEvent = Object.values(byEvent ?? {}).some((event) => event.split !== undefined);
  if (split === undefined && !unwrap && !splitsByEvent) return undefined;
  return { split, unwrap, ...(splitsByEvent && { byEvent }) };
}
