// Joins a window and the engine: makes a channel when the window's page asks, gives one end to the engine and one to that
// very frame, and forgets both. Threat: a foreign frame that asks for a port would speak to the engine as the user.
import { basename } from 'node:path';
import { BrowserWindow, dialog, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import type { Log } from '../log/log.ts';
import type { EngineKeeper } from './engine-keeper.ts';
import { ipcNames } from './ipc-names.ts';
import { openExternal } from './security.ts';
import { isOwnFrame } from './security-rules.ts';

/** A page that asks for a port also starts an engine that had failed: that is what "Try again" comes down to. */
export function setupPorts(keeper: EngineKeeper<MessagePortMain>, log: Log): void {
  ipcMain.on(ipcNames.requestPort, (event) => {
    const frame = event.senderFrame;
    if (!frame || !isOwnFrame(frame)) {
      log('warning', 'a port was refused to a foreign frame');
      return;
    }
    keeper.start();
    const { port1, port2 } = new MessageChannelMain();
    keeper.attach(port1);
    frame.postMessage(ipcNames.port, null, [port2]);
  });
}

/** The native abilities that the page may use by name; each checks who asks and what for. */
export function setupNativeAbilities(keeper: EngineKeeper<MessagePortMain>, log: Log): void {
  ipcMain.handle(ipcNames.openExternal, async (event, url: unknown) => {
    if (!isOwnFrame(event.senderFrame) || typeof url !== 'string') return false;
    return openExternal(url, log);
  });
  ipcMain.handle(ipcNames.saveDownload, async (event, ticket: unknown, fileName: unknown) => {
    if (!isOwnFrame(event.senderFrame) || typeof ticket !== 'string' || typeof fileName !== 'string')
      return false;
    // The page proposes a name, never a folder.
    const options = { defaultPath: basename(fileName.replaceAll('\\', '/')) };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options));
    return !canceled && filePath ? keeper.save(ticket, filePath) : false;
  });
}
