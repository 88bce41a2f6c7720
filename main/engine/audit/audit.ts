// The audit log: who changed what and when. Takes names and settings only; never a secret, a token or a payload.
import { userInfo } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AuditAction,
  type AuditChange,
  type AuditEntry,
  type Caller,
  type CallOutput,
  ProblemError,
} from '#contract';
import type { Changes } from '../changes.ts';
import type { Database } from '../store/database.ts';
import { auditCsvHead, auditCsvRows } from './audit-csv.ts';
import { type AuditFilter, type AuditRow, createAuditTable } from './audit-table.ts';

/** One thing that was done to a data source. Call it inside the transaction that does it, so that both count or none. */
export type RecordAudit = (entry: {
  dataSourceId: string;
  action: AuditAction;
  via: Caller;
  changes?: AuditChange[];
}) => void;

const maxText = 300;
const maxChanges = 100;
const exportLimit = 10_000;
const exportPage = 500;

export function createAudit(database: Database, changes: Changes) {
  const table = createAuditTable(database);
  const user = userName();

  const record: RecordAudit = ({ dataSourceId, action, via, changes: made = [] }) => {
    table.add({
      data_source_id: dataSourceId,
      at: Date.now(),
      via,
      user: via === 'engine' ? '' : user,
      action,
      changes: JSON.stringify(made.slice(0, maxChanges).map(cutChange)),
    });
    changes.tell('audit.changed', { dataSourceId });
  };

  return {
    record,

    list(
      input: AuditFilter & { limit?: number | undefined; before?: string | undefined },
    ): CallOutput<'audit.list'> {
      const limit = input.limit ?? 50;
      const before = input.before === undefined ? Number.MAX_SAFE_INTEGER : Number(input.before);
      if (!Number.isSafeInteger(before)) {
        throw new ProblemError('input.invalid', 'before must be the "next" of an earlier page.', {
          path: 'before',
        });
      }
      const rows = table.page(input, before, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        entries: shown.map(toEntry),
        ...(rows.length > limit && last ? { next: String(last.sequence) } : {}),
      };
    },

    async exportCsv(filter: AuditFilter, signal: AbortSignal): Promise<CallOutput<'audit.export'>> {
      const parts = [auditCsvHead];
      let entries = 0;
      let before = Number.MAX_SAFE_INTEGER;
      let more = true;
      while (more && entries < exportLimit) {
        const rows = table.page(filter, before, exportPage + 1);
        const shown = rows.slice(0, exportPage);
        parts.push(auditCsvRows(shown.map(toEntry)));
        entries += shown.length;
        more = rows.length > exportPage;
        before = shown.at(-1)?.sequence ?? 0;
        await nextTurn();
        signal.throwIfAborted();
      }
      const day = new Date().toISOString().slice(0, 10);
      return { fileName: `audit-log-${day}.csv`, csv: parts.join(''), entries, more };
    },
  };
}

export type Audit = ReturnType<typeof createAudit>;

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: `aud_${row.sequence}`,
    dataSourceId: row.data_source_id,
    dataSourceName: row.data_source_name,
    at: new Date(row.at).toISOString(),
    via: row.via,
    user: row.user,
    action: row.action,
    changes: JSON.parse(row.changes) as AuditChange[],
  };
}

function cutChange({ what, from, to }: AuditChange): AuditChange {
  return {
    what: cut(what),
    ...(from === undefined ? {} : { from: cut(from) }),
    ...(to === undefined ? {} : { to: cut(to) }),
  };
}

function cut(text: string): string {
  return text.length <= maxText ? text : `${text.slice(0, maxText - 1)}…`;
}

/** Empty where the system knows no name for this user, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
