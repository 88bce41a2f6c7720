// The flags of `serve`, for the program itself and for the completion of shells.
import { defaultReceiverPort } from '../data-folder.ts';
import type { Flags } from './read-arguments.ts';

export const defaultControlPort = 4871;

export const serveFlags = {
  'data-dir': { type: 'string', takes: '<folder>', does: 'where everything is kept' },
  'receiver-port': {
    type: 'string',
    takes: '<port>',
    does: `where calls are received (default ${defaultReceiverPort}, 0 = any free one)`,
  },
  'control-port': {
    type: 'string',
    takes: '<port>',
    does: `where the screens and the calls for scripts are (default ${defaultControlPort}, 0 = any free one)`,
  },
  token: {
    type: 'string',
    takes: '<token>',
    does: 'the bearer token for scripts (or HOOKBENCH_TOKEN); at least 8 characters',
  },
  'restore-backup': {
    type: 'string',
    takes: '<name>',
    does: 'put a backup (its file name, or newest) in the place of the store first; the store is kept aside',
  },
  'no-open': { type: 'boolean', does: 'do not open the browser' },
  help: { type: 'boolean', does: 'this text' },
} as const satisfies Flags;
