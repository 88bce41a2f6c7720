// Part of the Electron double: one page in a window. Runs the built preload (a CommonJS script) in a context of its own
// that has what a sandboxed preload has, and offers the page's world: `window` with messages and what was exposed.
import { EventEmitter } from 'node:events';
import vm from 'node:vm';
import { type MessagePortDouble, takePorts } from './electron-double-ports.ts';

/** Electron's way from the page's process to the shell. */
export interface PageLine {
  send(channel: string, ...args: unknown[]): void;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
}

/** The page's world: listens for messages, posts to itself, carries what the preload exposed. */
export class PageWindow extends EventTarget {
  readonly location: { origin: string };
  [exposed: string]: unknown;
  constructor(origin: string) {
    super();
    this.location = { origin };
  }
  /** Delivers where the target origin is the page's own, later, like the real one. */
  postMessage(data: unknown, targetOrigin: string, ports: unknown[] = []): void {
    if (targetOrigin !== this.location.origin) return;
    queueMicrotask(() => this.deliver(data, ports, this));
  }
  /** For tests: a message whose source may be foreign. */
  deliver(data: unknown, ports: unknown[], source: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data, ports, source }));
  }
}

/** `exposed` are the exposed worlds by name; `deliver` is the shell's `frame.postMessage`. */
export interface PageDouble {
  window: PageWindow;
  required: string[];
  deliver(channel: string, message: unknown, ports: readonly MessagePortDouble[]): void;
}

export function runPage(facts: {
  preload: string;
  origin: string;
  argv: readonly string[];
  platform: NodeJS.Platform;
  line: PageLine;
}): PageDouble {
  const window = new PageWindow(facts.origin);
  const renderer = new EventEmitter();
  const required: string[] = [];
  const modules: Record<string, unknown> = {
    electron: {
      contextBridge: {
        exposeInMainWorld(name: string, value: object) {
          if (name in window) throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
          window[name] = Object.freeze({ ...value });
        },
      },
      ipcRenderer: {
        on: (channel: string, listener: (...args: unknown[]) => void) => renderer.on(channel, listener),
        send: facts.line.send,
        invoke: facts.line.invoke,
      },
    },
  };
  const require = (name: string) => {
    required.push(name);
    // A sandboxed preload can require Electron's renderer modules and three polyfills, nothing else.
    if (!(name in modules)) throw new Error(`module not found: ${name}`);
    return modules[name];
  };
  vm.runInNewContext(facts.preload, {
    require,
    module: { exports: {} },
    exports: {},
    window,
    process: { argv: facts.argv, platform: facts.platform, type: 'renderer', sandboxed: true },
  });
  return {
    window,
    required,
    deliver: (channel, message, ports) => renderer.emit(channel, { ports: takePorts(ports) }, message),
  };
}
