// A double of the parts of Electron that Hookbench uses, for machines where Electron's program cannot be had. It is no
// Electron: it draws nothing and isolates nothing. It is faithful in what the shell's code depends on, as Electron 45
// documents it: what may be called only before or only after `ready`, the order of the events at the end, preventable
// events, ports that are transferred once, messages that wait. Calls that real Electron refuses throw here as well.
// Load it in the place of 'electron' (`vi.doMock('electron', () => double.electron)`).
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { MessageChannelDouble, type MessagePortDouble } from './electron-double-ports.ts';
import { type ForkedDouble, ScriptedChild } from './electron-double-utility-process.ts';

type Facts = Record<string, unknown>;
export type Rectangle = { x: number; y: number; width: number; height: number };

export interface DoubleOptions {
  packaged?: boolean;
  /** False: another instance holds the lock. */
  firstInstance?: boolean;
  dark?: boolean;
  workAreas?: Rectangle[];
  storageBackend?: string;
  encryption?: boolean;
  /** Where the user saves a file of this name; undefined closes the dialog. */
  savePath?(proposed: string): string | undefined;
  /** Which button the user presses in a message box. */
  answer?(box: Facts): number | Promise<number>;
  fork?(modulePath: string, options: Facts): ForkedDouble;
}

/** An event that can be prevented, with whatever facts it carries. */
export function preventable<T extends Facts>(
  facts: T,
): T & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

export class FrameDouble {
  origin = 'null';
  parent: FrameDouble | null = null;
  detached = false;
  destroyed = false;
  readonly delivered: { channel: string; message: unknown; ports: MessagePortDouble[] }[] = [];
  /** Set by a test that runs a page in the frame. */
  onMessage: ((channel: string, message: unknown, ports: MessagePortDouble[]) => void) | undefined;
  isDestroyed(): boolean {
    return this.destroyed;
  }
  postMessage(channel: string, message: unknown, ports: MessagePortDouble[] = []): void {
    if (this.destroyed) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    this.delivered.push({ channel, message, ports });
    this.onMessage?.(channel, message, ports);
  }
}

export class WebContentsDouble extends EventEmitter {
  readonly mainFrame = new FrameDouble();
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  reloads = 0;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  /** Goes to the main frame, as documented. */
  send(channel: string, ...args: unknown[]): void {
    this.mainFrame.postMessage(channel, args, []);
  }
  reload(): void {
    this.reloads += 1;
  }
}

export type ElectronDouble = ReturnType<typeof createElectronDouble>;

