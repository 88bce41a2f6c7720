// Where Hookbench keeps its data when nobody says otherwise: one answer for the desktop, `serve` and the command line.
// It names folders only; it neither makes nor locks them (the engine does).
import { isAbsolute, posix, resolve, win32 } from 'node:path';

export interface DataFolderFacts {
  platform: NodeJS.Platform;
  /** The environment: `HOOKBENCH_DATA_DIR`, `APPDATA` and `XDG_DATA_HOME` are read. */
  env: Record<string, string | undefined>;
  /** The user's home folder, absolute. */
  home: string;
}

/** The default receiver port of every host; 0 would ask for any free one. */
export const defaultReceiverPort = 4870;

/**
 * The absolute path of the data folder. `HOOKBENCH_DATA_DIR` wins (a relative one is taken from the current folder);
 * then the place that the operating system names for an application's data.
 */
export function dataFolder({ platform, env, home }: DataFolderFacts): string {
  const chosen = env['HOOKBENCH_DATA_DIR'];
  if (chosen) return resolve(chosen);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Hookbench');
  if (platform === 'win32') {
    return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Hookbench');
  }
  // The XDG base directory specification: relative values are to be ignored.
  const xdg = env['XDG_DATA_HOME'];
  return posix.join(xdg && isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'hookbench');
}
