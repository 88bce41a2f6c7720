// Which calls are beyond their rule, oldest first, page by page. What waits for a mapping or for indexing, or lacks an id
// (a better mapping may find it), is held back however old it is, and so is what the user pinned. Reads only.
import type { Outcome, RetentionRule } from '#contract';
import type { AgingCapture, CapturesTable } from '../captures/captures-table.ts';
import type { GiveWay } from '../give-way.ts';
import type { RetentionTable } from './retention-table.ts';

const pageSize = 200;
const dayMs = 24 * 60 * 60 * 1000;

export interface OverduePage {
  goes: AgingCapture[];
  heldBack: number;
  pinned: number;
}

export function createOverdue(deps: {
  capturesTable: CapturesTable;
  retentionTable: RetentionTable;
  storedCalls(dataSourceId: string, outcome: Outcome): number;
  giveWay: GiveWay;
}) {
  const { capturesTable, retentionTable, storedCalls, giveWay } = deps;

  /** Gives way after every page. A page is still true when it is yielded: nothing runs between reading and yielding it. */
  return async function* overdue(
    dataSourceId: string,
    outcome: Outcome,
    rule: RetentionRule,
  ): AsyncGenerator<OverduePage> {
    if (rule.calls === undefined && rule.days === undefined) return;
    const stored = storedCalls(dataSourceId, outcome);
    let beyondCount = rule.calls === undefined ? 0 : Math.max(0, stored - rule.calls);
    const oldestKept = rule.days === undefined ? Number.NEGATIVE_INFINITY : Date.now() - rule.days * dayMs;
    let after = 0;
    for (;;) {
      const rows = capturesTable.oldest(dataSourceId, outcome, after, pageSize);
      const indexed = retentionTable.indexedSequence(dataSourceId) ?? Number.NEGATIVE_INFINITY;
      const goes: AgingCapture[] = [];
      let heldBack = 0;
      let pinned = 0;
      let done = rows.length < pageSize;
      for (const row of rows) {
        if (beyondCount <= 0 && row.received_at >= oldestKept) {
          done = true;
          break;
        }
        beyondCount -= 1;
        after = row.sequence;
        if (row.pinned === 1) pinned += 1;
        else if (outcome === 'accepted' && isHeldBack(row, indexed)) heldBack += 1;
        else goes.push(row);
      }
      yield { goes, heldBack, pinned };
      if (done) return;
      await giveWay();
    }
  };
}

export type Overdue = ReturnType<typeof createOverdue>;

export function isHeldBack(row: AgingCapture, indexedSequence: number): boolean {
  return row.sequence > indexedSequence || row.index_state !== 'indexed';
}
