// Makes the backups of the store: one a day while the engine runs, and when somebody asks. The copying is done by a thread of its own.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Backup, type BackupSettings, type BackupState, ProblemError } from '#contract';
import type { Log } from '../../log/log.ts';
import type { Changes } from '../changes.ts';
import {
  backupFolder,
  backupPaths,
  dropUnfinished,
  hasRoomFor,
  listBackups,
  pruneBackups,
} from '../store/backup-files.ts';
import type { BackupReply, BackupTask } from '../store/backup-worker.ts';
import { type DatabaseWorker, startDatabaseWorker } from '../store/database-worker.ts';

const dayMs = 24 * 60 * 60_000;
/** After a start there is other work first. */
const firstLookMs = 2 * 60_000;
const lookEveryMs = 60 * 60_000;

export function createBackups(deps: {
  dataDir: string;
  /** The file of the store. */
  file: string;
  settings(): BackupSettings;
  changes: Changes;
  log: Log;
  now?: () => number;
}) {
  const { dataDir, file, changes, log } = deps;
  const now = deps.now ?? Date.now;
  let state: BackupState = { state: 'idle' };
  let running: { worker: DatabaseWorker; ended: Promise<void> } | undefined;
  let isCancelled = false;
  let stopped = false;
  tidy(() => dropUnfinished(dataDir));

  /** A file that cannot be deleted now is deleted another time; it must not end what goes on. */
  function tidy(work: () => void): void {
    try {
      work();
    } catch (error) {
      log('warning', 'an old backup of the store could not be deleted', { reason: reasonOf(error) });
    }
  }

  function become(next: BackupState): void {
    state = next;
    changes.tell('backups.changed', { now: state });
  }

  function fail(reason: string): void {
    log('warning', 'no backup of the store was made', { reason });
    become({ state: 'failed', at: new Date(now()).toISOString(), reason });
  }

  function begin(): void {
    const bytes = statSync(file).size;
    if (!hasRoomFor(dataDir, bytes)) {
      throw new ProblemError(
        'store.unavailable',
        `The disk has no room for a copy of the store (${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB). Free some space, or keep fewer backups.`,
      );
    }
    isCancelled = false;
    const task: BackupTask = { file, ...backupPaths(dataDir, new Date(now())) };
    const ended = Promise.withResolvers<void>();
    let outcome: Exclude<BackupReply, { kind: 'progress' }> | undefined;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = startDatabaseWorker<BackupReply>(
      new URL(`../store/backup-worker.${extension}`, import.meta.url),
      task,
      (reply) => {
        if (reply.kind === 'progress') become({ state: 'running', share: reply.share });
        else outcome = reply;
      },
      (lost) => {
        if (running?.worker !== worker) return;
        running = undefined;
        settle(outcome ?? { kind: 'failed', reason: lost.message });
        ended.resolve();
      },
    );
    running = { worker, ended: ended.promise };
    become({ state: 'running', share: 0 });
  }

  function settle(outcome: Exclude<BackupReply, { kind: 'progress' }>): void {
    tidy(() => {
      if (outcome.kind === 'done') pruneBackups(dataDir, deps.settings().keep);
      else dropUnfinished(dataDir);
    });
    if (outcome.kind === 'failed' && !isCancelled) fail(outcome.reason);
    else become({ state: 'idle' });
  }

  async function breakOff(): Promise<void> {
    const leaving = running;
    if (!leaving) return;
    isCancelled = true;
    await leaving.worker.end();
    await leaving.ended;
  }

  /** Where the newest one is a day old, or a failed try is. */
  function look(): void {
    if (stopped || running) return;
    const tried = state.state === 'failed' ? Date.parse(state.at) : 0;
    if (now() - tried < dayMs) return;
    try {
      if (!deps.settings().daily) return;
      const last = listBackups(dataDir).find(({ beforeUpdate }) => !beforeUpdate)?.at;
      if (last === undefined || now() - Date.parse(last) >= dayMs) begin();
    } catch (error) {
      fail(reasonOf(error));
    }
  }

  const timers = [setTimeout(look, firstLookMs), setInterval(look, lookEveryMs)];
  for (const timer of timers) timer.unref();

  return {
    look,
    list: (): { backups: Backup[]; folder: string; now: BackupState } => ({
      backups: listBackups(dataDir),
      folder: join(dataDir, backupFolder),
      now: state,
    }),
    /** Throws `store.unavailable`. */
    make(): BackupState {
      try {
        if (!running) begin();
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        throw new ProblemError(
          'store.unavailable',
          `No backup can be written (${reasonOf(error)}). Look whether ${join(dataDir, backupFolder)} is a folder that this user may write.`,
        );
      }
      return state;
    },
    cancel: breakOff,
    async stop(): Promise<void> {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await breakOff();
    },
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export type Backups = ReturnType<typeof createBackups>;
