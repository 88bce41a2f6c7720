// What every benchmark starts: Hookbench itself, other servers and the client, each in a process of its own, and their end.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Load, LoadResult } from './load-client.ts';

const token = 'bench-token';
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export type Api = <T>(call: string, input: object) => Promise<T>;
export type Client = (load: Load) => Promise<LoadResult>;

export function createPrograms() {
  const children: ChildProcess[] = [];

  /** Starts a program that prints one JSON line when it is ready. */
  async function start(
    file: string,
    args: string[],
  ): Promise<{ ready: Record<string, unknown>; pid: number }> {
    const child = spawn(process.execPath, [path(file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code]): never => {
      throw new Error(`${file} ended with code ${code} before it was ready.`);
    });
    ended.catch(() => undefined);
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    child.stdout.resume();
    return { ready: JSON.parse(String(line)) as Record<string, unknown>, pid: child.pid ?? 0 };
  }

  return {
    start,
    /** `signIn` is the address that opens its screens in a browser. */
    async startHookbench(dataDir: string): Promise<{ api: Api; pid: number; signIn: string }> {
      const { ready, pid } = await start('../main/serve.ts', [
        ...['--data-dir', dataDir, '--receiver-port', '0', '--control-port', '0'],
        ...['--no-open', '--token', token],
      ]);
      return { api: createApi(String(ready['control'])), pid, signIn: String(ready['url']) };
    },
    startClient(): Client {
      const client = fork(path('./load-client.ts'));
      children.push(client);
      const ended = once(client, 'exit').then((): never => {
        throw new Error('The client ended.');
      });
      ended.catch(() => undefined);
      return async (load) => {
        client.send(load);
        const message = once(client, 'message') as Promise<[{ result?: LoadResult; error?: string }]>;
        const [answer] = await Promise.race([message, ended]);
        if (!answer.result) throw new Error(`Load on ${new URL(load.url).host} failed: ${answer.error}`);
        return answer.result;
      };
    },
    async end(): Promise<void> {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill();
          await gone;
        }),
      );
    },
  };
}

function createApi(control: string): Api {
  return async <T>(call: string, input: object): Promise<T> => {
    const response = await fetch(`${control}/api/${call}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
}
