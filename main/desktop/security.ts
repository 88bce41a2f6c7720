// Puts the rules of `security-rules.ts` into force for every page that this program will ever make. It holds no rule.
import { app, session, shell } from 'electron';
import type { Log } from '../log/log.ts';
import { mayHavePermission, mayNavigate, mayOpenExternally } from './security-rules.ts';

/** Opens a vetted link in the system's browser. Resolves to whether it was opened. */
export async function openExternal(url: string, log: Log): Promise<boolean> {
  if (!mayOpenExternally(url)) {
    log('warning', 'a link was not opened, since it is not a vetted one');
    return false;
  }
  await shell.openExternal(url);
  return true;
}

/** Before any window exists. Navigation stays inside our origin, new windows and webviews are never made. */
export function setupContentsRules(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (details) => {
      if (!details.isMainFrame || !mayNavigate(details.url)) details.preventDefault();
    });
    contents.on('will-navigate', (details) => {
      if (!mayNavigate(details.url)) details.preventDefault();
    });
    contents.on('will-redirect', (details) => {
      if (!mayNavigate(details.url)) details.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url, log).catch(() => log('warning', 'a link could not be opened'));
      return { action: 'deny' };
    });
  });
}

/** After `ready`: permissions are denied unless a rule allows them, devices always. */
export function setupPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(details.isMainFrame && mayHavePermission(permission, details.requestingUrl));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return details.isMainFrame && mayHavePermission(permission, requestingOrigin);
  });
  defaultSession.setDevicePermissionHandler(() => false);
}
