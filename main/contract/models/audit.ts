// The audit log: who changed what and when. Never holds a secret, a token or a payload.
import { z } from 'zod';

/** window: the desktop window · page: the page in a browser · script: an API call · engine: Hookbench by itself. */
export const caller = z.enum(['window', 'page', 'script', 'engine']);
export type Caller = z.infer<typeof caller>;

export const auditAction = z.enum([
  'created',
  'renamed',
  'described',
  'mappingSaved',
  'paused',
  'resumed',
  'urlRotated',
  'verificationChanged',
  'receivingChanged',
  'retentionChanged',
  'imported',
  'connectionAdded',
  'connectionRenamed',
  'connectionRemoved',
  'outgoingChanged',
  'actionAdded',
  'actionChanged',
  'actionDeleted',
  'actionRestored',
  'accessChanged',
  'moduleChanged',
  'deleted',
  'restored',
  'removed',
]);
export type AuditAction = z.infer<typeof auditAction>;

/** `from` is absent where something was added, `to` where it was taken away. Texts are cut at 300 characters. */
export const auditChange = z.object({
  what: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type AuditChange = z.infer<typeof auditChange>;

export const auditEntry = z.object({
  id: z.string(),
  dataSourceId: z.string(),
  /** As it was called then. */
  dataSourceName: z.string(),
  at: z.string(),
  via: caller,
  /** The user of this computer under whom Hookbench runs; empty for what the engine did by itself. */
  user: z.string(),
  action: auditAction,
  changes: z.array(auditChange),
});
export type AuditEntry = z.infer<typeof auditEntry>;
