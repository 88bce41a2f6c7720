// Offers the newest backup where the store is damaged. The user decides; where the answer is no, the failure page stays.
import { dialog } from 'electron';
import { errorFacts, type Log } from '../log/log.ts';
import type { EngineFailure } from './failure-page.ts';
import { text } from './text.ts';

export interface BackupOfferDeps {
  /** The user wants this one, by its file name. */
  restore(name: string): void;
  log: Log;
}

/** Gives a function that asks; a question that still stands is not asked a second time. */
export function createBackupOffer({ restore, log }: BackupOfferDeps): (failure: EngineFailure) => void {
  let asking = false;

  async function ask(message: string, backup: NonNullable<EngineFailure['backup']>): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: text.failure.restoreQuestion,
      detail: text.failure.restoreDetail(message, new Date(backup.at).toLocaleString()),
      buttons: [text.failure.restore, text.failure.notNow],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    if (response === 0) restore(backup.name);
  }

  return ({ message, backup }) => {
    if (!backup || asking) return;
    asking = true;
    ask(message, backup)
      .catch((error: unknown) => log('error', 'the backup could not be offered', errorFacts(error)))
      .finally(() => {
        asking = false;
      });
  };
}
