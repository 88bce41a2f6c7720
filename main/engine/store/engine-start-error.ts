// Why an engine could not start; the hosts turn the code into an exit code, a page or a dialog.
import type { Backup } from './backup-files.ts';

export type EngineStartCode =
  | 'portTaken'
  | 'folderLocked'
  | 'folderNotWritable'
  | 'storeDamaged'
  | 'storeNewer'
  | 'backupMissing';

export class EngineStartError extends Error {
  readonly code: EngineStartCode;
  /** Where the store is damaged: the newest backup, which may be put in its place. */
  readonly backup: Backup | undefined;
  constructor(code: EngineStartCode, message: string, cause?: unknown, backup?: Backup) {
    super(message, { cause });
    this.name = 'EngineStartError';
    this.code = code;
    this.backup = backup;
  }
}
