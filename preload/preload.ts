// Runs in the window's sandbox before the page, in a world of its own. It hands a port over and offers a handful of named
// abilities; it never hands out `ipcRenderer`, an event or a channel name.
//
// The handshake, since a port cannot cross the context bridge:
//   1. The page listens for `message` and calls `window.hookbench.requestPort()`.
//   2. The preload asks the shell; the shell checks the frame and answers with one port, the other end being the engine's.
//   3. The preload passes it on: `window.postMessage('hookbench:port', <own origin>, [port])`. The page takes it where
//      `event.source === window` and `event.data === 'hookbench:port'`, and asks again after the port has closed.
//   4. When the engine goes, the shell says so and the page is told by the message 'hookbench:port-lost': that a port tells
//      the end of its other side is Electron's own addition to the web, and a second word is cheap.
import { contextBridge, ipcRenderer } from 'electron';
import { ipcNames, versionArgument } from '../main/desktop/ipc-names.ts';
import type { NativeAbilities } from './native-abilities.ts';

const version = process.argv.find((argument) => argument.startsWith(versionArgument)) ?? versionArgument;

ipcRenderer.on(ipcNames.port, (event) => {
  window.postMessage(ipcNames.port, window.location.origin, event.ports);
});

ipcRenderer.on(ipcNames.portLost, () => {
  window.postMessage(ipcNames.portLost, window.location.origin);
});

const abilities: NativeAbilities = {
  platform: process.platform,
  version: version.slice(versionArgument.length),
  requestPort: () => ipcRenderer.send(ipcNames.requestPort),
  openExternal: (url) => ipcRenderer.invoke(ipcNames.openExternal, String(url)),
  saveDownload: (ticket, fileName) =>
    ipcRenderer.invoke(ipcNames.saveDownload, String(ticket), String(fileName)),
};

contextBridge.exposeInMainWorld('hookbench', abilities);
