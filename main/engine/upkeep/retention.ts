// How long calls are kept: the rules of a data source, read, set and previewed. The sweep deletes.
import {
  type AuditChange,
  type Caller,
  type CallVolume,
  type Outcome,
  outcome as outcomeSchema,
  type Retention,
  type RetentionPreview,
  type RetentionRule,
  type RetentionRules,
} from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { CallCountsTable } from '../captures/call-counts-table.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { type Database, transact } from '../store/database.ts';
import type { Overdue } from './overdue.ts';
import type { RetentionTable } from './retention-table.ts';

const outcomes = outcomeSchema.options;

/** Everything is kept, but of what carries no data only the newest. */
const defaults: RetentionRules = {
  accepted: {},
  rejected: { calls: 1000 },
  handshake: { calls: 1000 },
  duplicate: {},
};

export function createRetention(deps: {
  database: Database;
  table: RetentionTable;
  counts: CallCountsTable;
  dataSources: DataSources;
  overdue: Overdue;
  recordAudit: RecordAudit;
  /** New rules hold at once. */
  onChanged(dataSourceId: string): void;
}) {
  const { database, table, counts, dataSources, overdue, recordAudit } = deps;

  function rulesOf(dataSourceId: string): RetentionRules {
    const rules = { ...defaults };
    for (const { outcome, calls, days } of table.rules(dataSourceId)) {
      rules[outcome] = {
        ...(calls === null ? {} : { calls }),
        ...(days === null ? {} : { days }),
      };
    }
    return rules;
  }

  function get(dataSourceId: string): Retention {
    dataSources.require(dataSourceId);
    const deleted = table.deleted(dataSourceId);
    return {
      rules: rulesOf(dataSourceId),
      stored: counts.totals(dataSourceId),
      deleted: {
        calls: deleted?.calls ?? 0,
        bytes: deleted?.bytes ?? 0,
        lastAt: deleted && new Date(deleted.last_at).toISOString(),
      },
    };
  }

  return {
    rulesOf,
    get,

    set(dataSourceId: string, rules: RetentionRules, via: Caller): Retention {
      const before = get(dataSourceId).rules;
      const changes: AuditChange[] = outcomes.flatMap((outcome) => {
        const [from, to] = [ruleWords(before[outcome]), ruleWords(rules[outcome])];
        return from === to ? [] : [{ what: outcome, from, to }];
      });
      if (changes.length > 0) {
        transact(database, () => {
          for (const outcome of outcomes) {
            const { calls = null, days = null } = rules[outcome];
            table.putRule(dataSourceId, { outcome, calls, days });
          }
          recordAudit({ dataSourceId, action: 'retentionChanged', via, changes });
        });
        deps.onChanged(dataSourceId);
      }
      return get(dataSourceId);
    },

    async preview(
      dataSourceId: string,
      rules: RetentionRules,
      signal: AbortSignal,
    ): Promise<RetentionPreview> {
      dataSources.require(dataSourceId);
      const goes: Record<Outcome, CallVolume> = counts.totals(dataSourceId);
      let heldBack = 0;
      let pinned = 0;
      for (const outcome of outcomes) {
        const sum = { calls: 0, bytes: 0 };
        for await (const page of overdue(dataSourceId, outcome, rules[outcome])) {
          signal.throwIfAborted();
          sum.calls += page.goes.length;
          for (const row of page.goes) sum.bytes += row.body_bytes;
          heldBack += page.heldBack;
          pinned += page.pinned;
        }
        goes[outcome] = sum;
      }
      const all = Object.values(goes);
      return {
        goes,
        total: {
          calls: all.reduce((sum, { calls }) => sum + calls, 0),
          bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
        },
        heldBack,
        pinned,
      };
    },
  };
}

export type RetentionRulesStore = ReturnType<typeof createRetention>;

function ruleWords({ calls, days }: RetentionRule): string {
  const words = [
    ...(calls === undefined ? [] : [`the newest ${calls}`]),
    ...(days === undefined ? [] : [days === 1 ? '1 day' : `${days} days`]),
  ];
  return words.length === 0 ? 'all' : words.join(', at most ');
}
