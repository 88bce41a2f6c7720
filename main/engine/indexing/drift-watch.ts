// Drift watch: learns from every indexed call what the mapped paths yield, and tells when one vanishes, becomes rare or changes its
// type. Works inside the transaction that indexes the calls; what is kept of a source does not grow with its calls.
import type { Drift, Mapping } from '#contract';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { DriftTable, RowMemories } from './drift-table.ts';
import { emptyMemory, type KindLetter, recentOf, remember } from './path-memory.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

interface Observed {
  capture: Pick<CaptureRow, 'id' | 'event_type' | 'received_at'>;
  elements: readonly MappedElement[];
}

/** Types of event that are watched of one source; calls of others are left out. */
const maxEventTypes = 50;
/** Elements of one call that are looked at. */
const elementsLookedAt = 50;

/** The rows of a mapping, in the order of the letters that an element carries. */
function rowsOf(mapping: Mapping): { row: string; name: string; path: string }[] {
  return [
    { row: 'id', name: 'id', path: mapping.id },
    { row: 'title', name: 'title', path: mapping.title },
    ...(mapping.fields ?? []).map(({ name, path }, i) => ({ row: `fields.${i}`, name, path })),
  ];
}

/** What most elements of a call yielded in the row at `index`; undefined where none was mapped. */
function letterOf(elements: readonly MappedElement[], index: number): KindLetter | undefined {
  const times = new Map<string, number>();
  for (const { kinds } of elements.slice(0, elementsLookedAt)) {
    const letter = kinds?.charAt(index);
    if (letter) times.set(letter, (times.get(letter) ?? 0) + 1);
  }
  return [...times].sort(([, left], [, right]) => right - left)[0]?.[0];
}

const driftsIn = (rows: RowMemories) =>
  Object.entries(rows)
    .map(([row, { drift }]) => `${row}${drift?.kind ?? ''}`)
    .join();

export function createDriftWatch(deps: {
  database: Database;
  table: DriftTable;
  revisions: RevisionsTable;
  tell(dataSourceId: string): void;
}) {
  const { database, table, revisions } = deps;

  return {
    /** Learns from calls in order of arrival; called inside their transaction. True where a drift began or ended. */
    observe(revision: RevisionRow, calls: readonly Observed[]): boolean {
      const { data_source_id: dataSourceId } = revision;
      const rows = rowsOf(JSON.parse(revision.mapping) as Mapping);
      let changed = false;
      for (const [eventType, ofType] of Map.groupBy(calls, ({ capture }) => capture.event_type ?? '')) {
        const known = table.get(dataSourceId, revision.revision, eventType);
        if (!known && table.eventTypes(dataSourceId, revision.revision) >= maxEventTypes) continue;
        const memories: RowMemories = { ...known };
        for (const { capture, elements } of ofType) {
          for (const [index, { row }] of rows.entries()) {
            const letter = letterOf(elements, index);
            if (letter === undefined) continue;
            const call = { at: capture.received_at, captureId: capture.id };
            memories[row] = remember(memories[row] ?? emptyMemory(), letter, call);
          }
        }
        table.put(dataSourceId, revision.revision, eventType, memories);
        if (driftsIn(memories) !== driftsIn(known ?? {})) changed = true;
      }
      return changed;
    },

    /** Tells that drifts began or ended, once their transaction has ended. */
    announce: (dataSourceId: string): void => deps.tell(dataSourceId),

    /** A new mapping begins anew; called inside the transaction that makes it live. */
    keepOnly: (dataSourceId: string, revision: number): void => table.dropOthers(dataSourceId, revision),

    list(dataSourceId: string): Drift[] {
      const newest = revisions.newest(dataSourceId);
      if (!newest || newest.revision !== revisions.liveRevision(dataSourceId)) return [];
      const mapped = new Map(rowsOf(JSON.parse(newest.mapping) as Mapping).map((each) => [each.row, each]));
      return table.drifting(dataSourceId, newest.revision).flatMap(({ eventType, rows }) =>
        Object.entries(rows).flatMap(([row, memory]) => {
          const of = mapped.get(row);
          if (!of || !memory.drift) return [];
          const { since, ...drift } = memory.drift;
          return [
            {
              ...of,
              ...drift,
              ...(eventType === '' ? {} : { eventType }),
              recent: recentOf(memory),
              since: new Date(since).toISOString(),
            },
          ];
        }),
      );
    },

    /** Takes what the path yields now for normal. */
    accept(dataSourceId: string, row: string, eventType: string | undefined): void {
      const revision = revisions.liveRevision(dataSourceId);
      transactRepeatable(database, () => {
        const memories = table.get(dataSourceId, revision, eventType ?? '');
        if (!memories || !Object.hasOwn(memories, row)) return;
        table.put(dataSourceId, revision, eventType ?? '', { ...memories, [row]: emptyMemory() });
      });
      deps.tell(dataSourceId);
    },
  };
}

export type DriftWatch = ReturnType<typeof createDriftWatch>;
