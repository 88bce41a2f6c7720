// Calls about the engine as a whole and its settings.
import { z } from 'zod';
import { backupSettings } from '../models/backup.ts';
import { settings, tunnelSettings } from '../models/settings.ts';
import { engineStatus } from '../models/status.ts';
import { nothing, read, write } from './define.ts';

export const settingsCalls = {
  'status.get': read('The state of the receiver, the tunnel and the store.', nothing, engineStatus),
  'settings.get': read('What is set for the whole application.', nothing, z.object({ settings })),
  'settings.update': write(
    'Changes settings; what is left out stays as it is.',
    z.object({
      theme: settings.shape.theme.optional(),
      tunnel: tunnelSettings.partial().optional(),
      backups: backupSettings.partial().optional(),
    }),
    z.object({ settings }),
  ),
};
