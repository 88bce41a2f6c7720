// The application menu. Roles wherever Electron has one, so that each system's own words and shortcuts apply; only
// entries that work.
import type { MenuItemConstructorOptions } from 'electron';
import { text } from './text.ts';

export interface MenuFacts {
  platform: NodeJS.Platform;
  /** The developer tools are for running from the sources only. */
  packaged: boolean;
  openDataFolder(): void;
}

export function menuTemplate({
  platform,
  packaged,
  openDataFolder,
}: MenuFacts): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      label: text.menu.help,
      submenu: [{ label: text.menu.openDataFolder, click: openDataFolder }],
    },
  ];
}
