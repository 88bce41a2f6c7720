// How programs of Hookbench end: a code of its own for each reason that a script may want to tell apart.
import type { EngineStartCode } from './engine/store/engine-start-error.ts';

export const exitCodes = {
  ok: 0,
  failed: 1,
  wrongUsage: 2,
  /** The command line: no Hookbench answers. */
  notRunning: 3,
  /** The command line: what was waited for did not come in time. */
  timedOut: 4,
  /** The command line, as shells have it: Ctrl+C, the reader of the output has gone, SIGTERM. */
  interrupted: 130,
  outputClosed: 141,
  terminated: 143,
  portTaken: 10,
  folderLocked: 11,
  folderNotWritable: 12,
  storeDamaged: 13,
  storeNewer: 14,
  backupMissing: 15,
} as const satisfies Record<
  | EngineStartCode
  | 'ok'
  | 'failed'
  | 'wrongUsage'
  | 'notRunning'
  | 'timedOut'
  | 'interrupted'
  | 'outputClosed'
  | 'terminated',
  number
>;
