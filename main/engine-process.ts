// Entry of Electron's utility process: waits for the start message, runs the engine, attaches the windows' ports, stops.
// It imports nothing of Electron: the parent's port is a property of `process` there. It decides nothing itself.
import type { MessagePortMain, ParentPort } from 'electron';
import { createEngine, type Engine } from './engine/engine.ts';
import { EngineStartError } from './engine/store/engine-start-error.ts';
import { type EngineNews, type StartMessage, shellMessage } from './engine-messages.ts';
import { createMessagePortChannel, type PortLike } from './link/message-port-channel.ts';
import { createLog, errorFacts } from './log/log.ts';
import { openLogFile } from './log/log-file.ts';

/** What Electron gives a utility process to talk to its parent. */
export type ShellPort = Pick<ParentPort, 'postMessage'> & {
  on(event: 'message', listener: (event: { data: unknown; ports: MessagePortMain[] }) => void): unknown;
};

/** `exit` ends the process; it is called once, after the engine has stopped or has failed to start. */
export function runEngineProcess(shell: ShellPort, exit: (code: number) => void): void {
  // The shell keeps the last lines for its failure page; the log file gets them all, once its folder is known.
  let keep = (_line: string): void => undefined;
  const log = createLog((line) => {
    process.stdout.write(`${line}\n`);
    keep(line);
  });
  const tell = (news: EngineNews) => shell.postMessage(news);
  let starting: Promise<Engine | undefined> | undefined;

  async function start({ t: _, vaultKey, ...facts }: StartMessage): Promise<Engine | undefined> {
    keep = openLogFile(facts.dataDir);
    try {
      const key = vaultKey ? { vaultKey: new Uint8Array(Buffer.from(vaultKey, 'base64')) } : {};
      const engine = await createEngine({ ...facts, ...key, log });
      tell({ t: 'ready', receiver: engine.facts.receiver });
      return engine;
    } catch (error) {
      log('error', 'the engine could not start', errorFacts(error));
      if (!(error instanceof EngineStartError)) throw error;
      const { code, message, backup } = error;
      tell({
        t: 'failed',
        code,
        message,
        ...(backup ? { backup: { name: backup.name, at: backup.at } } : {}),
      });
      return undefined;
    }
  }

  async function stop(): Promise<void> {
    const engine = await starting;
    await engine?.stop();
    exit(0);
  }

  async function attach(port: MessagePortMain | undefined): Promise<void> {
    if (!port) return;
    const engine = await starting;
    // The shapes are the same; the overloads of an emitter cannot be compared by the compiler.
    const like = port as unknown as PortLike;
    if (engine) engine.attach(createMessagePortChannel(like, (event) => (event as { data: unknown }).data));
    else port.close();
  }

  /** How it goes, the page is told by the engine's events; the log has the reason of a failure. */
  async function save(ticket: string, path: string): Promise<void> {
    const engine = await starting;
    await engine?.saveDownload(ticket, path).catch((error: unknown) => {
      log('warning', 'a download was not saved', errorFacts(error));
    });
  }

  function crashed(error: unknown): void {
    log('error', 'the engine process ended with an unexpected error', errorFacts(error));
    exit(70);
  }

  shell.on('message', ({ data, ports }) => {
    const message = shellMessage.parse(data);
    if (message.t === 'start') {
      starting ??= start(message);
      starting.catch(crashed);
    } else if (message.t === 'attach') attach(ports[0]).catch(crashed);
    else if (message.t === 'save') save(message.ticket, message.path).catch(crashed);
    else stop().catch(crashed);
  });
}

// In a utility process there is always a parent; a test that imports this file has none and calls the function.
if (process.parentPort) runEngineProcess(process.parentPort, (code) => process.exit(code));
