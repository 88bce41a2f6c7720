// Gives the scheme `app:` to the screens. What it answers is decided in app-files.ts.
import { protocol } from 'electron';
import { answer, type ServedContent } from './app-files.ts';
import { appScheme } from './security-rules.ts';

/** Before `ready`, once. Standard and secure, so that origins, relative addresses and storage work as on https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** After `ready`. */
export function setupAppProtocol(content: ServedContent): void {
  protocol.handle(appScheme, (request) => answer(request, content));
}
