// Writes what a mapping yielded: items, the state of each capture, counts and the cursor, together or not at all. All of it can be
// made again from the stored calls, so it is not fsynced at once; the next capture's commit takes it along.
import type { AttentionTable } from '../captures/attention-table.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import { effectOf } from '../captures/manual-captures.ts';
import type { Items, WrittenItem } from '../items/items.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { CaptureStatesTable } from './capture-states-table.ts';
import type { DriftWatch } from './drift-watch.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

export interface MappedCapture {
  capture: CaptureRow;
  elements: MappedElement[];
}

/** Who wants to know which items a call made or changed, inside the transaction that does it. Only what is live is told. */
export interface ItemWatch {
  /** Cheap: asked for every call. */
  watches(capture: CaptureRow): boolean;
  /** `element` is the place of the item in the call. */
  written(item: WrittenItem, of: { capture: CaptureRow; revision: number; element: number }): void;
}

/** Reasons that are kept of one call. */
const reasonsKept = 20;

export function createIndexWriter(deps: {
  database: Database;
  capturesTable: CapturesTable;
  attention: AttentionTable;
  items: Items;
  revisions: RevisionsTable;
  states: CaptureStatesTable;
  drift: DriftWatch;
  watch: ItemWatch;
}) {
  const { database, capturesTable, attention, items, revisions, states, drift, watch } = deps;

  /** `first` is the place of the first of `elements` in its call. */
  function writeElements(
    revision: RevisionRow,
    capture: CaptureRow,
    elements: MappedElement[],
    first: number,
  ): number {
    const effect = effectOf(capture);
    if (effect === 'nothing') return 0;
    if (effect === 'remove') return -removeItems(revision, elements);
    const isWatched =
      watch.watches(capture) &&
      isLive(revision) &&
      capture.sequence > revisions.runsAfter(revision.data_source_id);
    let newItems = 0;
    for (const [i, element] of elements.entries()) {
      const of = { capture, revision: revision.revision, element: first + i };
      const result = items.write(element, {
        dataSourceId: revision.data_source_id,
        revision: revision.revision,
        captureId: capture.id,
        at: capture.received_at,
        onWritten: isWatched ? (item) => watch.written(item, of) : undefined,
      });
      if (result === 'new') newItems += 1;
    }
    return newItems;
  }

  function removeItems(revision: RevisionRow, elements: MappedElement[]): number {
    const from = { dataSourceId: revision.data_source_id, revision: revision.revision };
    return elements.filter(({ externalId }) => externalId !== undefined && items.remove(externalId, from))
      .length;
  }

  /** Sets the state of a capture, beside the others while the revision is not live; true where an element has no id. */
  function close(revision: RevisionRow, { capture, elements }: MappedCapture): boolean {
    const reasons = elements.flatMap(({ problem }, element) =>
      problem === undefined ? [] : [{ element, reason: problem }],
    );
    const lacking = reasons.length;
    const made = {
      state: lacking > 0 ? ('needsAttention' as const) : ('indexed' as const),
      items: elements.length - lacking,
      ...(lacking > 0 && {
        attention: { elements: elements.length, lacking, reasons: reasons.slice(0, reasonsKept) },
      }),
    };
    if (isLive(revision)) {
      capturesTable.setIndexed(capture.sequence, made.state, made.items);
      if (capture.index_state === 'waiting') revisions.uncountWaiting(revision.data_source_id, 1);
      if (made.attention) attention.put(capture, made.attention);
      else if (capture.index_state === 'needsAttention') attention.drop(capture);
    } else {
      states.put(revision.data_source_id, revision.revision, capture.sequence, made);
    }
    return lacking > 0;
  }

  function isLive(revision: RevisionRow): boolean {
    return revisions.liveRevision(revision.data_source_id) === revision.revision;
  }

  /** Readers see the counts of the live revision. */
  function showCounts(revision: RevisionRow): void {
    if (isLive(revision)) revisions.goLive(revision.data_source_id, revision.revision);
  }

  return {
    /** Whole captures, in order of arrival, in one transaction. */
    writeGroup(revision: RevisionRow, group: readonly MappedCapture[]): void {
      const last = group.at(-1);
      if (!last) return;
      const drifted = transactRepeatable(database, () => {
        let newItems = 0;
        let newAttention = 0;
        for (const mapped of group) {
          newItems += writeElements(revision, mapped.capture, mapped.elements, 0);
          if (close(revision, mapped)) newAttention += 1;
        }
        revisions.advance(revision, { sequence: last.capture.sequence, elements: 0, newItems, newAttention });
        showCounts(revision);
        return drift.observe(revision, group);
      });
      if (drifted) drift.announce(revision.data_source_id);
    },

    /** A part of a large capture: its elements from `from` on, `count` of them. The last part closes the capture. */
    writePart(revision: RevisionRow, mapped: MappedCapture, from: number, count: number): void {
      const { capture, elements } = mapped;
      const isLast = from + count >= elements.length;
      const drifted = transactRepeatable(database, () => {
        const newItems = writeElements(revision, capture, elements.slice(from, from + count), from);
        if (!isLast) {
          const cursor = { sequence: capture.sequence - 1, elements: from + count };
          revisions.advance(revision, { ...cursor, newItems, newAttention: 0 });
        } else {
          const newAttention = close(revision, mapped) ? 1 : 0;
          revisions.advance(revision, { sequence: capture.sequence, elements: 0, newItems, newAttention });
        }
        showCounts(revision);
        return isLast && drift.observe(revision, [mapped]);
      });
      if (drifted) drift.announce(revision.data_source_id);
    },
  };
}

export type IndexWriter = ReturnType<typeof createIndexWriter>;
