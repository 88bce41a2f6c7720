// The audit log in the store: only added to. Entries outlive their data source.
import type { AuditAction, Caller } from '#contract';
import type { Database } from '../store/database.ts';

export interface AuditRow {
  sequence: number;
  data_source_id: string;
  data_source_name: string;
  at: number;
  via: Caller;
  user: string;
  action: AuditAction;
  changes: string;
}

export interface AuditFilter {
  dataSourceId?: string | undefined;
  action?: AuditAction | undefined;
  via?: Caller | undefined;
}

export function createAuditTable(database: Database) {
  const insert = database.prepare<[Omit<AuditRow, 'sequence' | 'data_source_name'>], never>(
    `INSERT INTO audit_entries (data_source_id, data_source_name, at, via, user, action, changes)
      VALUES (@data_source_id, coalesce((SELECT name FROM data_sources WHERE id = @data_source_id), ''),
        @at, @via, @user, @action, @changes)`,
  );
  const conditions = `(@action IS NULL OR action = @action) AND (@via IS NULL OR via = @via)
    AND sequence < @before ORDER BY sequence DESC LIMIT @limit`;
  const ofSource = database.prepare<[PageQuery], AuditRow>(
    `SELECT * FROM audit_entries WHERE data_source_id = @dataSourceId AND ${conditions}`,
  );
  const ofAll = database.prepare<[PageQuery], AuditRow>(`SELECT * FROM audit_entries WHERE ${conditions}`);

  return {
    /** The name of the data source is taken from the store, as it is now. */
    add: (row: Omit<AuditRow, 'sequence' | 'data_source_name'>) => void insert.run(row),
    /** Newest first. */
    page(filter: AuditFilter, before: number, limit: number): AuditRow[] {
      const query = {
        dataSourceId: filter.dataSourceId ?? null,
        action: filter.action ?? null,
        via: filter.via ?? null,
        before,
        limit,
      };
      return filter.dataSourceId === undefined ? ofAll.all(query) : ofSource.all(query);
    },
  };
}

interface PageQuery {
  dataSourceId: string | null;
  action: string | null;
  via: string | null;
  before: number;
  limit: number;
}
