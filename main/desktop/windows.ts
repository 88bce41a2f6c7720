// The application's window: its options, its place, what it shows. It knows nothing of the engine but whether there is a
// failure to show.
import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, screen } from 'electron';
import type { Log } from '../log/log.ts';
import { failurePath } from './app-files.ts';
import { ipcNames, versionArgument } from './ipc-names.ts';
import { appOrigin } from './security-rules.ts';
import { text } from './text.ts';
import {
  fitToScreens,
  minimumSize,
  readWindowState,
  type WindowState,
  writeWindowState,
} from './window-state.ts';

export interface Windows {
  /** Shows the window and brings it to the front; makes it where there is none. */
  show(): void;
  /** Tells the page that its port to the engine leads nowhere any more. */
  tellPortLost(): void;
  /** Replaces what every window shows by the failure page. */
  showFailure(): void;
  /** Replaces it by the application. */
  showStart(): void;
}

export interface WindowsDeps {
  /** Absolute path of the built preload. */
  preload: string;
  /** The folder for the window's own state; exists. */
  folder: string;
  version: string;
  /** Whether the failure page is what a new window shows. */
  hasFailed(): boolean;
  log: Log;
}

/** A page that crashes again within this time is left alone; reloading it by hand still works. */
const reloadPauseMs = 10_000;

/** Every safe default is written out, so that a test, not a release note, tells when one changes. */
export function windowOptions(facts: {
  state: WindowState;
  dark: boolean;
  preload: string;
  version: string;
}): BrowserWindowConstructorOptions {
  const { maximized: _, ...place } = facts.state;
  return {
    ...place,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: text.name,
    titleBarStyle: 'default',
    autoHideMenuBar: true,
    backgroundColor: facts.dark ? '#15181f' : '#ffffff',
    webPreferences: {
      preload: facts.preload,
      additionalArguments: [`${versionArgument}${facts.version}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spelling dictionaries would be fetched from a foreign server.
      spellcheck: false,
    },
  };
}

export function createWindows(deps: WindowsDeps): Windows {
  const stateFile = join(deps.folder, 'window.json');
  let window: BrowserWindow | undefined;
  let lastReload = 0;

  function load(shown: BrowserWindow, path: string): void {
    shown.loadURL(`${appOrigin}${path}`).catch((error: unknown) => {
      // Also when another load takes over, so it is a note and no fault.
      deps.log('info', 'a page was not loaded to its end', { error: String(error) });
    });
  }

  function open(): void {
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const state = fitToScreens(readWindowState(stateFile), workAreas);
    const dark = nativeTheme.shouldUseDarkColors;
    const made = new BrowserWindow(windowOptions({ ...deps, state, dark }));
    window = made;
    made.once('ready-to-show', () => {
      if (state.maximized) made.maximize();
      made.show();
    });
    made.on('close', () => remember(made));
    made.on('closed', () => {
      window = undefined;
    });
    made.webContents.on('render-process-gone', (_event, details) => {
      deps.log('error', 'a page crashed', { reason: details.reason });
      const soon = Date.now() - lastReload < reloadPauseMs;
      if (details.reason === 'clean-exit' || soon) return;
      lastReload = Date.now();
      made.webContents.reload();
    });
    load(made, deps.hasFailed() ? failurePath : '/');
  }

  function remember(closing: BrowserWindow): void {
    try {
      writeWindowState(stateFile, { ...closing.getNormalBounds(), maximized: closing.isMaximized() });
    } catch (error) {
      deps.log('warning', "the window's place was not kept", { error: String(error) });
    }
  }

  return {
    show() {
      if (!window) {
        open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    tellPortLost() {
      window?.webContents.send(ipcNames.portLost);
    },
    showFailure() {
      if (window) load(window, failurePath);
    },
    showStart() {
      if (window) load(window, '/');
    },
  };
}
