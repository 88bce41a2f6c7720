// Calls about backups of the store. One is put back at a start only, see `--restore-backup` of serve.
import { z } from 'zod';
import { backup, backupState } from '../models/backup.ts';
import { nothing, read, write } from './define.ts';

export const backupsCalls = {
  'backups.list': read(
    'The backups, newest first, where they lie, and what goes on.',
    nothing,
    z.object({ backups: z.array(backup), folder: z.string(), now: backupState }),
  ),
  'backups.make': write(
    'Begins a backup; how it goes comes as `backups.changed`. One that is under way is gone on with. Fails with `store.unavailable` where the disk has no room for it, or its folder cannot be written.',
    nothing,
    z.object({ now: backupState }),
  ),
  'backups.cancel': write('Breaks off the backup that is under way; nothing of it stays.', nothing, nothing),
};
