import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from '../../main/data-folder.ts';

const cases: [string, Parameters<typeof dataFolder>[0], string][] = [
  [
    'macOS',
    { platform: 'darwin', env: {}, home: '/Users/a' },
    '/Users/a/Library/Application Support/Hookbench',
  ],
  [
    'Windows',
    { platform: 'win32', env: { APPDATA: 'C:\\A\\Roaming' }, home: 'C:\\A' },
    'C:\\A\\Roaming\\Hookbench',
  ],
  [
    'Windows without APPDATA',
    { platform: 'win32', env: {}, home: 'C:\\A' },
    'C:\\A\\AppData\\Roaming\\Hookbench',
  ],
  ['Linux', { platform: 'linux', env: {}, home: '/home/a' }, '/home/a/.local/share/hookbench'],
  ['Linux with XDG', { platform: 'linux', env: { XDG_DATA_HOME: '/x' }, home: '/home/a' }, '/x/hookbench'],
  [
    'Linux with a relative XDG',
    { platform: 'linux', env: { XDG_DATA_HOME: 'x' }, home: '/home/a' },
    '/home/a/.local/share/hookbench',
  ],
  [
    'a chosen folder',
    { platform: 'darwin', env: { HOOKBENCH_DATA_DIR: resolve('/srv/h') }, home: '/' },
    resolve('/srv/h'),
  ],
  [
    'a chosen relative folder',
    { platform: 'linux', env: { HOOKBENCH_DATA_DIR: 'h' }, home: '/' },
    join(process.cwd(), 'h'),
  ],
];

it.each(cases)('%s', (_name, facts, expected) => expect(dataFolder(facts)).toBe(expected));