export function createElectronDouble(options: DoubleOptions = {}) {
  /** What happened, in order, for tests of the start and the end. */
  const journal: string[] = [];
  const windows: WindowDouble[] = [];
  const children: ForkedDouble[] = [];
  const opened: string[] = [];
  /** The names that save dialogs proposed. */
  const saveDialogs: string[] = [];
  const boxes: string[] = [];
  const messageBoxes: Facts[] = [];
  const schemes: { scheme: string; privileges: Facts }[] = [];
  const protocolHandlers = new Map<string, (request: Request) => Promise<Response> | Response>();
  const permissions: {
    request?: (contents: unknown, name: string, decide: (granted: boolean) => void, details: Facts) => void;
    check?: (contents: unknown, name: string, origin: string, details: Facts) => boolean;
    device?: () => boolean;
  } = {};
  const paths = new Map<string, string>();
  let name = 'electron';
  let ready = false;
  let quitting = false;
  let exitCode: number | undefined;
  let markReady: () => void = () => undefined;
  const readiness = new Promise<void>((resolve) => {
    markReady = resolve;
  });

  function before(what: string): void {
    if (ready) throw new Error(`${what} must be called before the app is ready`);
    journal.push(what);
  }
  function after(what: string): void {
    if (!ready) throw new Error(`${what} can only be used after the app is ready`);
    journal.push(what);
  }
  function finish(code: number): void {
    if (exitCode !== undefined) return;
    exitCode = code;
    journal.push(`exit ${code}`);
  }

  class AppDouble extends EventEmitter {
    isPackaged = options.packaged ?? false;
    setName(given: string): void {
      name = given;
    }
    getName = () => name;
    getVersion = () => '9.8.7';
    setPath(which: string, folder: string): void {
      if (!existsSync(folder)) throw new Error(`Path does not exist: ${folder}`);
      journal.push(`app.setPath ${which}`);
      paths.set(which, folder);
    }
    enableSandbox(): void {
      before('app.enableSandbox');
    }
    requestSingleInstanceLock(): boolean {
      journal.push('app.requestSingleInstanceLock');
      return options.firstInstance ?? true;
    }
    whenReady(): Promise<void> {
      return readiness;
    }
    isReady = () => ready;
    quit(): void {
      journal.push('app.quit');
      const event = preventable({});
      this.emit('before-quit', event);
      if (event.defaultPrevented) return;
      quitting = true;
      for (const window of [...windows]) window.close();
      const last = preventable({});
      this.emit('will-quit', last);
      if (last.defaultPrevented) return;
      this.emit('quit');
      finish(0);
    }
    exit(code = 0): void {
      finish(code);
    }
  }
  const app = new AppDouble();

  class WindowDouble extends EventEmitter {
    static getFocusedWindow = () => windows[0] ?? null;
    readonly webContents = new WebContentsDouble();
    readonly options: Facts;
    readonly calls: string[] = [];
    url = '';
    bounds: Rectangle;
    maximized = false;
    minimized = false;
    constructor(given: Facts) {
      super();
      after('new BrowserWindow');
      this.options = given;
      const { x = 0, y = 0, width = 800, height = 600 } = given as Partial<Rectangle>;
      this.bounds = { x, y, width, height };
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    /** Asks the protocol's handler, as the network would, and takes over the origin. Loads by the shell fire no navigation events. */
    async loadURL(url: string): Promise<void> {
      this.url = url;
      const { protocol, host } = new URL(url);
      const handler = protocolHandlers.get(protocol.slice(0, -1));
      if (!handler) throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`);
      const response = await handler(new Request(url));
      const standard = schemes.some(
        ({ scheme, privileges }) => `${scheme}:` === protocol && privileges['standard'],
      );
      this.webContents.mainFrame.origin = standard ? `${protocol}//${host}` : 'null';
      this.emit('loaded', url, response);
      this.emit('ready-to-show');
    }
    show(): void {
      this.calls.push('show');
    }
    focus(): void {
      this.calls.push('focus');
    }
    maximize(): void {
      this.maximized = true;
    }
    restore(): void {
      this.minimized = false;
    }
    isMinimized = () => this.minimized;
    isMaximized = () => this.maximized;
    getNormalBounds = () => this.bounds;
    close(): void {
      this.emit('close', preventable({}));
      windows.splice(windows.indexOf(this), 1);
      this.webContents.mainFrame.destroyed = true;
      this.emit('closed');
      if (windows.length === 0 && !quitting) app.emit('window-all-closed');
    }
  }

  class IpcMainDouble extends EventEmitter {
    readonly handlers = new Map<string, (event: Facts, ...args: unknown[]) => unknown>();
    handle(channel: string, handler: (event: Facts, ...args: unknown[]) => unknown): void {
      if (this.handlers.has(channel))
        throw new Error(`Attempted to register a second handler for '${channel}'`);
      this.handlers.set(channel, handler);
    }
  }
  const ipcMain = new IpcMainDouble();

  const electron = {
    app,
    BrowserWindow: WindowDouble,
    MessageChannelMain: MessageChannelDouble,
    ipcMain,
    protocol: {
      registerSchemesAsPrivileged(given: { scheme: string; privileges: Facts }[]) {
        before('protocol.registerSchemesAsPrivileged');
        if (schemes.length > 0) throw new Error('registerSchemesAsPrivileged can be called only once');
        schemes.push(...given);
      },
      handle(scheme: string, handler: (request: Request) => Promise<Response> | Response) {
        after('protocol.handle');
        protocolHandlers.set(scheme, handler);
      },
    },
    session: {
      get defaultSession() {
        after('session.defaultSession');
        return {
          setPermissionRequestHandler: (handler: typeof permissions.request) => {
            permissions.request = handler;
          },
          setPermissionCheckHandler: (handler: typeof permissions.check) => {
            permissions.check = handler;
          },
          setDevicePermissionHandler: (handler: typeof permissions.device) => {
            permissions.device = handler;
          },
        };
      },
    },
    utilityProcess: {
      fork(modulePath: string, _args: string[], given: Facts): ForkedDouble {
        after('utilityProcess.fork');
        const child = options.fork?.(modulePath, given) ?? new ScriptedChild(modulePath, given);
        children.push(child);
        return child;
      },
    },
    safeStorage: {
      isAsyncEncryptionAvailable: async () => options.encryption ?? true,
      // No cipher: enough to tell that what is on disk is not the key itself.
      encryptStringAsync: async (text: string) => Buffer.from(`sealed:${[...text].reverse().join('')}`),
      decryptStringAsync: async (sealed: Buffer) => {
        const text = sealed.toString();
        if (!text.startsWith('sealed:')) throw new Error('Error while decrypting the ciphertext');
        return { result: [...text.slice(7)].reverse().join(''), shouldReEncrypt: false };
      },
      getSelectedStorageBackend: () => (ready ? (options.storageBackend ?? 'gnome_libsecret') : 'unknown'),
    },
    screen: {
      getAllDisplays() {
        after('screen.getAllDisplays');
        const areas = options.workAreas ?? [{ x: 0, y: 0, width: 1920, height: 1040 }];
        return areas.map((workArea) => ({ workArea }));
      },
    },
    nativeTheme: { shouldUseDarkColors: options.dark ?? false },
    shell: {
      openExternal: async (url: string) => {
        opened.push(url);
      },
      openPath: async (path: string) => {
        opened.push(path);
        return '';
      },
    },
    dialog: {
      showErrorBox: (title: string, content: string) => boxes.push(`${title}: ${content}`),
      async showMessageBox(box: Facts) {
        messageBoxes.push(box);
        return {
          response: (await options.answer?.(box)) ?? (box['cancelId'] as number),
          checkboxChecked: false,
        };
      },
      /** With or without a parent window, as documented. */
      async showSaveDialog(...args: Facts[]) {
        const given = args.at(-1) as { defaultPath: string };
        saveDialogs.push(given.defaultPath);
        const filePath = options.savePath?.(given.defaultPath);
        return { canceled: filePath === undefined, filePath: filePath ?? '' };
      },
    },
    Menu: {
      buildFromTemplate: (template: Facts[]) => ({ template }),
      setApplicationMenu: (menu: { template: Facts[] }) => {
        after('Menu.setApplicationMenu');
        control.menu = menu.template;
      },
    },
  };

  const control = {
    electron,
    journal,
    windows,
    children,
    opened,
    saveDialogs,
    boxes,
    messageBoxes,
    schemes,
    paths,
    permissions,
    menu: undefined as Facts[] | undefined,
    exitCode: () => exitCode,
    /** Electron sends `ready` only after the entry module has run to its end. */
    async ready(): Promise<void> {
      ready = true;
      journal.push('ready');
      app.emit('ready');
      markReady();
      await readiness;
    },
    /** A page asks something of the shell from this frame. */
    send(frame: FrameDouble | null, channel: string, ...args: unknown[]): void {
      ipcMain.emit(channel, { senderFrame: frame, ports: [] }, ...args);
    },
    async invoke(frame: FrameDouble | null, channel: string, ...args: unknown[]): Promise<unknown> {
      const handler = ipcMain.handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      return structuredClone(await handler({ senderFrame: frame }, ...args));
    },
    request: (url: string, init?: RequestInit) =>
      protocolHandlers.get(new URL(url).protocol.slice(0, -1))?.(new Request(url, init)),
  };
  return control;
}
