// Sentences of backups.
export const backups = {
  title: 'Backups',
  about:
    'Whole copies of everything that Hookbench keeps, made beside its work. Where the store cannot be read at a start, Hookbench offers the newest one.',
  notRead: 'The backups could not be read',
  notMade: 'No backup was made',
  notChanged: 'The setting was not saved',
  daily: 'Make one every day',
  keep: 'How many daily ones are kept',
  make: 'Back up now',
  making: 'Making a backup…',
  cancel: 'Cancel',
  list: 'Backups',
  none: 'There is none yet. The first one is made a few minutes after the start.',
  noneOff: 'There is none yet.',
  beforeUpdate: 'before an update',
  failed: 'The last backup was not made',
  folder: 'Where they lie',
  copyFolder: 'Copy the folder of the backups',
  restore:
    'To go back to one of them, stop Hookbench and start it once with this flag. The present store is kept aside.',
  copyFlag: 'Copy the flag',
  flag: (name: string) => `--restore-backup ${name}`,
};
