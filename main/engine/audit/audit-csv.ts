// The audit log as CSV, one row for each change, page by page.
import type { AuditEntry } from '#contract';
import { csvText } from '../downloads/csv-text.ts';

/** The mark at the start tells spreadsheets that the text is UTF-8. */
export const auditCsvHead = '\ufeffat,data source,action,by,user,what,from,to\r\n';

export function auditCsvRows(entries: readonly AuditEntry[]): string {
  const rows = entries.flatMap((entry) => {
    const facts = [entry.at, entry.dataSourceName, entry.action, entry.via, entry.user];
    if (entry.changes.length === 0) return [[...facts, '', '', '']];
    return entry.changes.map(({ what, from = '', to = '' }) => [...facts, what, from, to]);
  });
  return rows.map((row) => `${row.map(csvText).join(',')}\r\n`).join('');
}
