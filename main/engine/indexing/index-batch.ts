// One batch of captures through one revision of the mapping: maps them for a few milliseconds at a time and writes them together. Gives way
// to answers between two slices. What is indexed next, and when a revision goes live, is the indexer's.
import type { Mapping, ProblemCode } from '#contract';
import { ProblemError } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { Captures } from '../captures/captures.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import { createPace } from '../pace.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import type { IndexWriter, MappedCapture } from './index-writer.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

/** Elements that one transaction writes at most: few enough to keep the loop free. */
const elementsAtOnce = 100;
/** Of a large call a transaction writes fewer where this takes longer: among many items each one touches pages of its own. */
const longWriteMs = 10;
const shortWriteMs = 4;
const sliceMs = 4;
/** A source with a long history gives the next source its turn after this time. */
const turnMs = 100;
/** What is the call's own fault: it stays, and is listed as needing attention. */
const faultsOfTheCall = new Set<ProblemCode>(['payload.unreadable', 'mapping.invalid']);

export function createBatchIndexer(deps: {
  captures: Captures;
  reader: PayloadReader;
  revisions: RevisionsTable;
  writer: IndexWriter;
  changes: Changes;
  log: Log;
  giveWay: GiveWay;
  stopping: AbortSignal;
}) {
  const { captures, reader, revisions, writer, changes, giveWay, stopping } = deps;
  const pace = createPace({
    first: elementsAtOnce,
    most: elementsAtOnce,
    longMs: longWriteMs,
    shortMs: shortWriteMs,
  });

  /** True when another mapping was saved in the meantime, or this one taken back: what is left is not worth writing. */
  function isObsolete({ data_source_id: dataSourceId, revision }: RevisionRow): boolean {
    if (revisions.liveRevision(dataSourceId) === revision) return false;
    return revisions.newest(dataSourceId)?.revision !== revision;
  }

  /** @throws whatever is not the fault of this call, such as a store that cannot be read: it is tried again then */
  async function mapCapture(capture: CaptureRow, mapping: Mapping): Promise<MappedElement[]> {
    const source = await captures.sourceOf(capture);
    try {
      return await reader.map(source, mapping, stopping);
    } catch (error) {
      stopping.throwIfAborted();
      if (!(error instanceof ProblemError) || !faultsOfTheCall.has(error.problem.code)) throw error;
      deps.log('warning', 'a call could not be mapped', { captureId: capture.id, ...errorFacts(error) });
      return [
        {
          fields: {},
          absent: [],
          problem: `The mapping could not be applied to this call. ${error.message}`,
        },
      ];
    }
  }

  async function writeLarge(revision: RevisionRow, mapped: MappedCapture): Promise<void> {
    const start = revisions.get(revision.data_source_id, revision.revision)?.indexed_elements ?? 0;
    for (let from = start; from < mapped.elements.length; ) {
      if (isObsolete(revision)) return;
      const count = pace.count();
      const writing = performance.now();
      writer.writePart(revision, mapped, from, count);
      pace.took(performance.now() - writing);
      from += count;
      await giveWay();
    }
  }

  /** A large call is written in parts. Ends with its turn and answers how many calls it took. */
  async function indexBatch(revision: RevisionRow, batch: readonly CaptureRow[]): Promise<number> {
    const mapping = JSON.parse(revision.mapping) as Mapping;
    const turnEnd = performance.now() + turnMs;
    let group: MappedCapture[] = [];
    let groupSize = 0;
    let taken = 0;
    let sliceStart = performance.now();

    async function writeGroup(): Promise<void> {
      writer.writeGroup(revision, group);
      group = [];
      groupSize = 0;
      await giveWay();
      sliceStart = performance.now();
    }

    for (const capture of batch) {
      const elements = await mapCapture(capture, mapping);
      if (isObsolete(revision)) return taken;
      taken += 1;
      if (elements.length > elementsAtOnce) {
        await writeGroup();
        await writeLarge(revision, { capture, elements });
      } else {
        group.push({ capture, elements });
        groupSize += elements.length;
        if (groupSize < elementsAtOnce && performance.now() - sliceStart < sliceMs) continue;
        await writeGroup();
      }
      if (performance.now() > turnEnd) break;
    }
    if (isObsolete(revision)) return taken;
    await writeGroup();
    changes.tell('items.changed', { dataSourceId: revision.data_source_id });
    changes.tell('dataSources.changed', { id: revision.data_source_id });
    return taken;
  }

  return { indexBatch, isObsolete };
}
