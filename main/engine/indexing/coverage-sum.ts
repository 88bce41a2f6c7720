// The coverage of several calls added up: for each row in how many calls and items it yields a value, by event type; repeated ids.
import type { CallOutput, RepeatedId, RowCoverage, ValueType } from '#contract';
import type { CallCover } from '../mapping/cover-call.ts';

interface Share {
  yielded: number;
  total: number;
}

interface RowSum {
  calls: Share;
  items: Share;
  byEvent: Map<string, Share>;
  types: Map<ValueType, number>;
}

const mostIds = 100_000;
const mostRepeated = 20;

export function createCoverageSum() {
  const rows = new Map<string, RowSum>();
  const ids = new Map<string, { calls: number; withinCall: boolean }>();
  let calls = 0;
  let items = 0;

  function addIds(found: readonly string[]): void {
    const here = new Set<string>();
    for (const id of found) {
      const known = ids.get(id) ?? { calls: 0, withinCall: false };
      if (!ids.has(id) && ids.size >= mostIds) continue;
      if (here.has(id)) known.withinCall = true;
      else known.calls += 1;
      here.add(id);
      ids.set(id, known);
    }
  }

  return {
    add(eventType: string | undefined, cover: CallCover): void {
      calls += 1;
      items += cover.elements;
      addIds(cover.ids);
      for (const { row, yielded, types } of cover.rows) {
        const sum = rows.get(row) ?? newRow();
        rows.set(row, sum);
        const isWhole = cover.elements > 0 && yielded === cover.elements;
        addShare(sum.calls, isWhole ? 1 : 0, 1);
        addShare(sum.items, yielded, cover.elements);
        if (eventType !== undefined) {
          const event = sum.byEvent.get(eventType) ?? { yielded: 0, total: 0 };
          addShare(event, isWhole ? 1 : 0, 1);
          sum.byEvent.set(eventType, event);
        }
        for (const [type, count] of Object.entries(types) as [ValueType, number][]) {
          sum.types.set(type, (sum.types.get(type) ?? 0) + count);
        }
      }
    },

    result(): CallOutput<'mapping.coverage'> {
      const repeated: RepeatedId[] = [...ids]
        .filter(([, { calls: carried, withinCall }]) => carried > 1 || withinCall)
        .map(([externalId, facts]) => ({ externalId, ...facts }));
      repeated.sort((a, b) => Number(b.withinCall) - Number(a.withinCall) || b.calls - a.calls);
      return {
        calls,
        items,
        rows: [...rows].map(toCoverage),
        repeatedIds: { count: repeated.length, examples: repeated.slice(0, mostRepeated) },
      };
    },
  };
}

function newRow(): RowSum {
  return {
    calls: { yielded: 0, total: 0 },
    items: { yielded: 0, total: 0 },
    byEvent: new Map(),
    types: new Map(),
  };
}

function addShare(share: Share, yielded: number, total: number): void {
  share.yielded += yielded;
  share.total += total;
}

function toCoverage([row, { calls, items, byEvent, types }]: [string, RowSum]): RowCoverage {
  return {
    row,
    calls,
    items,
    byEvent: [...byEvent].map(([eventType, share]) => ({ eventType, ...share })),
    types: [...types].map(([type, count]) => ({ type, items: count })),
    typeChanges: [...types.keys()].filter((type) => type !== 'null').length > 1,
  };
}
