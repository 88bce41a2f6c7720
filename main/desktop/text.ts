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
    crashed: (times: number, code: number) =>
      `The engine stopped unexpectedly ${times} times within a minute (last exit code ${code}).`,
    kept: 'Calls that were answered with success are stored and will be there again.',
  },
  /** What to do, by the code of the failure. */
  advice: {
    folderLocked: 'Another Hookbench uses this folder. Close it, then try again.',
    folderNotWritable:
      'Give your user the right to write to this folder, or choose another one with HOOKBENCH_DATA_DIR.',
    storeDamaged: 'Nothing was deleted. Put a copy of the store from a backup in its place, then try again.',
    storeNewer: 'This folder was used by a newer Hookbench. Start that version again.',
    portTaken:
      'Close the program that uses this port, or start Hookbench with --receiver-port and another number.',
    crashed: 'Try again. If it stops again, the log below says at which point.',
  } as Readonly<Record<string, string>>,
  dataFolderUnusable: (folder: string, reason: string) =>
    `The data folder ${folder} cannot be made or written: ${reason}. Choose another one with HOOKBENCH_DATA_DIR.`,
  unexpected: 'Hookbench could not start',
  menu: { help: 'Help', openDataFolder: 'Open data folder' },
};
