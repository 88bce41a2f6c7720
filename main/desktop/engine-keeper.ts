// Keeps the engine process alive: starts it, restarts it after an unexpected end, gives up with a reason, stops it. It
// knows nothing of windows and imports nothing of Electron, so that its rules are tried with a clock of our own.

import { engineNews, type ShellMessage, type StartMessage } from '../engine-messages.ts';
import type { Log } from '../log/log.ts';
import type { EngineFailure } from './failure-page.ts';
import { text } from './text.ts';

/** The parts of Electron's `UtilityProcess` that are used. `Port` is `MessagePortMain`. */
export interface EngineChild<Port> {
  postMessage(message: ShellMessage, transfer?: Port[]): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
}

export type KeeperState = 'idle' | 'starting' | 'ready' | 'waiting' | 'failed' | 'stopping' | 'stopped';

export interface EngineKeeper<Port> {
  /** Starts the engine unless it runs, starts or waits to be started again; first with a backup in the place of the store where one is named. */
  start(restoreBackup?: string): void;
  /** Hands a port over to the engine; held back until it is ready. Dropped (closing it) when the engine fails. */
  attach(port: Port): void;
  /** Has the engine write a download to `path`; false where no engine is ready. */
  save(ticket: string, path: string): boolean;
  /** Resolves once the process has ended: after a grace of five seconds it is killed. Nothing starts afterwards. */
  stop(): Promise<void>;
  state(): KeeperState;
  /** Why the engine does not run; undefined unless the state is `failed`. */
  failure(): EngineFailure | undefined;
  onState(listener: (state: KeeperState) => void): void;
}

export interface KeeperDeps<Port> {
  fork(): EngineChild<Port>;
  /** Asked before every start. */
  startMessage(): Promise<StartMessage>;
  /** Ends a port that nobody will take. */
  drop(port: Port): void;
  log: Log;
  now?: () => number;
}

const restartDelaysMs = [1000, 2000, 4000];
const restartWindowMs = 60_000;
const stopGraceMs = 5000;
const killGraceMs = 1000;
const logLines = 200;

/** How long to wait before the next start, or undefined to give up: at most three restarts within a minute. */
export function restartDelay(earlierRestarts: readonly number[], now: number): number | undefined {
  return restartDelaysMs[earlierRestarts.filter((at) => now - at < restartWindowMs).length];
}

export function createEngineKeeper<Port>(deps: KeeperDeps<Port>): EngineKeeper<Port> {
  const now = deps.now ?? Date.now;
  const listeners: ((state: KeeperState) => void)[] = [];
  const logTail: string[] = [];
  let state: KeeperState = 'idle';
  let failure: EngineFailure | undefined;
  let child: EngineChild<Port> | undefined;
  let restarts: number[] = [];
  let restartTimer: ReturnType<typeof setTimeout> | undefined;
  const held: Port[] = [];
  let ended: (() => void) | undefined;

  function become(next: KeeperState): void {
    state = next;
    for (const listener of listeners) listener(next);
  }

  function fail(code: string, message: string, backup?: EngineFailure['backup']): void {
    failure = { code, message, logTail: [...logTail], ...(backup ? { backup } : {}) };
    for (const port of held.splice(0)) deps.drop(port);
    deps.log('error', 'the engine does not run', { code });
    become('failed');
  }

  function keepLines(stream: NodeJS.ReadableStream | null): void {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      logTail.push(...lines.filter((line) => line !== ''));
      logTail.splice(0, logTail.length - logLines);
    });
  }

  async function launch(restoreBackup?: string): Promise<void> {
    become('starting');
    const start = await deps.startMessage();
    if (state !== 'starting') return;
    const made = deps.fork();
    child = made;
    keepLines(made.stdout);
    keepLines(made.stderr);
    made.on('message', (message) => {
      if (made === child) hear(message, made);
    });
    made.on('exit', (code) => {
      if (made === child) gone(code);
    });
    made.postMessage({ ...start, ...(restoreBackup === undefined ? {} : { restoreBackup }) });
  }

  function hear(message: unknown, from: EngineChild<Port>): void {
    const news = engineNews.safeParse(message);
    if (!news.success || state !== 'starting') return;
    if (news.data.t === 'failed') {
      // Its own end, which follows, is not a crash.
      child = undefined;
      from.kill();
      fail(news.data.code, news.data.message, news.data.backup);
      return;
    }
    for (const port of held.splice(0)) from.postMessage({ t: 'attach' }, [port]);
    become('ready');
  }

  function gone(code: number): void {
    child = undefined;
    if (state === 'stopping') {
      ended?.();
      return;
    }
    deps.log('error', 'the engine process ended unexpectedly', { code });
    const delayMs = restartDelay(restarts, now());
    if (delayMs === undefined) {
      fail('crashed', text.failure.crashed(restarts.length + 1, code));
      restarts = [];
      return;
    }
    restarts = [...restarts.filter((at) => now() - at < restartWindowMs), now()];
    become('waiting');
    restartTimer = setTimeout(() => run(), delayMs);
  }

  function run(restoreBackup?: string): void {
    launch(restoreBackup).catch((error: unknown) => {
      fail('crashed', error instanceof Error ? error.message : String(error));
    });
  }

  return {
    start(restoreBackup) {
      if (state !== 'idle' && state !== 'failed') return;
      failure = undefined;
      run(restoreBackup);
    },
    attach(port) {
      if (state === 'ready' && child) child.postMessage({ t: 'attach' }, [port]);
      else if (state === 'starting' || state === 'waiting' || state === 'idle') held.push(port);
      else deps.drop(port);
    },
    save(ticket, path) {
      if (state !== 'ready' || !child) return false;
      child.postMessage({ t: 'save', ticket, path });
      return true;
    },
    async stop() {
      clearTimeout(restartTimer);
      for (const port of held.splice(0)) deps.drop(port);
      const running = child;
      if (running) {
        become('stopping');
        const end = new Promise<void>((resolve) => {
          ended = resolve;
        });
        running.postMessage({ t: 'stop' });
        const killTimer = setTimeout(() => {
          deps.log('warning', 'the engine process did not stop in time and was ended');
          running.kill();
        }, stopGraceMs);
        const giveUpTimer = setTimeout(() => ended?.(), stopGraceMs + killGraceMs);
        await end;
        clearTimeout(killTimer);
        clearTimeout(giveUpTimer);
      }
      become('stopped');
    },
    state: () => state,
    failure: () => failure,
    onState: (listener) => {
      listeners.push(listener);
    },
  };
}
