// What another mapping would make of the whole history: which items appear, change, vanish, which calls fail. Built with the code
// that indexing uses, in a scratch store, and compared with the live items; the real store is only read.
import {
  type CallOutput,
  type DryRunCounts,
  type DryRunExamples,
  type JsonValue,
  type Mapping,
  ProblemError,
} from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import { effectOf } from '../captures/manual-captures.ts';
import type { Changes } from '../changes.ts';
import type { GiveWay } from '../give-way.ts';
import { type AnswersOf, changedNames, createItems } from '../items/items.ts';
import { createItemsTable, type ItemRow, type ItemsTable } from '../items/items-table.ts';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { transact } from '../store/database.ts';
import { openScratch } from '../store/scratch.ts';
import { mappingFaults } from './mapping-faults.ts';
import type { RevisionsTable } from './revisions-table.ts';

const capturesAtOnce = 50;
const elementsAtOnce = 100;
const itemsAtOnce = 200;
const sliceMs = 4;
const progressEveryMs = 100;
const mostExamples = 20;
/** The only revision in the scratch store. */
const tried = 1;

export function createDryRun(deps: {
  captures: Captures;
  capturesTable: CapturesTable;
  itemsTable: ItemsTable;
  answersOf: AnswersOf;
  revisions: RevisionsTable;
  reader: PayloadReader;
  changes: Changes;
  giveWay: GiveWay;
}) {
  const { captures, capturesTable, itemsTable, revisions, reader, changes, giveWay } = deps;

  async function elementsOf(
    row: CaptureRow,
    mapping: Mapping,
    signal: AbortSignal,
  ): Promise<MappedElement[]> {
    try {
      return await reader.map(await captures.sourceOf(row), mapping, signal);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'payload.unreadable') throw error;
      return [{ fields: {}, absent: [], problem: error.message }];
    }
  }

  /** Rejects with the reason of `signal` between two slices. Progress is told as `mapping.dryRunProgressed`. */
  return async function dryRun(
    input: { dataSourceId: string; mapping: Mapping; runId?: string | undefined },
    signal: AbortSignal,
  ): Promise<CallOutput<'mapping.dryRun'>> {
    const { dataSourceId, mapping, runId } = input;
    const compiled = compileMapping(mapping);
    if (!compiled.ok) throw mappingFaults(compiled.rows);
    const counts: DryRunCounts = {
      calls: 0,
      appear: 0,
      change: 0,
      vanish: 0,
      same: 0,
      carriedOver: 0,
      fail: 0,
    };
    const examples: DryRunExamples = { appear: [], change: [], vanish: [], fail: [] };
    const total = revisions.remaining(dataSourceId, 0);
    const hasForgotten = revisions.hasForgotten(dataSourceId);
    const scratch = openScratch();
    const scratchTable = createItemsTable(scratch.database);
    const items = createItems(scratchTable, deps.answersOf);
    let toldAt = 0;

    async function rest(): Promise<void> {
      await giveWay();
      signal.throwIfAborted();
      if (performance.now() - toldAt < progressEveryMs) return;
      toldAt = performance.now();
      changes.tell('mapping.dryRunProgressed', {
        dataSourceId,
        ...(runId === undefined ? {} : { runId }),
        done: counts.calls,
        total: Math.max(total, counts.calls),
        failed: counts.fail,
      });
    }

    async function mapCall(row: CaptureRow): Promise<void> {
      const effect = effectOf(row);
      if (effect === 'nothing') return;
      const elements = await elementsOf(row, mapping, signal);
      const at = { dataSourceId, revision: tried, captureId: row.id, at: row.received_at };
      for (let from = 0; from < elements.length; from += elementsAtOnce) {
        transact(scratch.database, () => {
          for (const element of elements.slice(from, from + elementsAtOnce)) {
            if (effect !== 'remove') items.write(element, at);
            else if (element.externalId !== undefined) items.remove(element.externalId, at);
          }
        });
        if (elements.length > elementsAtOnce) await rest();
      }
      counts.calls += 1;
      const problem = elements.find((element) => element.problem !== undefined)?.problem;
      if (problem === undefined) return;
      counts.fail += 1;
      if (examples.fail.length >= mostExamples) return;
      const receivedAt = new Date(row.received_at).toISOString();
      examples.fail.push({ captureId: row.id, receivedAt, problem });
    }

    async function mapHistory(): Promise<void> {
      let sequence = 0;
      let sliceStart = performance.now();
      for (;;) {
        const batch = capturesTable.acceptedAfter(dataSourceId, sequence, capturesAtOnce);
        const last = batch.at(-1);
        if (!last) return;
        sequence = last.sequence;
        for (const row of batch) {
          await mapCall(row);
          if (performance.now() - sliceStart < sliceMs) continue;
          await rest();
          sliceStart = performance.now();
        }
      }
    }

    /** Both in the order of their ids, side by side. */
    async function compare(): Promise<void> {
      const before = inOrder(itemsTable, dataSourceId, revisions.liveRevision(dataSourceId));
      const after = inOrder(scratchTable, dataSourceId, tried);
      for (let seen = 0; ; seen += 1) {
        if (seen % itemsAtOnce === 0) await rest();
        const [old, made] = [before.peek(), after.peek()];
        if (!old && !made) return;
        const order = !old ? 1 : !made ? -1 : compareBytes(old.external_id, made.external_id);
        if (order <= 0) before.next();
        if (order >= 0) after.next();
        if (order < 0 && old && isForgotten(old)) counts.carriedOver += 1;
        else if (order < 0 && old) add('vanish', shown(old));
        else if (order > 0 && made) add('appear', shown(made));
        else if (old && made) addPair(old, made);
      }
    }

    /** As carry-over.ts has it: its calls are deleted, so that it stays as it is under every mapping. */
    function isForgotten(old: ItemRow): boolean {
      return hasForgotten && !itemsTable.hasNewestCall(old);
    }

    function addPair(old: ItemRow, made: ItemRow): void {
      const changed = changedNames(old, fieldsOf(old), made.title, fieldsOf(made));
      if (changed.length === 0) counts.same += 1;
      else add('change', { ...shown(made), titleBefore: old.title, changed });
    }

    function add<K extends 'appear' | 'change' | 'vanish'>(
      kind: K,
      example: DryRunExamples[K][number],
    ): void {
      counts[kind] += 1;
      const list: DryRunExamples[K][number][] = examples[kind];
      if (list.length < mostExamples) list.push(example);
    }

    try {
      await mapHistory();
      await compare();
      return { counts, examples };
    } finally {
      scratch.close();
    }
  };
}

export type DryRun = ReturnType<typeof createDryRun>;

/** The items of a revision by id, a page at a time. */
function inOrder(table: ItemsTable, dataSourceId: string, revision: number) {
  let page: ItemRow[] = [];
  let at = 0;
  let isEnd = false;
  return {
    peek(): ItemRow | undefined {
      if (at >= page.length && !isEnd) {
        page = table.inIdOrder(dataSourceId, revision, page.at(-1)?.external_id, itemsAtOnce);
        at = 0;
        isEnd = page.length === 0;
      }
      return page[at];
    },
    next(): void {
      at += 1;
    },
  };
}

/** As SQLite orders texts: by their bytes. */
function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function shown(row: ItemRow): { externalId: string; title: string } {
  return { externalId: row.external_id, title: row.title };
}

function fieldsOf(row: ItemRow): Record<string, JsonValue> {
  return JSON.parse(row.fields) as Record<string, JsonValue>;
}
