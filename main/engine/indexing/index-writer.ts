// Writes what a mapping yielded: items, the state of each capture, counts and the cursor, together or not at all. All of it can be
// made again from the stored calls, so it is not fsynced at once; the next capture's commit takes it along.
import type { AttentionTable } from '../captures/attention-table.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import { effectOf } from '../captures/manual-captures.ts';
import type { Items } from '../items/items.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { DriftWatch } from './drift-watch.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

export interface MappedCapture {
  capture: CaptureRow;
  elements: MappedElement[];
}

/** Reasons that are kept of one call. */
const reasonsKept = 20;

export function createIndexWriter(deps: {
  database: Database;
  capturesTable: CapturesTable;
  attention: AttentionTable;
  items: Items;
  revisions: RevisionsTable;
  drift: DriftWatch;
}) {
  const { database, capturesTable, attention, items, revisions, drift } = deps;

  function writeElements(revision: RevisionRow, capture: CaptureRow, elements: MappedElement[]): number {
    const effect = effectOf(capture);
    if (effect === 'nothing') return 0;
    if (effect === 'remove') return -removeItems(revision, elements);
    let newItems = 0;
    for (const element of elements) {
      const result = items.write(element, {
        dataSourceId: revision.data_source_id,
        revision: revision.revision,
        captureId: capture.id,
        at: capture.received_at,
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

  /** Sets the state of a capture; true where an element has no id. */
  function close({ capture, elements }: MappedCapture): boolean {
    const reasons = elements.flatMap(({ problem }, element) =>
      problem === undefined ? [] : [{ element, reason: problem }],
    );
    const lacking = reasons.length;
    const state = lacking > 0 ? 'needsAttention' : 'indexed';
    capturesTable.setIndexed(capture.sequence, state, elements.length - lacking);
    if (lacking > 0) {
      attention.put(capture, {
        elements: elements.length,
        lacking,
        reasons: reasons.slice(0, reasonsKept),
      });
    } else if (capture.index_state === 'needsAttention') attention.drop(capture);
    return lacking > 0;
  }

  /** Readers see the counts of the live revision. */
  function showCounts(revision: RevisionRow): void {
    if (revisions.liveRevision(revision.data_source_id) === revision.revision) {
      revisions.goLive(revision.data_source_id, revision.revision);
    }
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
          newItems += writeElements(revision, mapped.capture, mapped.elements);
          if (close(mapped)) newAttention += 1;
        }
        const waited = group.filter(({ capture }) => capture.index_state === 'waiting').length;
        if (waited > 0) revisions.uncountWaiting(revision.data_source_id, waited);
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
        const newItems = writeElements(revision, capture, elements.slice(from, from + count));
        if (!isLast) {
          const cursor = { sequence: capture.sequence - 1, elements: from + count };
          revisions.advance(revision, { ...cursor, newItems, newAttention: 0 });
        } else {
          const newAttention = close(mapped) ? 1 : 0;
          revisions.advance(revision, { sequence: capture.sequence, elements: 0, newItems, newAttention });
          if (capture.index_state === 'waiting') revisions.uncountWaiting(revision.data_source_id, 1);
        }
        showCounts(revision);
        return isLast && drift.observe(revision, [mapped]);
      });
      if (drifted) drift.announce(revision.data_source_id);
    },
  };
}
