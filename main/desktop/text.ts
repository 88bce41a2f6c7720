// Every sentence that the shell itself shows: the failure page, the menu, the boxes before a window exists. The screens
// have their own file.

export const text = {
  name: 'Hookbench',
  failure: {
    heading: 'Hookbench cannot run its engine',
    folder: 'Data folder',
    log: 'Last lines of the log',
    noLog: 'The engine wrote nothing.',
    again: 'Try again',
    crashAdvice: 'Try again. If it stops again, the log below says at which point.',
    crashed: (times: number, code: number) =>
      `The engine stopped unexpectedly ${times} times within a minute (last exit code ${code}).`,
    restoreQuestion: 'The store is damaged',
    restoreDetail: (message: string, at: string) =>
      `${message}\n\nPut the backup of ${at} in its place? The damaged store is kept beside it.`,
    restore: 'Restore the backup',
    notNow: 'Not now',
    kept: 'Calls that were answered with success are stored and will be there again.',
  },
  dataFolderUnusable: (folder: string, reason: string) =>
    `The data folder ${folder} cannot be made or written: ${reason}. Choose another one with HOOKBENCH_DATA_DIR.`,
  unexpected: 'Hookbench could not start',
  menu: { help: 'Help', openDataFolder: 'Open data folder' },
};
