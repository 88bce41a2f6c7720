// The real program (`main/serve.ts`) as a child process, for specs that stop, kill and restart it.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const checkNode = new URL('../../scripts/check-node.mjs', import.meta.url).href;
const serve = ['--import', checkNode, fileURLToPath(new URL('../../main/serve.ts', import.meta.url))];
export const testToken = 'test-token-of-the-specs';

export interface Program {
  receiver: string;
  control: string;
  /** The address that signs a browser in. */
  url: string;
  /** `POST /api/<call>` with the bearer token; throws where the answer is no 200. */
  api(call: string, input?: unknown): Promise<Record<string, never>>;
  /** Ends it the hard way. */
  kill(): Promise<void>;
  /** Ends it the polite way and gives its exit code. */
  stop(): Promise<number | null>;
}

export interface Ended {
  code: number | null;
  stderr: string;
}

export interface ProgramOptions {
  dataDir: string;
  receiverPort?: number;
  controlPort?: number;
  env?: Record<string, string>;
  /** What Node runs; `main/serve.ts` without it. */
  program?: string[];
  /** Further flags of `serve`. */
  flags?: string[];
}

function launch(options: ProgramOptions): { child: ChildProcess; ended: Promise<Ended> } {
  const {
    dataDir,
    receiverPort = 0,
    controlPort = 0,
    env = {},
    program = serve,
    flags: further = [],
  } = options;
  const flags = [
    '--data-dir',
    dataDir,
    '--receiver-port',
    String(receiverPort),
    '--control-port',
    String(controlPort),
    ...further,
  ];
  const child = spawn(process.execPath, [...program, ...flags, '--token', testToken, '--no-open'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stderr })));
  return { child, ended };
}

/** Resolves when the program says that it is ready; rejects with what it printed where it ends before. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { child, ended } = launch(options);
  if (!child.stdout) throw new Error('the program has no standard output');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<string>((resolve) => lines.once('line', resolve));
  const line = await Promise.race([
    ready,
    ended.then(({ code, stderr }) => {
      throw new Error(`the program ended with ${code}: ${stderr}`);
    }),
  ]);
  const facts = JSON.parse(line) as { ready: boolean; receiver: string; control: string; url: string };
  return {
    receiver: facts.receiver,
    control: facts.control,
    url: facts.url,
    async api(call, input = {}) {
      const response = await fetch(`${facts.control}/api/${call}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${call} answered ${response.status}: ${text}`);
      return JSON.parse(text);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return (await ended).code;
    },
  };
}

/** For starts that must fail: the exit code and what was said. */
export async function failToStart(options: ProgramOptions): Promise<Ended> {
  return await launch(options).ended;
}
