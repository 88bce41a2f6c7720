// Calls about the audit log.
import { z } from 'zod';
import { auditAction, auditEntry, caller } from '../models/audit.ts';
import { before, id, limit, read } from './define.ts';

export const auditCalls = {
  'audit.list': read(
    'Who changed what and when, newest first; of all data sources (deleted ones, too) without `dataSourceId`.',
    z.object({
      dataSourceId: id.optional(),
      action: auditAction.optional(),
      via: caller.optional(),
      limit,
      before,
    }),
    z.object({ entries: z.array(auditEntry), next: z.string().optional() }),
  ),
  'audit.export': read(
    'The same as CSV, one row for each change, at most the newest 10,000 entries. Cells that a spreadsheet would take for a formula are defused.',
    z.object({ dataSourceId: id.optional(), action: auditAction.optional(), via: caller.optional() }),
    z.object({
      fileName: z.string(),
      csv: z.string(),
      entries: z.number().int(),
      /** There are older entries that are not in the file. */
      more: z.boolean(),
    }),
  ),
};
