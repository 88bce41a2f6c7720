// Electron's entry: the shell, as a list of steps, the window last. It holds no product: no store, no payload, not on the
// data path. Nothing here may wait at the top level for `ready`: Electron sends it only after this module has run.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, dialog, Menu, type MessagePortMain, safeStorage, shell, utilityProcess } from 'electron';
import { dataFolder, defaultReceiverPort } from './data-folder.ts';
import { registerAppScheme, setupAppProtocol } from './desktop/app-protocol.ts';
import { createBackupOffer } from './desktop/backup-offer.ts';
import { createEngineKeeper, type EngineChild, type EngineKeeper } from './desktop/engine-keeper.ts';
import { failurePage } from './desktop/failure-page.ts';
import { menuTemplate } from './desktop/menu.ts';
import { setupNativeAbilities, setupPorts } from './desktop/ports.ts';
import { setupContentsRules, setupPermissions } from './desktop/security.ts';
import { isOnlyInstance } from './desktop/single-instance.ts';
import { text } from './desktop/text.ts';
import { openVaultKey } from './desktop/vault-key.ts';
import { createWindows, type Windows } from './desktop/windows.ts';
import { createLog, errorFacts, type Log } from './log/log.ts';
import { openLogFile } from './log/log-file.ts';

// Set by the build, which knows where it puts what: all beside each other below dist/.
const here = fileURLToPath(new URL('.', import.meta.url));
const files = {
  engine: join(here, 'engine-process.js'),
  preload: join(here, 'preload.cjs'),
  screens: join(here, '..', 'renderer'),
};

function main(): void {
  const folders = setupFolders();
  if (!folders) return;
  const log = createLog(openLogFile(folders.data));
  const endWithBox = (error: unknown) => {
    log('error', 'the desktop program failed', errorFacts(error));
    dialog.showErrorBox(text.unexpected, error instanceof Error ? error.message : String(error));
    app.exit(1);
  };
  let windows: Windows | undefined;
  if (!isOnlyInstance(() => windows?.show())) {
    app.exit(0);
    return;
  }
  app.enableSandbox();
  registerAppScheme();
  setupContentsRules(log);
  const keeper = setupEngine(folders.data, log);
  setupEnd(keeper, endWithBox);
  app
    .whenReady()
    .then(() => {
      setupPermissions();
      setupAppProtocol({ folder: files.screens, failurePage: () => failureMarkup(keeper, folders.data) });
      setupMenu(folders.data, log);
      setupPorts(keeper, log);
      setupNativeAbilities(keeper, log);
      keeper.start(startFlags().restoreBackup);
      windows = setupWindows(keeper, folders.window, log);
    })
    .catch(endWithBox);
}

/** The data folder and, in it, the window's own profile. Undefined (after saying so) where it cannot be made. */
function setupFolders(): { data: string; window: string } | undefined {
  app.setName(text.name);
  const given = startFlags().dataDir;
  const env = given ? { ...process.env, HOOKBENCH_DATA_DIR: given } : process.env;
  const data = dataFolder({ platform: process.platform, env, home: homedir() });
  const window = join(data, 'window');
  try {
    mkdirSync(window, { recursive: true, mode: 0o700 });
  } catch (error) {
    dialog.showErrorBox(text.unexpected, text.dataFolderUnusable(data, (error as Error).message));
    app.exit(1);
    return undefined;
  }
  app.setPath('userData', window);
  return { data, window };
}

/** `--data-dir`, `--receiver-port` and `--restore-backup`; whatever else stands there belongs to Chromium. */
function startFlags(): { dataDir?: string; receiverPort: number; restoreBackup?: string } {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: {
      'data-dir': { type: 'string' },
      'receiver-port': { type: 'string' },
      'restore-backup': { type: 'string' },
    },
    strict: false,
  });
  const port = Number(values['receiver-port'] ?? defaultReceiverPort);
  const dataDir = values['data-dir'];
  const restoreBackup = values['restore-backup'];
  return {
    ...(typeof dataDir === 'string' ? { dataDir } : {}),
    ...(typeof restoreBackup === 'string' ? { restoreBackup } : {}),
    receiverPort: Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : defaultReceiverPort,
  };
}

function setupEngine(dataDir: string, log: Log): EngineKeeper<MessagePortMain> {
  return createEngineKeeper<MessagePortMain>({
    fork: () =>
      utilityProcess.fork(files.engine, [], {
        serviceName: 'Hookbench engine',
        stdio: 'pipe',
      }) as EngineChild<MessagePortMain>,
    async startMessage() {
      const file = join(dataDir, 'vault.key');
      const vault = await openVaultKey({ safeStorage, file, platform: process.platform, log });
      return {
        t: 'start',
        dataDir,
        receiverPort: startFlags().receiverPort,
        version: app.getVersion(),
        ...(vault.key ? { vaultKey: vault.key } : {}),
        ...(vault.protection === 'weak' ? { weakKeyStore: true } : {}),
      };
    },
    drop: (port) => port.close(),
    log,
  });
}

function failureMarkup(keeper: EngineKeeper<MessagePortMain>, dataDir: string): string | undefined {
  const failure = keeper.failure();
  return failure && failurePage(failure, dataDir);
}

function setupMenu(dataDir: string, log: Log): void {
  const openDataFolder = () => {
    shell.openPath(dataDir).then(
      (problem) => {
        if (problem) log('warning', 'the data folder could not be opened', { problem });
      },
      (error: unknown) => log('warning', 'the data folder could not be opened', errorFacts(error)),
    );
  };
  const facts = { platform: process.platform, packaged: app.isPackaged, openDataFolder };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts)));
}

function setupWindows(keeper: EngineKeeper<MessagePortMain>, folder: string, log: Log): Windows {
  const windows = createWindows({
    preload: files.preload,
    folder,
    version: app.getVersion(),
    hasFailed: () => keeper.state() === 'failed',
    log,
  });
  const offerBackup = createBackupOffer({
    restore(name) {
      keeper.start(name);
      windows.showStart();
    },
    log,
  });
  keeper.onState((state) => {
    if (state === 'waiting' || state === 'failed') windows.tellPortLost();
    if (state === 'failed') {
      windows.showFailure();
      const failure = keeper.failure();
      if (failure) offerBackup(failure);
    }
  });
  app.on('activate', () => windows.show());
  windows.show();
  return windows;
}

/** The engine is stopped after the windows have closed and before the program ends. */
function setupEnd(keeper: EngineKeeper<MessagePortMain>, onFault: (error: unknown) => void): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (keeper.state() === 'stopped') return;
    event.preventDefault();
    if (keeper.state() === 'stopping') return;
    keeper.stop().then(() => app.quit(), onFault);
  });
}

main();
