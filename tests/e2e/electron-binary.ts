// Where Electron's program is on this machine, for the specs that need it. They are skipped, by name, where it is not.
import { findElectron } from '../../scripts/electron-binary.ts';

export const noElectron = "Electron's program is not on this machine (npx install-electron fetches it)";

/** Absolute path, or undefined where it was not downloaded or a window cannot be shown. */
export function electronBinary(): string | undefined {
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return display ? findElectron() : undefined;
}
