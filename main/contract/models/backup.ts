// Backups of the store: whole copies in the data folder, made by the engine itself.
import { z } from 'zod';

export const backup = z.object({
  /** The name of its file. */
  name: z.string(),
  /** The moment whose store it is. */
  at: z.string(),
  bytes: z.number().int(),
  /** Made before a newer Hookbench changed the format of the store. */
  beforeUpdate: z.boolean(),
});
export type Backup = z.infer<typeof backup>;

/** idle · running: `share` of it is copied (0 to 1) · failed: the last try, and why. */
export const backupState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('running'), share: z.number() }),
  z.object({ state: z.literal('failed'), at: z.string(), reason: z.string() }),
]);
export type BackupState = z.infer<typeof backupState>;

export const backupSettings = z.object({
  /** Make one a day while Hookbench runs. */
  daily: z.boolean(),
  /** How many daily ones are kept. */
  keep: z.number().int().min(1, 'Keep at least one.').max(30, 'Keep at most 30.'),
});
export type BackupSettings = z.infer<typeof backupSettings>;
