// The audit log as CSV (RFC 4180), one row for each change. Threat: names and paths that the user or a sender chose are
// opened in a spreadsheet, which would run a cell that begins like a formula.
import type { AuditEntry } from '#contract';

const head = ['at', 'data source', 'action', 'by', 'user', 'what', 'from', 'to'];

export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.flatMap((entry) => {
    const facts = [entry.at, entry.dataSourceName, entry.action, entry.via, entry.user];
    if (entry.changes.length === 0) return [[...facts, '', '', '']];
    return entry.changes.map(({ what, from = '', to = '' }) => [...facts, what, from, to]);
  });
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** Defused with an apostrophe where a spreadsheet would see a formula; quoted where CSV needs it. */
export function csvCell(text: string): string {
  const plain = /^[\s]*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) || plain !== plain.trim() ? `"${plain.replaceAll('"', '""')}"` : plain;
}
