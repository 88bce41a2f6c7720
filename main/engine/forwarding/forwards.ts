// Rules that pass new captures on: made, changed, switched, deleted with undo; their results listed and tried again.
import {
  type ForwardResult,
  type ForwardResultDetail,
  type ForwardRule,
  type ForwardRuleDraft,
  type ForwardState,
  ProblemError,
} from '#contract';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { GiveWay } from '../give-way.ts';
import { createId } from '../ids.ts';
import { shownBody } from '../replay/replay-jobs.ts';
import { targetFault } from '../replay/target-url.ts';
import { type Database, transact } from '../store/database.ts';
import type { ForwardWorker } from './forward-worker.ts';
import type { ForwardRuleRow, ForwardsTable, ListedDelivery } from './forwards-table.ts';
import { createHeldRules } from './held-rules.ts';
import type { RuleHeaders } from './rule-headers.ts';

const undoGraceMs = 2_000;
const droppedAtOnce = 100;

export function createForwards(deps: {
  database: Database;
  table: ForwardsTable;
  dataSources: DataSources;
  worker: ForwardWorker;
  ruleHeaders: RuleHeaders;
  giveWay: GiveWay;
  undoMs: number;
  onChanged(ruleId: string): void;
  /** Deleted rules could not be removed; the next start tries again. */
  onSweepFault(error: unknown): void;
}) {
  const { database, table, dataSources, worker, ruleHeaders } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function rowOf(id: string): ForwardRuleRow {
    const row = table.rule(id);
    if (!row) throw new ProblemError('forward.missing', 'This rule does not exist any more.', { path: 'id' });
    return row;
  }

  function toRule(row: ForwardRuleRow): ForwardRule {
    const { includesReplays, held = false, ...filter } = filterOf(row);
    const last = table.last(row.id);
    return {
      id: row.id,
      name: row.name,
      dataSourceId: row.data_source_id ?? undefined,
      urls: JSON.parse(row.urls) as string[],
      filter,
      headers: ruleHeaders.shown(row.headers),
      includesReplays,
      enabled: row.enabled === 1,
      held,
      createdAt: new Date(row.created_at).toISOString(),
      counts: table.counts(row.id),
      last:
        last?.last_at == null
          ? undefined
          : {
              at: new Date(last.last_at).toISOString(),
              status: last.status ?? undefined,
              failure: last.failure ?? undefined,
            },
    };
  }

  function columnsOf(id: string, rule: ForwardRuleDraft, held: boolean, before?: ForwardRuleRow) {
    rule.urls.forEach((url, at) => {
      const fault = targetFault(url);
      if (fault !== undefined) throw new ProblemError('forward.invalid', fault, { path: `rule.urls.${at}` });
    });
    if (rule.dataSourceId !== undefined) dataSources.require(rule.dataSourceId);
    return {
      data_source_id: rule.dataSourceId ?? null,
      name: rule.name,
      urls: JSON.stringify(rule.urls),
      filter: JSON.stringify({ ...rule.filter, includesReplays: rule.includesReplays, held }),
      headers: ruleHeaders.toStored(id, rule.headers, before && ruleHeaders.stored(before.headers)),
    };
  }

  async function sweep(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    for (const id of table.deletedBefore(Date.now() - deps.undoMs - undoGraceMs)) {
      while (transact(database, () => table.dropDeliveries(id, droppedAtOnce))) await deps.giveWay();
      transact(database, () => table.dropRule(id));
    }
  }

  function deliveryOf(id: number) {
    const row = table.delivery(id);
    if (!row) throw new ProblemError('forward.missing', 'This result is not kept any more.', { path: 'id' });
    return row;
  }

  function remove(id: string): string {
    const now = Date.now();
    transact(database, () => table.setDeleted(id, now));
    timer ??= setTimeout(() => {
      sweep().catch(deps.onSweepFault);
    }, deps.undoMs + undoGraceMs).unref();
    deps.onChanged(id);
    held.ended(id);
    return new Date(now + deps.undoMs).toISOString();
  }

  const held = createHeldRules({
    giveUp(id) {
      const row = table.rule(id);
      if (row && row.deleted_at === null) remove(id);
    },
    onFault: deps.onSweepFault,
  });

  return {
    list: (dataSourceId: string | undefined): ForwardRule[] =>
      table
        .rules()
        .filter(
          (row) =>
            dataSourceId === undefined || row.data_source_id === null || row.data_source_id === dataSourceId,
        )
        .map(toRule),

    create(rule: ForwardRuleDraft, isHeld = false): ForwardRule {
      const now = Date.now();
      const id = createId('fwd', now);
      const columns = columnsOf(id, rule, isHeld);
      transact(database, () =>
        table.insertRule({
          id,
          ...columns,
          enabled: 1,
          cursor_sequence: table.newestSequence(),
          created_at: now,
        }),
      );
      if (isHeld) held.begin(id);
      deps.onChanged(id);
      return toRule(rowOf(id));
    },

    update(id: string, rule: ForwardRuleDraft): ForwardRule {
      const row = rowOf(id);
      const columns = columnsOf(id, rule, filterOf(row).held ?? false, row);
      transact(database, () => table.updateRule({ id, ...columns }));
      deps.onChanged(id);
      return toRule(rowOf(id));
    },

    switch(id: string, enabled: boolean): ForwardRule {
      rowOf(id);
      transact(database, () => table.setEnabled(id, enabled, enabled ? table.newestSequence() : 0));
      worker.wake();
      deps.onChanged(id);
      return toRule(rowOf(id));
    },

    delete(id: string): string {
      rowOf(id);
      return remove(id);
    },

    async hold(id: string, signal: AbortSignal): Promise<void> {
      const row = rowOf(id);
      if (!filterOf(row).held) {
        throw new ProblemError('forward.invalid', 'This rule stays by itself; it was not made to be held.', {
          path: 'id',
        });
      }
      if (row.deleted_at === null) await held.hold(id, signal);
    },

    /** At a start: whoever held rules is gone. */
    dropHeld(): void {
      for (const row of table.rules()) if (filterOf(row).held) remove(row.id);
    },

    restore(id: string): ForwardRule {
      rowOf(id);
      transact(database, () => table.setDeleted(id, undefined));
      worker.wake();
      deps.onChanged(id);
      return toRule(rowOf(id));
    },

    results(input: {
      ruleId: string;
      state?: ForwardState | undefined;
      limit?: number | undefined;
      before?: string | undefined;
    }): { results: ForwardResult[]; next?: string } {
      rowOf(input.ruleId);
      const limit = input.limit ?? 50;
      const before = input.before === undefined ? Number.MAX_SAFE_INTEGER : Number(input.before);
      if (!Number.isSafeInteger(before)) {
        throw new ProblemError('input.invalid', 'before must be the "next" of an earlier page.', {
          path: 'before',
        });
      }
      const rows = table.page(input.ruleId, input.state, before, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        results: shown.map(toResult),
        ...(rows.length > limit && last ? { next: String(last.id) } : {}),
      };
    },

    result(id: number): ForwardResultDetail {
      const row = deliveryOf(id);
      return {
        ...toResult(row),
        answer:
          row.answer_headers === null
            ? undefined
            : {
                headers: JSON.parse(row.answer_headers),
                body: shownBody(row.answer_body ?? new Uint8Array(), row.answer_size ?? 0),
              },
      };
    },

    retry(id: number): ForwardResult {
      const row = deliveryOf(id);
      transact(database, () => table.settle({ ...row, state: 'waiting', tries: 0, next_at: Date.now() }));
      worker.wake();
      deps.onChanged(row.rule_id);
      return toResult(deliveryOf(id));
    },

    sweep,
    stop(): void {
      clearTimeout(timer);
      held.stop();
    },
  };
}

export type Forwards = ReturnType<typeof createForwards>;

function filterOf(row: ForwardRuleRow) {
  return JSON.parse(row.filter) as ForwardRule['filter'] & { includesReplays: boolean; held?: boolean };
}

function toResult(row: ListedDelivery): ForwardResult {
  return {
    id: row.id,
    ruleId: row.rule_id,
    captureId: row.capture_id,
    dataSourceId: row.data_source_id,
    url: row.url,
    state: row.state,
    tries: row.tries,
    nextAt: row.next_at === null ? undefined : new Date(row.next_at).toISOString(),
    status: row.status ?? undefined,
    failure: row.failure ?? undefined,
    tookMs: row.took_us === null ? undefined : row.took_us / 1000,
    createdAt: new Date(row.created_at).toISOString(),
    lastAt: row.last_at === null ? undefined : new Date(row.last_at).toISOString(),
  };
}
